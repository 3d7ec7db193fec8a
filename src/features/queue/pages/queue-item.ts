// One item of the queue: the post, where it stands, who wrote it, who flagged it, and what can be decided.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { DecisionName } from '../../../domain/decisions.ts';
import { FLAG_REASONS } from '../../../domain/flags.ts';
import { mayClaim } from '../../../domain/policy/moderation.ts';
import { mayDecideFlaggedPost, mayDecideHeldPost, mayHidePost } from '../../../domain/policy/posts.ts';
import { mayHideTopic, mayLockTopic } from '../../../domain/policy/topics.ts';
import { trustOf, type HoldCause } from '../../../domain/policy/trust.ts';
import { firstDenial } from '../../../domain/verdict.ts';
import type { Member } from '../../../domain/viewer.ts';
import { excerptOf, type SafeHtml } from '../../../lib/html.ts';
import type { Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { FlagRow } from '../../flags/index.ts';
import type { ReasonFields } from '../../log/index.ts';
import { FORMER_MEMBER, reasonView, type ReasonView } from '../../log/pages.ts';
import type { AuthorRow } from '../queries/authors.ts';
import type { QueueItemRow } from '../queries/queue.ts';

interface Button {
  readonly value: DecisionName;
  readonly label: string;
  readonly icon: string;
}

export interface ItemView {
  readonly anchor: string;
  readonly kind: string;
  readonly author: { readonly name: string; readonly href: string };
  readonly place: { readonly href: string; readonly text: string };
  readonly posted: MomentView;
  /** The viewer holds it. */
  readonly mine: boolean;
  /** What there is to say about a claim in force; '' without one. */
  readonly claim: string;
  readonly canClaim: boolean;
  readonly claimHref: string;
  readonly releaseHref: string;
  readonly parent: { readonly author: string; readonly text: string } | null;
  readonly title: string;
  readonly bodyHtml: SafeHtml | '';
  readonly blank: string;
  readonly contextHref: string;
  readonly score: string;
  readonly links: readonly { readonly href: string; readonly host: string }[];
  readonly reasons: readonly { readonly count: string; readonly label: string }[];
  readonly flags: readonly {
    readonly by: string;
    readonly label: string;
    readonly note: string;
    readonly at: MomentView;
  }[];
  /** Sentences about the author; '' for a former member. */
  readonly record: string;
  readonly decideHref: string;
  readonly next: string;
  readonly seen: { readonly version: number; readonly postVersion: number; readonly flags: number };
  /** Decisions that need no reason, and those that do. */
  readonly plain: readonly Button[];
  readonly reasoned: readonly Button[];
  readonly reason: ReasonView;
  /** Why the viewer can decide nothing here; '' when there is something. */
  readonly hint: string;
}

export interface ItemContext {
  readonly viewer: Member;
  readonly now: Date;
  /** The page of the queue that the forms lead back to. */
  readonly here: string;
  readonly flags: readonly FlagRow[];
  readonly author: AuthorRow | undefined;
  readonly form: Form<ReasonFields>;
  readonly reasons: readonly CannedReason[];
  /** Put before the ids of the form's fields. */
  readonly prefix: string;
}

export function itemView(row: QueueItemRow, context: ItemContext): ItemView {
  const { viewer, now, here, flags, author, form, reasons, prefix } = context;
  const { post, topic } = row;
  const decisions = decisionsOn(row, viewer, now);
  const name = post.authorName ?? FORMER_MEMBER;
  const claim = claimOf(row, viewer, now);
  return {
    anchor: `q-${row.id}`,
    kind: `${post.isOpening ? 'Topic' : 'Reply'}${row.kind === 'held' ? ' awaiting approval' : ''}`,
    author: { name, href: post.authorName === null ? '' : paths.member(name) },
    place: post.isOpening
      ? { href: paths.section(topic.sectionSlug), text: topic.section }
      : { href: paths.topic(topic), text: topic.title },
    posted: momentView(post.postedAt),
    ...claim,
    claimHref: paths.queueClaim(row.id),
    releaseHref: paths.queueRelease(row.id),
    parent:
      row.parentHtml === null
        ? null
        : { author: row.parentAuthor ?? FORMER_MEMBER, text: excerptOf(row.parentHtml, 200) },
    title: post.isOpening ? topic.title : '',
    bodyHtml: post.bodyHtml ?? '',
    blank: post.bodyHtml === null ? 'Withdrawn by its author.' : '',
    contextHref: paths.post(post.id),
    score: counted(post.score, 'upvote', 'upvotes'),
    links: row.links.map(({ url, host }) => ({ href: url, host })),
    reasons: reasonsOf(row, flags),
    flags: flags.map((flag) => ({
      by: flag.by ?? 'somebody without an account',
      label: labelOf(flag),
      note: flag.note,
      at: momentView(flag.at),
    })),
    record: author ? recordOf(author, now) : '',
    decideHref: paths.queueItem(row.id),
    next: here,
    seen: { version: row.version, postVersion: post.version, flags: flags.length },
    plain: decisions.filter(({ value }) => value === 'keep' || value === 'approve'),
    reasoned: decisions.filter(({ value }) => value !== 'keep' && value !== 'approve'),
    reason: reasonView(form, reasons, { prefix }),
    hint: decisions.length > 0 ? '' : hintFor(row, viewer, now),
  };
}

/** The buttons that would be let through now. */
function decisionsOn(row: QueueItemRow, viewer: Member, now: Date): Button[] {
  const { post, topic } = row;
  if (!mayClaim(viewer, row, now).allowed) return [];
  if (row.kind === 'held') {
    if (!mayDecideHeldPost(viewer, post, now).allowed) return [];
    return [
      { value: 'approve', label: 'Approve', icon: 'check' },
      { value: 'refuse', label: 'Refuse', icon: 'hide' },
    ];
  }
  if (!mayDecideFlaggedPost(viewer, post, now).allowed) return [];
  const hide = (post.isOpening ? mayHideTopic(viewer, topic, now) : mayHidePost(viewer, post, now)).allowed;
  const withReplies = hide && !post.isOpening && post.hasReplies;
  const buttons: (Button & { readonly can: boolean })[] = [
    { value: 'keep', label: 'Keep', icon: 'check', can: true },
    { value: 'hide', label: post.isOpening ? 'Hide topic' : 'Hide', icon: 'hide', can: hide },
    { value: 'hide-branch', label: 'Hide with replies', icon: 'hide', can: withReplies },
    { value: 'lock', label: 'Lock topic', icon: 'lock', can: mayLockTopic(viewer, topic, now).allowed },
  ];
  return buttons.filter(({ can }) => can).map(({ value, label, icon }) => ({ value, label, icon }));
}

function hintFor(row: QueueItemRow, viewer: Member, now: Date): string {
  const mayDecide = row.kind === 'held' ? mayDecideHeldPost : mayDecideFlaggedPost;
  const verdict = firstDenial(mayClaim(viewer, row, now), mayDecide(viewer, row.post, now));
  return verdict.allowed ? '' : verdict.reason;
}

function claimOf(
  row: QueueItemRow,
  viewer: Member,
  now: Date,
): Pick<ItemView, 'mine' | 'claim' | 'canClaim'> {
  const until = row.claimedUntil !== null && row.claimedUntil > now ? momentView(row.claimedUntil).time : '';
  const canClaim = mayClaim(viewer, row, now).allowed;
  if (until === '' || row.closedAt !== null) return { mine: false, claim: '', canClaim };
  const mine = row.claimedById === viewer.id;
  return {
    mine,
    claim: `Claimed by ${mine ? 'you' : (row.claimedByName ?? FORMER_MEMBER)} until ${until} UTC`,
    canClaim,
  };
}

const HOLD_CAUSES: Readonly<Record<HoldCause, string>> = {
  'first-links': 'among the first posts with a link of a new member',
  'watched-word': 'a watched word',
  'watched-domain': 'a watched domain',
};

/** The reasons with how many gave each, most given first; of a held post, what held it. */
function reasonsOf({ kind, holdCause }: QueueItemRow, flags: readonly FlagRow[]): ItemView['reasons'] {
  if (kind === 'held') return holdCause === null ? [] : [{ count: '', label: HOLD_CAUSES[holdCause] }];
  const counts = new Map<string, number>();
  for (const flag of flags) counts.set(labelOf(flag), (counts.get(labelOf(flag)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([label, count]) => ({ count: String(count), label }));
}

function labelOf({ reason }: FlagRow): string {
  return FLAG_REASONS.find((known) => known.reason === reason)?.label.toLowerCase() ?? reason;
}

const TRUST_NAMES = { new: 'New member', member: 'Member', trusted: 'Trusted member' } as const;
const ROLE_NAMES = { moderator: 'Moderator', admin: 'Admin' } as const;

function recordOf(author: AuthorRow, now: Date): string {
  const standing = author.role === 'member' ? TRUST_NAMES[trustOf(author, now)] : ROLE_NAMES[author.role];
  const hidden =
    author.hiddenPosts === 0 ? 'none hidden' : `${author.hiddenPosts.toLocaleString('en-GB')} hidden`;
  return `${standing} since ${momentView(author.joinedAt).day}. ${counted(author.posts, 'post', 'posts')}, ${hidden}.`;
}
