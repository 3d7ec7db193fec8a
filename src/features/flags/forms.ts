// What is typed into the forms of a flag, and of a report by somebody without an account.
import { countCharacters, type Fault } from '../../domain/check.ts';
import { type FlaggedKind, type FlagReason, reasonsFor } from '../../domain/flags.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { checkEmail } from '../../domain/member-email.ts';
import { REPORTS } from '../../domain/moderation-limits.ts';
import { cleanTitle, hasWords } from '../../domain/post-text.ts';
import { formBody, formOf, readFlag, readLine, readText, type Form } from '../../web/forms.ts';

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

/** @param kind of what is flagged: not every reason is there for each */
export function readFlagForm(sent: unknown, kind: FlaggedKind): FlagInput {
  const body = formBody(sent);
  const typed = { reason: readLine(body, 'reason'), note: readText(body, 'note').trim() };
  const { note } = typed;
  const reason = reasonsFor(kind).find((offered) => offered.reason === typed.reason)?.reason;
  const form = formOf(typed, {
    reason: reason ? undefined : 'Choose what is wrong with it.',
    note:
      tooLong('note', note, LENGTHS.flagNote) ??
      (reason === 'other' && note === '' ? 'Say in a sentence what is wrong.' : undefined),
  });
  return { form, flag: form.hasErrors || !reason ? undefined : { reason, note } };
}

export type ReportField = 'why' | 'law' | 'abuse' | 'name' | 'email' | 'faith';

export interface ReportInput {
  readonly form: Form<ReportField>;
  readonly report: { readonly note: string; readonly name: string; readonly email: string } | undefined;
}

export const emptyReport: Form<ReportField> = formOf({
  why: '',
  law: '',
  abuse: '',
  name: '',
  email: '',
  faith: '',
});

/**
 * Article 16, 2, of the Digital Services Act asks a notice for reasons, the place, name and address of who sends it, and
 * a statement of good faith; for neither name nor address where it is about sexual abuse of children.
 */
export function readReportForm(sent: unknown): ReportInput {
  const body = formBody(sent);
  const typed = {
    why: readText(body, 'why').trim(),
    law: cleanTitle(readLine(body, 'law')),
    abuse: readFlag(body, 'abuse') ? '1' : '',
    name: cleanTitle(readLine(body, 'name')),
    email: readLine(body, 'email'),
    faith: readFlag(body, 'faith') ? '1' : '',
  };
  const { why, law, abuse, name, email, faith } = typed;
  const form = formOf(typed, {
    why: hasWords(why)
      ? tooLong('explanation', why, REPORTS.explanation)
      : 'Say why it is illegal: without reasons nobody can decide.',
    law: tooLong('name of the law', law, REPORTS.law),
    name:
      abuse === '' && !hasWords(name)
        ? 'The law asks for your name, but for what concerns sexual abuse of children.'
        : tooLong('name', name, REPORTS.name),
    email:
      email === ''
        ? abuse === ''
          ? 'Give the address to which the answer goes.'
          : undefined
        : checkEmail(email),
    faith: faith === '' ? 'Confirm this: a report has to be made in good faith.' : undefined,
  });
  const note = law === '' ? why : `${why}\n\nLaw: ${law}`;
  return { form, report: form.hasErrors ? undefined : { note, name, email } };
}

function tooLong(what: string, text: string, most: number): Fault {
  const excess = countCharacters(text) - most;
  return excess > 0 ? `The ${what} is too long by ${excess}: it may have ${most} characters.` : undefined;
}
