// The page of settings on which members choose by which channels they are told of what.
import { type MailTime, NOTICE_KINDS, NOTICES } from '../../../domain/notices.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { savedSentence, settingsTabs, type Tab } from '../../members/pages.ts';
import { type ChoiceField, NO_MAIL } from '../choices-form.ts';

interface ChoiceRow {
  /** What the names of its controls begin with, to whoever hears them. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly inboxName: ChoiceField;
  readonly inbox: boolean;
  /** The inbox has it whatever was chosen. */
  readonly alwaysInInbox: boolean;
  readonly mailName: ChoiceField;
  readonly error: string;
  readonly times: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
}

export interface ChoicesPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly form: Form<ChoiceField>;
  readonly formHref: string;
  readonly rows: readonly ChoiceRow[];
  /** Where an address is confirmed, without which no mail comes; '' when it is. */
  readonly confirmHref: string;
  readonly timesHref: string;
  readonly followsHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'notifications/choices': ChoicesPage;
  }
}

const TIMES: readonly (readonly [value: MailTime | typeof NO_MAIL, text: string])[] = [
  [NO_MAIL, 'No mail'],
  ['at-once', 'At once'],
  ['daily', 'Daily'],
  ['weekly', 'Weekly'],
];

const SAVED = { notices: 'Your choice is saved.' };

export function choicesPage(facts: {
  readonly form: Form<ChoiceField>;
  readonly viewer: Member;
  /** As it stands in the address. */
  readonly saved?: unknown;
}): ChoicesPage {
  const { form, viewer, saved } = facts;
  return {
    head: { title: 'Notices', noindex: true, section: 'none' },
    tabs: settingsTabs('Notices'),
    saved: savedSentence(SAVED, saved),
    form,
    formHref: paths.notices(),
    rows: NOTICE_KINDS.map((kind) => {
      const { label, hint, alwaysInInbox } = NOTICES[kind];
      const { value, error } = form.fields[`mail-${kind}`];
      return {
        id: kind,
        label,
        hint,
        inboxName: `inbox-${kind}`,
        inbox: alwaysInInbox || form.fields[`inbox-${kind}`].value !== '',
        alwaysInInbox,
        mailName: `mail-${kind}`,
        error,
        times: TIMES.map(([time, text]) => ({ value: time, text, chosen: time === value })),
      };
    }),
    confirmHref: viewer.confirmedAt === null ? paths.confirm() : '',
    timesHref: paths.mailTimes(),
    followsHref: paths.follows(),
  };
}
