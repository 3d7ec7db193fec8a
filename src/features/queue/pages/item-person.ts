// The member whom an item concerns, at a glance: standing, record, the trail of the last posts, notes.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { AT_A_GLANCE } from '../../../domain/moderation-limits.ts';
import { trustOf } from '../../../domain/policy/trust.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { Around } from '../around.ts';
import type { AuthorRow } from '../queries/authors.ts';

export interface PersonView {
  readonly name: string;
  /** The moderators' page about them. */
  readonly href: string;
  readonly record: string;
  /** A square for each of the last posts, oldest first. */
  readonly trail: readonly { readonly hidden: boolean; readonly flagged: boolean }[];
  readonly trailText: string;
  readonly earlier: readonly { readonly text: string; readonly href: string; readonly at: MomentView }[];
  readonly notes: readonly { readonly text: string; readonly by: string; readonly at: MomentView }[];
}

/** @param postId the post that the item is about, so that the trail can say which square it is */
export function personView(
  memberId: MemberId | null,
  postId: PostId | null,
  around: Around,
  now: Date,
): PersonView | null {
  const author = around.authors.find(({ id }) => id === memberId);
  if (!author) return null;
  const trail = around.trails.filter((post) => post.memberId === author.id);
  return {
    name: author.name,
    href: paths.moderationMember(author.name),
    record: recordOf(author, now),
    trail: trail.map(({ hidden, flagged }) => ({ hidden, flagged: flagged && !hidden })),
    trailText: trailTextOf(trail, postId),
    earlier: around.earlier
      .filter((action) => action.memberId === author.id)
      .map(({ kind, reason, rule, at, actionId }) => ({
        text: `${ACTIONS[kind].label}: ${withRule(reason, rule)}`,
        href: paths.decision(actionId),
        at: momentView(at),
      })),
    notes: around.notes
      .filter((note) => note.memberId === author.id)
      .slice(0, AT_A_GLANCE.notes)
      .map(({ text, by, at }) => ({ text, by: by ?? FORMER_MEMBER, at: momentView(at) })),
  };
}

const TRUST_NAMES = { new: 'New member', member: 'Member', trusted: 'Trusted member' } as const;
const ROLE_NAMES = { moderator: 'Moderator', admin: 'Admin' } as const;

function recordOf(author: AuthorRow, now: Date): string {
  const standing = author.role === 'member' ? TRUST_NAMES[trustOf(author, now)] : ROLE_NAMES[author.role];
  const { warnings, silences, suspensions } = author;
  const sanctions = [
    ...(warnings > 0 ? [counted(warnings, 'warning', 'warnings')] : []),
    ...(silences > 0 ? [`${times(silences)} silenced`] : []),
    ...(suspensions > 0 ? [`${times(suspensions)} suspended`] : []),
  ];
  return (
    `${standing} since ${momentView(author.joinedAt).day}. ${counted(author.posts, 'post', 'posts')}, ` +
    `${someOf(author.hiddenPosts)} hidden; ${sanctions.length === 0 ? 'no warnings' : sanctions.join(', ')}.`
  );
}

function trailTextOf(trail: Around['trails'], postId: PostId | null): string {
  if (trail.length === 0) return 'No posts yet';
  const hidden = trail.filter((post) => post.hidden);
  const flagged = trail.filter((post) => post.flagged && !post.hidden);
  const one = (posts: typeof trail) =>
    posts.length === 1 && posts[0]?.postId === postId ? ' (this one)' : '';
  const which = trail.length === 1 ? 'The only post' : `Last ${trail.length} posts`;
  return `${which}: ${someOf(hidden.length)} hidden${one(hidden)}, ${someOf(flagged.length)} flagged${one(flagged)}`;
}

function someOf(n: number): string {
  return n === 0 ? 'none' : n.toLocaleString('en-GB');
}

function times(n: number): string {
  return n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`;
}
