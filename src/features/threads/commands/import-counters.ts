// What is counted from the posts of an imported topic, before they are written: an INSERT with the right counters costs a
// fraction of one with wrong ones and an UPDATE of every row in all its indexes. commands/recount.ts counts the same
// from the rows; tests compare.
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { bestRank } from '../../../domain/ranking.ts';
import { type State, stateOf } from '../../../domain/state.ts';

/** A post as far as it counts. */
export interface CountablePost {
  readonly id: PostId;
  /** The top-level reply above (or itself); null for the opening post. */
  readonly branchId: PostId | null;
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly baseScore?: number;
  readonly votes?: readonly { readonly counted?: boolean }[];
  readonly heldAt?: Date;
  readonly withdrawnAt?: Date;
}

export interface PostCounters {
  readonly score: number;
  readonly bestRank: number;
  readonly branchSize: number;
}

export interface TopicCounters {
  readonly replyCount: number;
  readonly replierCount: number;
  readonly lastActivityAt: Date;
  /** Visible replies of each member. */
  readonly repliers: ReadonlyMap<MemberId, number>;
  /** Replies of each member that no moderator has still to approve. */
  readonly repliesKept: ReadonlyMap<MemberId, number>;
}

/** Nothing of it is hidden yet: hides come with their actions, and change counters by deltas. */
export function countPosts(posts: readonly CountablePost[]): PostCounters[] {
  const placed = new Map<PostId, number>();
  for (const { branchId, heldAt } of posts) if (branchId !== null && !heldAt) add(placed, branchId);
  return posts.map(({ id, baseScore = 0, votes = [], branchId }) => {
    const upvotes = votes.filter(({ counted = true }) => counted).length;
    return {
      score: baseScore + upvotes,
      bestRank: bestRank({ upvotes, flagWeight: 0, baseScore }),
      branchSize: branchId === id ? (placed.get(id) ?? 0) : 1,
    };
  });
}

/** @param posts the opening post first */
export function countTopic(posts: readonly CountablePost[]): TopicCounters {
  const [opening, ...replies] = posts as [CountablePost, ...CountablePost[]];
  const visible = replies.filter((reply) => stateIs(reply, 'visible'));
  const repliers = byAuthor(visible);
  return {
    replyCount: visible.length,
    replierCount: [...repliers.keys()].filter((id) => id !== opening.authorId).length,
    lastActivityAt: visible.reduce(
      (last, { postedAt }) => (postedAt > last ? postedAt : last),
      opening.postedAt,
    ),
    repliers,
    repliesKept: byAuthor(replies.filter((reply) => !stateIs(reply, 'held'))),
  };
}

function stateIs({ heldAt, withdrawnAt }: CountablePost, state: State): boolean {
  return stateOf({ heldAt: heldAt ?? null, withdrawnAt: withdrawnAt ?? null, hidden: false }) === state;
}

function byAuthor(replies: readonly CountablePost[]): Map<MemberId, number> {
  const counts = new Map<MemberId, number>();
  for (const { authorId } of replies) if (authorId !== null) add(counts, authorId);
  return counts;
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
