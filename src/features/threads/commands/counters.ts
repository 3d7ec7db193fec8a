// What is counted from posts, changed by deltas in the transaction that changes the posts, under the topic's lock: the
// cost never depends on how much a topic holds. commands/recount.ts counts the same from the rows.
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { executeNamed } from '../../../db/named-statements.ts';
import { pairs } from '../../../db/pairs.ts';
import { countsFrom, hotRankOf, ranksSet } from '../../../db/ranks.ts';
import { posts, topicRepliers, topics } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { State } from '../../../domain/state.ts';
import { addRepliesKept } from '../../members/index.ts';

/** What a reply counts as depends on its state and on whether it was ever approved. */
export interface CountedReply {
  readonly state: State;
  readonly heldAt: Date | null;
  readonly authorId: MemberId | null;
  readonly branchId: PostId;
  readonly postedAt: Date;
}

const isVisible = ({ state }: CountedReply) => state === 'visible';
/** Has a place on the page for everyone: one that was refused (held and hidden) never had. */
const isPlaced = ({ heldAt }: CountedReply) => heldAt === null;
/** No moderator hid it, and none has still to approve it. */
const isKept = ({ state }: CountedReply) => state === 'visible' || state === 'withdrawn';

/** What a change of some replies of one topic does to its counters. */
export class Deltas {
  visible = 0;
  readonly visibleBy = new Map<MemberId, number>();
  readonly keptBy = new Map<MemberId, number>();
  readonly placedIn = new Map<PostId, number>();
  /** The latest moment of a reply that became visible, and of one that ceased to be. */
  gainedAt: Date | undefined;
  lostAt: Date | undefined;

  /** @param before undefined for a reply that is new */
  add(before: CountedReply | undefined, after: CountedReply): void {
    const change = (counts: (reply: CountedReply) => boolean) =>
      Number(counts(after)) - Number(before !== undefined && counts(before));
    const visible = change(isVisible);
    this.visible += visible;
    if (visible > 0) this.gainedAt = later(this.gainedAt, after.postedAt);
    if (visible < 0) this.lostAt = later(this.lostAt, after.postedAt);
    if (after.authorId !== null) {
      grow(this.visibleBy, after.authorId, visible);
      grow(this.keptBy, after.authorId, change(isKept));
    }
    grow(this.placedIn, after.branchId, change(isPlaced));
  }

  /** So many places more (or fewer) in a branch whose posts came from another one, or went there. */
  place(branchId: PostId, by: number): void {
    grow(this.placedIn, branchId, by);
  }

  /** A reply that comes from another topic (1) or goes to one (-1). Its branch comes along, its author keeps it. */
  carry(reply: CountedReply, by: 1 | -1): void {
    if (!isVisible(reply)) return;
    this.visible += by;
    if (by > 0) this.gainedAt = later(this.gainedAt, reply.postedAt);
    else this.lostAt = later(this.lostAt, reply.postedAt);
    if (reply.authorId !== null) grow(this.visibleBy, reply.authorId, by);
  }
}

function later(a: Date | undefined, b: Date): Date {
  return a !== undefined && a > b ? a : b;
}

function grow<Key>(counts: Map<Key, number>, key: Key, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}

/** Applies deltas to a topic that the transaction has locked, and ranks it anew. */
export async function applyDeltas(tx: Tx, topicId: TopicId, deltas: Deltas): Promise<void> {
  if (deltas.placedIn.size > 0) await changeBranchSizes(tx, deltas.placedIn);
  const repliers = deltas.visibleBy.size > 0 ? await changeRepliers(tx, topicId, deltas.visibleBy) : 0;
  const replierCount = sql`${topics.replierCount} + ${repliers}`;
  await tx
    .update(topics)
    .set({
      replyCount: sql`${topics.replyCount} + ${deltas.visible}`,
      replierCount,
      ...ranksSet({
        lastActivityAt: lastActivity(deltas),
        hotRank: hotRankOf(sql`${topics.score}`, sql`(${replierCount})`),
      }),
    })
    .where(eq(topics.id, topicId))
    .prepare('counted topic')
    .execute();
  await addRepliesKept(tx, deltas.keptBy);
}

/** The moment of the last visible reply, else from when the topic counts. Looked up only when the last one is among those that went. */
function lastActivity({ gainedAt, lostAt }: Deltas): SQL {
  const stored = sql`${topics.lastActivityAt}`;
  const kept =
    lostAt === undefined
      ? stored
      : sql`case when ${stored} > ${lostAt.toISOString()}::timestamptz then ${stored} else (
          select max(${posts.postedAt}) from ${posts}
          where ${posts.topicId} = ${topics.id} and ${posts.branchId} is not null and ${posts.state} = 'visible') end`;
  return sql`greatest(${countsFrom}, ${kept}, ${gainedAt?.toISOString() ?? null}::timestamptz)`;
}

async function changeBranchSizes(tx: Tx, changes: ReadonlyMap<PostId, number>): Promise<void> {
  const changed = sql`update ${posts} set branch_size = ${posts.branchSize} + change.n
    from ${pairs(changes)} as change (id, n) where ${posts.id} = change.id`;
  await executeNamed(tx, 'branch sizes', changed);
}

/** @returns by how much the number of distinct repliers other than the topic's author changed. */
async function changeRepliers(
  tx: Tx,
  topicId: TopicId,
  changes: ReadonlyMap<MemberId, number>,
): Promise<number> {
  const changed = sql`
    with change (member_id, n) as (select * from ${pairs(changes)} as given),
    known as (
      select change.member_id, change.n, ${topicRepliers.n} as was
      from change left join ${topicRepliers}
        on ${topicRepliers.topicId} = ${topicId} and ${topicRepliers.memberId} = change.member_id),
    gone as (
      delete from ${topicRepliers} using known
      where ${topicRepliers.topicId} = ${topicId} and ${topicRepliers.memberId} = known.member_id and known.was + known.n <= 0),
    kept as (
      insert into ${topicRepliers} (topic_id, member_id, n)
      select ${topicId}::bigint, member_id, coalesce(was, 0) + n from known where coalesce(was, 0) + n > 0
      on conflict (topic_id, member_id) do update set n = excluded.n)
    select coalesce(sum((coalesce(was, 0) + n > 0)::int - (was is not null)::int), 0)::int as change
    from known where member_id is distinct from (select ${topics.authorId} from ${topics} where ${topics.id} = ${topicId})`;
  const { rows } = await executeNamed<{ change: number }>(tx, 'repliers', changed);
  return rows[0]?.change ?? 0;
}
