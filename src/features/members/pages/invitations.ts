// The page of settings on which members invite others.
import { LENGTHS, WINDOWS } from '../../../domain/limits.ts';
import { mostOpenInvitations } from '../../../domain/policy/invitations.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { Verdict } from '../../../domain/verdict.ts';
import type { Member } from '../../../domain/viewer.ts';
import { type Form, formOf } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OwnInvitation } from '../invitation-queries.ts';
import { savedSentence, settingsTabs, type Tab } from './frame.ts';

interface OpenView {
  readonly key: string;
  readonly note: string;
  /** What is to be given to whom it is for, whole. */
  readonly link: string;
  readonly until: MomentView;
}

interface UsedView {
  readonly note: string;
  readonly used: MomentView;
  /** '' for somebody who is gone since. */
  readonly name: string;
  readonly href: string;
}

export interface InvitationsPage {
  readonly head: Head;
  readonly tabs: readonly Tab[];
  readonly saved: string;
  readonly form: Form<'note'>;
  readonly formHref: string;
  readonly takeBackHref: string;
  /** Why the last one was not made; '' otherwise. */
  readonly refusal: string;
  /** Why none can be made now; '' when one can. */
  readonly unable: string;
  /** "2 of 5" */
  readonly openCount: string;
  /** "14 days" */
  readonly lasts: string;
  readonly open: readonly OpenView[];
  readonly used: readonly UsedView[];
  readonly treeHref: string;
  readonly noteMax: number;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/invitations': InvitationsPage;
  }
}

const SAVED = {
  made: 'Here is your invitation. Give its link to whom it is for.',
  'taken-back': 'That invitation lets nobody in any more.',
};

/** What was sent just now, and what became of it. */
export interface InvitationForms {
  readonly form?: Form<'note'>;
  readonly refusal?: string;
  /** As it stands in the address. */
  readonly saved?: unknown;
}

export function invitationsPage(
  facts: InvitationForms & {
    readonly member: Member;
    readonly verdict: Verdict;
    readonly open: number;
    readonly invitations: readonly OwnInvitation[];
    readonly hrefOf: (id: string) => string;
  },
): InvitationsPage {
  const { member, verdict, open, invitations, hrefOf, saved } = facts;
  const { form = formOf({ note: '' }, {}), refusal = '' } = facts;
  return {
    head: { title: 'Invitations', noindex: true, section: 'none' },
    tabs: settingsTabs('Invitations'),
    saved: savedSentence(SAVED, saved),
    form,
    formHref: paths.ownInvitations(),
    takeBackHref: paths.takeBackInvitation(),
    refusal,
    unable: verdict.allowed || refusal !== '' ? '' : verdict.reason,
    openCount: `${open} of ${mostOpenInvitations(member)}`,
    lasts: spellDuration(WINDOWS.invitation),
    open: invitations.flatMap(({ id, note, usedAt, expiresAt }) =>
      usedAt === null ? [{ key: id, note, link: hrefOf(id), until: momentView(expiresAt) }] : [],
    ),
    used: invitations.flatMap(({ note, usedAt, joined }) =>
      usedAt === null
        ? []
        : [
            {
              note,
              used: momentView(usedAt),
              name: joined ?? '',
              href: joined === null ? '' : paths.member(joined),
            },
          ],
    ),
    treeHref: paths.invitations({ of: member.name }),
    noteMax: LENGTHS.invitationNote,
  };
}
