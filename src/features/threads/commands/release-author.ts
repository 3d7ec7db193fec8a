// What becomes of what a member wrote and did here when the account is deleted. Each function changes one batch, in a
// transaction of its own, and says how many rows that were: whoever goes on until it is none may be interrupted anywhere.
// That the member may ask for it, and has, features/own-data knows.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { hotRankOf, keptBestRankOf, ranksSet } from '../../../db/ranks.ts';
import type { Tx } from '../../../db/connection.ts';
import { events, posts, revisions, topicRepliers, topics, votes } from '../../../db/schema/index.ts';
import { insertRows } from '../../../db/insert-rows.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { forgetCitations } from '../../links/index.ts';
import { addRepliesKept } from '../../members/index.ts';
import { bumpQueueItems } from '../../queue-items/index.ts';
import { eventRows } from '../events.ts';
import { lockTopics } from './locks.ts';
import { changeStates } from './post-states.ts';

/** Topics at a time: each is locked until the batch is done. */
const TOPICS = 20;
const ROWS = 1_000;

/** Takes the author's name off all that they wrote in some topics, and withdraws it before when that is wanted. */
export async function releaseTexts(
  tx: Tx,
  memberId: MemberId,
  { withdraw, now }: { readonly withdraw: boolean; readonly now: Date },
): Promise<number> {
  const places = await tx
    .selectDistinct({ id: posts.topicId })
    .from(posts)
    .where(eq(posts.authorId, memberId))
    .union(tx.select({ id: topics.id }).from(topics).where(eq(topics.authorId, memberId)))
    .orderBy(sql`1`)
    .limit(TOPICS);
  const locked = await lockTopics(
    tx,
    places.map(({ id }) => id),
  );
  for (const { id } of locked) {
    if (withdraw) await withdrawIn(tx, id, memberId, now);
    await releaseIn(tx, id, memberId);
  }
  return places.length;
}

/**
 * Withdraws and erases at once what a member wrote in a topic: the days that withdrawn texts are kept otherwise are for
 * second thoughts and disputes, and the week before a deletion was there for these.
 */
async function withdrawIn(tx: Tx, topicId: TopicId, memberId: MemberId, now: Date): Promise<void> {
  const theirs = and(eq(posts.topicId, topicId), eq(posts.authorId, memberId));
  const open = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(theirs, isNull(posts.withdrawnAt)))
    .orderBy(asc(posts.id));
  const ids = open.map(({ id }) => id);
  if (ids.length > 0) {
    await changeStates(tx, { topicId, ids, set: { withdrawnAt: now }, now });
    await bumpQueueItems(tx, ids);
    const kind = 'post-withdrawn' as const;
    const withdrawn = ids.map((postId) => ({ kind, actorId: null, topicId, postId, data: {}, at: now }));
    await insertRows(tx, events, eventRows(withdrawn));
  }
  const erased = await tx
    .update(posts)
    .set({ bodyMd: '', bodyHtml: '' as SafeHtml })
    .where(theirs)
    .returning({ id: posts.id });
  const erasedIds = erased.map(({ id }) => id);
  await tx.delete(revisions).where(inArray(revisions.postId, erasedIds));
  await forgetCitations(tx, erasedIds);
}

/** Former members are nobody in particular: in a topic they count as no repliers (commands/recount.ts). */
async function releaseIn(tx: Tx, topicId: TopicId, memberId: MemberId): Promise<void> {
  const isOthers = sql`(${topics.authorId} is distinct from ${memberId})::integer`;
  const gone = await tx
    .delete(topicRepliers)
    .where(and(eq(topicRepliers.topicId, topicId), eq(topicRepliers.memberId, memberId)))
    .returning({ n: topicRepliers.n });
  if (gone.length > 0) {
    const replierCount = sql`${topics.replierCount} - ${isOthers}`;
    const hotRank = hotRankOf(sql`${topics.score}`, sql`(${replierCount})`);
    await tx
      .update(topics)
      .set({ replierCount, ...ranksSet({ hotRank }) })
      .where(eq(topics.id, topicId));
  }
  const released = await tx
    .update(posts)
    .set({ authorId: null, formId: null })
    .where(and(eq(posts.topicId, topicId), eq(posts.authorId, memberId)))
    .returning({ branchId: posts.branchId, state: posts.state });
  const kept = released.filter(
    ({ branchId, state }) => branchId !== null && (state === 'visible' || state === 'withdrawn'),
  );
  await addRepliesKept(tx, new Map(kept.length > 0 ? [[memberId, -kept.length]] : []));
  await tx
    .update(topics)
    .set({ authorId: null })
    .where(and(eq(topics.id, topicId), eq(topics.authorId, memberId)));
}

