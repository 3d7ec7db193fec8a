// One tag goes into another, and back. What it moved is kept, exactly enough to give it back: topics that got the other
// tag later are not in it. Names, and what stands below the tag, move nowhere: they lead to the other by what was merged.
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { lockOpenings } from '../../db/lock-openings.ts';
import { mergedTopicTags, tagMerges, tags, topicTags } from '../../db/schema/index.ts';
import { tagFamily } from '../../db/tag-families.ts';
import type { ActionId, TagId } from '../../domain/ids.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { enqueue } from '../../jobs/queue.ts';

export interface TagMerge {
  readonly actionId: ActionId;
  readonly fromId: TagId;
  readonly intoId: TagId;
}

/** Moves a tag's topics to another; one that has both keeps the place of the other. Wants holdTagNames. */
export async function moveTopicsToTag(tx: Tx, { actionId, fromId, intoId }: TagMerge): Promise<void> {
  await lockTagged(tx, fromId);
  await tx.insert(tagMerges).values({ actionId, tagId: fromId, intoId });
  const hasInto = sql`exists (select from ${topicTags} as other where other.topic_id = ${topicTags}.topic_id and other.tag_id = ${intoId})`;
  await tx.execute(sql`insert into ${mergedTopicTags} (action_id, topic_id, position, had_both)
    select ${actionId}, ${topicTags.topicId}, ${topicTags.position}, ${hasInto}
    from ${topicTags} where ${topicTags.tagId} = ${fromId}`);
  await tx.delete(topicTags).where(and(eq(topicTags.tagId, fromId), hasInto));
  await tx.update(topicTags).set({ tagId: intoId }).where(eq(topicTags.tagId, fromId));
  await tx.update(tags).set({ mergedIntoId: intoId }).where(eq(tags.id, fromId));
  await rerank(tx, [fromId, intoId], [intoId]);
}

/** Gives topics back the tag that a merge took from them, as far as they still have the other. Wants holdTagNames. */
export async function moveTopicsBack(
  tx: Tx,
  { actionId, fromId, intoId }: TagMerge,
  now: Date,
): Promise<void> {
  await lockTagged(tx, intoId);
  await tx.update(tagMerges).set({ undoneAt: now }).where(eq(tagMerges.actionId, actionId));
  await tx.update(tags).set({ mergedIntoId: null }).where(eq(tags.id, fromId));
  const moved = sql`select ${mergedTopicTags.topicId} from ${mergedTopicTags}
    where ${mergedTopicTags.actionId} = ${actionId} and not ${mergedTopicTags.hadBoth}`;
  await tx
    .update(topicTags)
    .set({ tagId: fromId })
    .where(and(eq(topicTags.tagId, intoId), sql`${topicTags.topicId} in (${moved})`));
  // Of those that had both: to its own place where that is free, else to the first that is; to none where all are taken.
  const free = sql`select place from generate_series(0, ${LENGTHS.tagsPerTopic - 1}::int) as place
    where not exists (select from ${topicTags} as other where other.topic_id = ${mergedTopicTags.topicId} and other.position = place)
    order by place <> ${mergedTopicTags.position}, place limit 1`;
  await tx.execute(sql`insert into ${topicTags} (topic_id, tag_id, position)
    select ${mergedTopicTags.topicId}, ${fromId}, place from ${mergedTopicTags} cross join lateral (${free}) as free
    where ${mergedTopicTags.actionId} = ${actionId} and ${mergedTopicTags.hadBoth} and exists (
      select from ${topicTags} where ${topicTags.topicId} = ${mergedTopicTags.topicId} and ${topicTags.tagId} = ${intoId})`);
  await rerank(tx, [fromId, intoId], [fromId, intoId]);
}

/** Triggers write what these topics are found by, in whatever order their tags are moved. */
async function lockTagged(tx: Tx, tagId: TagId): Promise<void> {
  await lockOpenings(
    tx,
    sql`select ${topicTags.topicId} from ${topicTags} where ${topicTags.tagId} = ${tagId}`,
  );
}

/** Ranks the topics of these tags anew, if any of those weighs something. */
async function rerank(tx: Tx, weighing: readonly TagId[], reranked: readonly TagId[]): Promise<void> {
  const { rows } = await tx.execute(
    sql`select from ${tags} where ${tags.id} = any(${sql.param([...weighing])}::bigint[]) and ${tags.modifier} <> 0`,
  );
  if (rows.length === 0) return;
  for (const tagId of reranked) await enqueue(tx, 'rerank-tag', { tagId });
}

/** Whether a tag is another, or stands above it. */
export async function isAbove(db: Reader, above: TagId, below: TagId): Promise<boolean> {
  const { rows } = await db.execute<{ is: boolean }>(
    sql`select ${below}::bigint = any(${tagFamily(above)}) as is`,
  );
  return rows[0]?.is === true;
}

/** The merge that an action made, while it is in force; undefined once it is undone. */
export async function findTagMerge(db: Reader, actionId: ActionId): Promise<TagMerge | undefined> {
  const [row] = await db
    .select({ actionId: tagMerges.actionId, fromId: tagMerges.tagId, intoId: tagMerges.intoId })
    .from(tagMerges)
    .where(and(eq(tagMerges.actionId, actionId), isNull(tagMerges.undoneAt)))
    .orderBy(desc(tagMerges.actionId));
  return row;
}
