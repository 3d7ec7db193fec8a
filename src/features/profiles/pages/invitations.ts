// The tree of invitations as its template wants it: three levels, and links to what lies below.
import type { MemberId } from '../../../domain/ids.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { InvitedRow } from '../invitation-queries.ts';

interface InvitedView {
  readonly name: string;
  readonly href: string;
  readonly joined: MomentView;
  readonly invited: readonly InvitedView[];
  /** To whom they brought, when not all of them stand here; '' when they do. */
  readonly moreHref: string;
}

interface MemberLink {
  readonly name: string;
  readonly href: string;
}

export interface InvitationTreePage {
  readonly head: Head;
  /** Below whom; null: the whole tree. */
  readonly of: MemberLink | null;
  /** Who brought them, from the first on. */
  readonly inviters: readonly MemberLink[];
  readonly invited: readonly InvitedView[];
  readonly nextHref: string;
  readonly allHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'profiles/invitations': InvitationTreePage;
  }
}

export interface InvitationFacts {
  readonly of: string | undefined;
  readonly inviters: readonly string[];
  /** Each of the second level and the third was brought by one of the level before. */
  readonly levels: readonly (readonly InvitedRow[])[];
  /** Cursor of the next page of the first level; undefined on the last one. */
  readonly next: string | undefined;
}

export function invitationsPage({ of, inviters, levels, next }: InvitationFacts): InvitationTreePage {
  const [first = [], ...below] = levels;
  const byInviter = Map.groupBy(below.flat(), ({ invitedById }) => invitedById);
  return {
    head: {
      title: of === undefined ? 'Who invited whom' : `Who came by ${of}`,
      noindex: true,
      section: 'none',
    },
    of: of === undefined ? null : linkTo(of),
    inviters: inviters.map(linkTo),
    invited: first.map((row) => invitedView(row, byInviter)),
    nextHref: next === undefined ? '' : paths.invitations({ of, after: next }),
    allHref: paths.invitations(),
  };
}

function invitedView(
  { id, name, at, invited: count }: InvitedRow,
  byInviter: ReadonlyMap<MemberId | null, readonly InvitedRow[]>,
): InvitedView {
  const invited = (byInviter.get(id) ?? []).map((row) => invitedView(row, byInviter));
  return {
    name,
    href: paths.member(name),
    joined: momentView(at),
    invited,
    moreHref: invited.length < count ? paths.invitations({ of: name }) : '',
  };
}

function linkTo(name: string): MemberLink {
  return { name, href: paths.member(name) };
}