/** Turns votes into what scores begin with: the posts were found worth it, whoever is here still. */
export async function freezeVotes(tx: Tx, memberId: MemberId): Promise<number> {
  const own = await tx
    .select({ postId: votes.postId })
    .from(votes)
    .where(eq(votes.memberId, memberId))
    .orderBy(asc(votes.postId))
    .limit(ROWS);
  const ids = own.map(({ postId }) => postId);
  if (ids.length === 0) return 0;
  await tx
    .select({ id: posts.id })
    .from(posts)
    .where(inArray(posts.id, ids))
    .orderBy(asc(posts.id))
    .for('no key update');
  // Under the lock: what was taken back meanwhile counts no more.
  const taken = await tx
    .delete(votes)
    .where(and(eq(votes.memberId, memberId), inArray(votes.postId, ids)))
    .returning({ postId: votes.postId, counted: votes.counted });
  const counted = taken.filter((vote) => vote.counted).map(({ postId }) => postId);
  const baseScore = sql`(${posts.baseScore} + 1)`;
  await tx
    .update(posts)
    .set({ baseScore, bestRank: keptBestRankOf({ baseScore }) })
    .where(inArray(posts.id, counted));
  return ids.length;
}

/** Takes a member's name out of the record, and off the earlier texts that they replaced. */
export async function forgetActor(tx: Tx, memberId: MemberId): Promise<number> {
  const acted = tx.select({ id: events.id }).from(events).where(eq(events.actorId, memberId)).limit(ROWS);
  const replaced = tx
    .select({ id: revisions.id })
    .from(revisions)
    .where(eq(revisions.replacedById, memberId))
    .limit(ROWS);
  const inRecord = await tx.update(events).set({ actorId: null }).where(inArray(events.id, acted));
  const inTexts = await tx
    .update(revisions)
    .set({ replacedById: null })
    .where(inArray(revisions.id, replaced));
  return (inRecord.rowCount ?? 0) + (inTexts.rowCount ?? 0);
}

/** Posts looked through at a time for mentions, which no index finds. */
const LOOKED_THROUGH = 5_000;

/**
 * Takes the links off mentions that lead to an address. The names in them stay: they are another author's words.
 * @param after the last post looked through; 0 to begin
 * @returns the last one of this batch; undefined when there was none left
 */
export async function unlinkMentions(tx: Tx, address: string, after: PostId): Promise<PostId | undefined> {
  // However the name was written: two members never differ by case alone.
  const begin = `<a class="mention" href="${address.toLowerCase()}">`;
  // Addresses of members hold letters, digits, "-", "_" and "%": nothing that a pattern understands.
  const pattern = `${begin}(@[^<]*)</a>`;
  const { rows } = await tx.execute<{ last: string | null }>(sql`
    with batch as (
      select ${posts.id} as id, position(${begin} in lower(${posts.bodyHtml})) > 0 as found from ${posts}
      where ${posts.id} > ${after} order by ${posts.id} limit ${LOOKED_THROUGH}),
    locked as (
      select ${posts.id} as id from ${posts} where ${posts.id} in (select id from batch where found)
      order by ${posts.id} for no key update),
    changed as (
      update ${posts} set body_html = regexp_replace(${posts.bodyHtml}, ${pattern}, '\\1', 'gi')
      from locked where ${posts.id} = locked.id)
    select max(id) as last from batch`);
  const last = rows[0]?.last ?? null;
  return last === null ? undefined : (Number(last) as PostId);
}
