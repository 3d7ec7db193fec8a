// What is counted from posts, changed by deltas in the transaction that changes the posts, under the topic's lock: the
// cost never depends on how much a topic holds. commands/recount.ts counts the same from the rows.
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { builtOnce, parameter, writtenOnce } from '../../../db/named-statements.ts';
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
  await Promise.all([
    changeBranchSizes(tx, deltas.placedIn),
    countTopic(tx, topicId, deltas),
    addRepliesKept(tx, deltas.keptBy),
  ]);
}

async function countTopic(tx: Tx, topicId: TopicId, { visible, visibleBy, gainedAt, lostAt }: Deltas) {
  const { form, rows, values } = pairs(visibleBy);
  const counting = builtOnce(tx, `counted topic ${form} ${lostAt === undefined}`, () => {
    const { known, gone, kept, change } = changedRepliers(tx, rows);
    const replierCount = sql`${topics.replierCount} + (select n from ${change})`;
    return tx
      .with(known, gone, kept, change)
      .update(topics)
      .set({
        replyCount: sql`${topics.replyCount} + ${sql.placeholder('visible')}`,
        replierCount,
        ...ranksSet({
          lastActivityAt: lastActivity(lostAt !== undefined),
          hotRank: hotRankOf(sql`${topics.score}`, sql`(${replierCount})`),
        }),
      })
      .where(eq(topics.id, TOPIC))
      .prepare('counted topic');
  });
  await counting.execute({
    ...values,
    ...{ topic: topicId, visible },
    gainedAt: gainedAt?.toISOString() ?? null,
    lostAt: lostAt?.toISOString() ?? null,
  });
}

const TOPIC = parameter<TopicId>('topic');

/** The moment of the last visible reply, else from when the topic counts. Looked up only when the last one is among those that went. */
function lastActivity(isLost: boolean): SQL {
  const stored = sql`${topics.lastActivityAt}`;
  const kept = isLost
    ? sql`case when ${stored} > ${sql.placeholder('lostAt')}::timestamptz then ${stored} else (
        select max(${posts.postedAt}) from ${posts}
        where ${posts.topicId} = ${topics.id} and ${posts.branchId} is not null and ${posts.state} = 'visible') end`
    : stored;
  return sql`greatest(${countsFrom}, ${kept}, ${sql.placeholder('gainedAt')}::timestamptz)`;
}

async function changeBranchSizes(tx: Tx, changes: ReadonlyMap<PostId, number>): Promise<void> {
  if (changes.size === 0) return;
  const { form, rows, values } = pairs(changes);
  const changing = writtenOnce(
    tx,
    `branch sizes ${form}`,
    () => sql`update ${posts} set branch_size = ${posts.branchSize} + change.n
      from ${rows} as change (id, n) where ${posts.id} = change.id`,
  );
  await changing.execute(values);
}

/**
 * The parts of a statement that change how often members replied. The last of them is one row: by how much the number `n` of
 * distinct repliers other than the topic's author changed.
 */
function changedRepliers(tx: Tx, rows: SQL) {
  const { topicId, memberId, n } = topicRepliers;
  const known = tx.$with('known', {}).as(sql`
    select change.member_id, change.n, ${n} as was from ${rows} as change (member_id, n)
    left join ${topicRepliers} on ${topicId} = ${TOPIC} and ${memberId} = change.member_id`);
  const gone = tx.$with('gone', {}).as(sql`
    delete from ${topicRepliers} using known
    where ${topicId} = ${TOPIC} and ${memberId} = known.member_id and known.was + known.n <= 0`);
  const kept = tx.$with('kept', {}).as(sql`
    insert into ${topicRepliers} (topic_id, member_id, n)
    select ${TOPIC}::bigint, member_id, coalesce(was, 0) + n from known where coalesce(was, 0) + n > 0
    on conflict (topic_id, member_id) do update set n = excluded.n`);
  const change = tx.$with('change', {}).as(sql`
    select coalesce(sum((coalesce(was, 0) + n > 0)::int - (was is not null)::int), 0)::int as n
    from known where member_id is distinct from (select ${topics.authorId} from ${topics} where ${topics.id} = ${TOPIC})`);
  return { known, gone, kept, change };
}
