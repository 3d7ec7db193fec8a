// The form on which members choose by which channels they are told of what.
import {
  type Channels,
  MAIL_TIMES,
  type MailTime,
  NOTICE_KINDS,
  type NoticeKind,
} from '../../domain/notices.ts';
import { type Form, formBody, formOf, readFlag, readText } from '../../web/forms.ts';

export type ChoiceField = `${'inbox' | 'mail'}-${NoticeKind}`;
type Chosen = Readonly<Record<NoticeKind, Channels>>;

/** How the form says that no mail is wanted. */
export const NO_MAIL = 'none';

/** The form as it shows what was chosen. */
export function choicesForm(chosen: Chosen): Form<ChoiceField> {
  return formOf<ChoiceField>(
    valuesOf((kind) => ({ inbox: chosen[kind].inbox, mail: chosen[kind].mail ?? NO_MAIL })),
  );
}

/** What was sent; without `values` when something in it means nothing. */
export function readChoicesForm(body: unknown): {
  readonly values: Chosen | undefined;
  readonly form: Form<ChoiceField>;
} {
  const sent = formBody(body);
  const inbox = (kind: NoticeKind) => readFlag(sent, `inbox-${kind}`);
  const mail = (kind: NoticeKind) => readText(sent, `mail-${kind}`);
  const faults: Partial<Record<ChoiceField, string>> = {};
  for (const kind of NOTICE_KINDS)
    if (mailTimeOf(mail(kind)) === undefined) faults[`mail-${kind}`] = 'Choose when a mail tells of it.';
  const values = valuesOf((kind) => ({ inbox: inbox(kind), mail: mail(kind) }));
  const form = formOf<ChoiceField>(values, faults);
  if (form.hasErrors) return { values: undefined, form };
  const chosen = NOTICE_KINDS.map((kind) => [
    kind,
    { inbox: inbox(kind), mail: mailTimeOf(mail(kind)) ?? null },
  ]);
  return { values: Object.fromEntries(chosen) as Chosen, form };
}

/** Null: no mail. Undefined: it means nothing. */
function mailTimeOf(text: string): MailTime | null | undefined {
  return text === NO_MAIL ? null : MAIL_TIMES.find((time) => time === text);
}

function valuesOf(
  of: (kind: NoticeKind) => { readonly inbox: boolean; readonly mail: string },
): Record<ChoiceField, string> {
  const pairs = NOTICE_KINDS.flatMap((kind): [ChoiceField, string][] => {
    const { inbox, mail } = of(kind);
    return [
      [`inbox-${kind}`, inbox ? '1' : ''],
      [`mail-${kind}`, mail],
    ];
  });
  return Object.fromEntries(pairs) as Record<ChoiceField, string>;
}
