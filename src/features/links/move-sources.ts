// Sources that go with a topic that is merged into another one, and back. That this may be is asked by whoever merges.
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sources } from '../../db/schema/index.ts';
import type { SourceId, TopicId } from '../../domain/ids.ts';

/**
 * Moves the sources of one topic to another, but for removed ones and those whose article it has already: those copies
 * stay behind.
 * @returns those that moved
 */
export async function moveSources(tx: Tx, from: TopicId, to: TopicId): Promise<SourceId[]> {
  const isThere = sql`exists (select from ${sources} as present where present.topic_id = ${to}
    and present.url_key = ${sources.urlKey} and present.state <> 'removed')`;
  const moved = await tx
    .update(sources)
    .set({ topicId: to })
    .where(and(eq(sources.topicId, from), ne(sources.state, 'removed'), sql`not ${isThere}`))
    .returning({ id: sources.id });
  return moved.map(({ id }) => id);
}

/** Moves these sources back, as far as they are where they were moved to, whatever became of them there. */
export async function returnSources(
  tx: Tx,
  ids: readonly SourceId[],
  from: TopicId,
  to: TopicId,
): Promise<void> {
  await tx
    .update(sources)
    .set({ topicId: to })
    .where(and(inArray(sources.id, [...ids]), eq(sources.topicId, from)));
}
