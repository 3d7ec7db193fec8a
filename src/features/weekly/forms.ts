// What members choose about the times of their mails: read and checked.
import { type MailTimes, readTimeZone } from '../../domain/mail-times.ts';
import { type Form, formBody, formOf, readFlag, readLine } from '../../web/forms.ts';

export type TimesField = 'timeZone' | 'mailHour' | 'mailDay' | 'week';

export interface TimesInput extends MailTimes {
  readonly week: boolean;
}

/** `values` is undefined while something is chosen that the page does not offer. */
export function readTimesForm(body: unknown): {
  readonly values: TimesInput | undefined;
  readonly form: Form<TimesField>;
} {
  const sent = formBody(body);
  const week = readFlag(sent, 'week');
  const typed = {
    timeZone: readLine(sent, 'timeZone'),
    mailHour: readLine(sent, 'mailHour'),
    mailDay: readLine(sent, 'mailDay'),
  };
  const timeZone = readTimeZone(typed.timeZone);
  const form = formOf(
    { ...typed, week: week ? '1' : '' },
    {
      timeZone: timeZone === undefined ? 'Choose one of these time zones.' : undefined,
      mailHour: /^(?:1?\d|2[0-3])$/.test(typed.mailHour) ? undefined : 'Choose one of these hours.',
      mailDay: /^[1-7]$/.test(typed.mailDay) ? undefined : 'Choose one of these days.',
    },
  );
  if (form.hasErrors || timeZone === undefined) return { values: undefined, form };
  const { mailHour, mailDay } = typed;
  return { values: { timeZone, mailHour: Number(mailHour), mailDay: Number(mailDay), week }, form };
}

export function timesForm({ timeZone, mailHour, mailDay, week }: TimesInput): Form<TimesField> {
  return formOf({ timeZone, mailHour: String(mailHour), mailDay: String(mailDay), week: week ? '1' : '' });
}
