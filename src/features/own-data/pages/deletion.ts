// The page on which members ask for their account to be deleted: what will happen, before it does.
import { WINDOWS } from '../../../domain/limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { Form } from '../../../web/forms.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { DeletionField } from '../forms.ts';
import type { Holdings } from '../queries.ts';

export interface DeletionPage {
  readonly head: Head;
  readonly backHref: string;
  readonly name: string;
  readonly grace: string;
  /** "2 topics and 31 replies" */
  readonly written: string;
  /** "12 upvotes" */
  readonly votes: string;
  readonly flags: string;
  readonly refusal: string;
  /** Whether there is nobody else who could run the forum. */
  readonly lastAdmin: boolean;
  readonly adminHref: string;
  readonly form: Form<DeletionField>;
  readonly formHref: string;
  readonly choices: readonly {
    readonly id: string;
    readonly value: string;
    readonly label: string;
    readonly hint: string;
    readonly chosen: boolean;
  }[];
}

declare module '../../../web/views.ts' {
  interface Views {
    'own-data/delete': DeletionPage;
  }
}

export function deletionPage(facts: {
  readonly name: string;
  readonly holdings: Holdings;
  readonly lastAdmin: boolean;
  readonly form: Form<DeletionField>;
  readonly refusal?: string;
}): DeletionPage {
  const { name, holdings, lastAdmin, form, refusal = '' } = facts;
  const written = `${counted(holdings.topics, 'topic', 'topics')} and ${counted(holdings.replies, 'reply', 'replies')}`;
  const choice = (value: string, label: string, hint: string) => ({
    ...{ id: `texts-${value}`, value, label, hint },
    chosen: form.fields.texts.value === value,
  });
  return {
    head: { title: 'Delete account', noindex: true, section: 'none' },
    backHref: paths.privacySettings(),
    name,
    grace: spellDuration(WINDOWS.deletionGrace),
    written,
    votes: counted(holdings.votes, 'upvote', 'upvotes'),
    flags: counted(holdings.flags, 'flag', 'flags'),
    refusal,
    lastAdmin,
    adminHref: paths.adminMembers(),
    form,
    formHref: paths.deletion(),
    choices: [
      choice(
        'withdraw',
        'Withdraw everything I wrote',
        'Your texts and their earlier versions are erased. Replies keep their place, blank, so that the answers to them stay; a topic of yours that others replied to stays without your text.',
      ),
      choice(
        'leave',
        'Leave my texts under “former member”',
        'Your texts stay as they are, and your name is taken off them.',
      ),
    ],
  };
}
