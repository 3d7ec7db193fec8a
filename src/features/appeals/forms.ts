// What is typed into the form of an appeal.
import { countCharacters } from '../../domain/check.ts';
import { APPEALS } from '../../domain/moderation-limits.ts';
import { formBody, formOf, readFlag, readText, type Form } from '../../web/forms.ts';

export interface AppealInput {
  readonly form: Form<'text'>;
  /** Undefined when it cannot be sent. */
  readonly text: string | undefined;
  /** An appeal is taken back instead. */
  readonly withdraw: boolean;
}

export const emptyAppeal: Form<'text'> = formOf({ text: '' });

export function readAppealForm(sent: unknown): AppealInput {
  const body = formBody(sent);
  const text = readText(body, 'text').trim();
  const excess = countCharacters(text) - APPEALS.length;
  const error =
    text === ''
      ? 'Say why the decision is wrong: whoever decides knows no more than what stands there.'
      : excess > 0
        ? `The appeal is too long by ${excess}: it may have ${APPEALS.length} characters.`
        : undefined;
  const form = formOf({ text }, { text: error });
  return { form, text: form.hasErrors ? undefined : text, withdraw: readFlag(body, 'withdraw') };
}
