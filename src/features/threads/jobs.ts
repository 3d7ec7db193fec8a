// Background work on topics and posts, in batches that hold few rows and not for long.
import { and, asc, eq, exists, gt, inArray, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import { hotRankOf, ranksSet } from '../../db/ranks.ts';
import { posts, revisions, topics, topicTags } from '../../db/schema/index.ts';
import type { TopicId } from '../../domain/ids.ts';
import { WINDOWS } from '../../domain/limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { forgetCitations } from '../links/index.ts';

const BATCH = 500;

/** A section's modifier changed: its topics are ranked anew. */
export const rerankSection: JobHandler<'rerank-section'> = async (db, { sectionId }) =>
  rerank(db, eq(topics.sectionId, sectionId));

/** A tag's modifier changed, or other topics got the tag by a merge: they are ranked anew. */
export const rerankTag: JobHandler<'rerank-tag'> = async (db, { tagId }) =>
  rerank(
    db,
    sql`${topics.id} in (select ${topicTags.topicId} from ${topicTags} where ${topicTags.tagId} = ${tagId})`,
  );

async function rerank(db: Database, which: SQL): Promise<void> {
  let done: TopicId | undefined = 0 as TopicId;
  while (done !== undefined) {
    const after: TopicId = done;
    done = await db.transaction((tx) => rerankBatch(tx, which, after));
  }
}

/** @returns the last topic ranked; undefined when there was none left. */
async function rerankBatch(tx: Tx, which: SQL, after: TopicId): Promise<TopicId | undefined> {
  // Locked in the order in which all commands lock topics.
  const batch = await tx
    .select({ id: topics.id })
    .from(topics)
    .where(and(which, gt(topics.id, after)))
    .orderBy(asc(topics.id))
    .limit(BATCH)
    .for('no key update');
  const ids = batch.map(({ id }) => id);
  if (ids.length > 0) {
    await tx
      .update(topics)
      .set(ranksSet({ hotRank: hotRankOf(sql`${topics.score}`, sql`${topics.replierCount}`) }))
      .where(inArray(topics.id, ids));
  }
  return ids.at(-1);
}

/** Texts withdrawn longer ago than disputes last are erased with their revisions. */
export const eraseWithdrawn: JobHandler<'erase-withdrawn'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - WINDOWS.eraseWithdrawn);
  let erased = BATCH;
  while (erased === BATCH) erased = await db.transaction((tx) => eraseBatch(tx, before));
};

/** @returns how many posts were erased. */
async function eraseBatch(tx: Tx, before: Date): Promise<number> {
  const earlierTexts = tx
    .select({ one: sql`1` })
    .from(revisions)
    .where(eq(revisions.postId, posts.id));
  const due = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(lt(posts.withdrawnAt, before), or(ne(posts.bodyMd, ''), exists(earlierTexts))))
    .orderBy(asc(posts.id))
    .limit(BATCH)
    .for('no key update');
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx
    .update(posts)
    .set({ bodyMd: '', bodyHtml: '' as SafeHtml })
    .where(inArray(posts.id, ids));
  await tx.delete(revisions).where(inArray(revisions.postId, ids));
  await forgetCitations(tx, ids);
  return ids.length;
}
