// What is typed into the form of a flag.
import { countCharacters } from '../../domain/check.ts';
import { isFlagReason, type FlagReason } from '../../domain/flags.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { formBody, formOf, readLine, readText, type Form } from '../../web/forms.ts';

export interface FlagInput {
  readonly form: Form<'reason' | 'note'>;
  readonly flag: { readonly reason: FlagReason; readonly note: string } | undefined;
}

/** The form as it first stands on a page: empty, or as the flag that waits was sent. */
export function flagForm(
  flag: { readonly reason: string; readonly note: string } = { reason: '', note: '' },
): Form<'reason' | 'note'> {
  return formOf({ reason: flag.reason, note: flag.note });
}

export function readFlagForm(sent: unknown): FlagInput {
  const body = formBody(sent);
  const typed = { reason: readLine(body, 'reason'), note: readText(body, 'note').trim() };
  const { reason, note } = typed;
  const excess = countCharacters(note) - LENGTHS.flagNote;
  const form = formOf(typed, {
    reason: isFlagReason(reason) ? undefined : 'Choose what is wrong with it.',
    note:
      excess > 0
        ? `The note is too long by ${excess}: it may have ${LENGTHS.flagNote} characters.`
        : reason === 'other' && note === ''
          ? 'Say in a sentence what is wrong.'
          : undefined,
  });
  return { form, flag: form.hasErrors || !isFlagReason(reason) ? undefined : { reason, note } };
}
