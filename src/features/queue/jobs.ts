// Recurring work of the queue: what members were left to settle among themselves, and have not, is put before moderators.
import { and, asc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import { actions, queueItems, sources, suggestions, topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { SourceId } from '../../domain/ids.ts';
import { QUEUE } from '../../domain/moderation-limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { openQueueItem } from '../queue-items/index.ts';
import { lockSourceInPlace } from '../sources/index.ts';
import { isAsked, ofTopicItem } from '../suggestions/index.ts';
import { lockTopicRow } from '../threads/index.ts';

/** Opens an item for every topic with a suggestion that nobody else has made within a day. */
export const openOverdueSuggestions: JobHandler<'open-overdue-suggestions'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - QUEUE.suggestionWaits);
  const isOpen = sql`exists (select from ${queueItems} where ${queueItems.topicId} = ${topics.id}
    and ${queueItems.kind} = 'suggestion' and ${queueItems.closedAt} is null)`;
  const overdue = await db
    .selectDistinct({ id: topics.id })
    .from(suggestions)
    .innerJoin(topics, eq(topics.id, suggestions.topicId))
    .where(and(ofTopicItem(), lt(suggestions.suggestedAt, before), listedTopics(), sql`not ${isOpen}`))
    .orderBy(asc(topics.id));
  for (const { id: topicId } of overdue)
    await db.transaction(async (tx) => {
      const { state } = await lockTopicRow(tx, topicId);
      if (state !== 'visible' || !(await isAsked(tx, topicId))) return;
      await openQueueItem(tx, { kind: 'suggestion', subject: { topicId }, now });
    });
};

/** Opens an item for every aggregator's link whose publisher nobody has found within a day. */
export const openUnresolvedLinks: JobHandler<'open-unresolved-links'> = async (db, _payload, now) => {
  const unresolved = await listUnresolved(db, now);
  for (const { id: sourceId } of unresolved)
    await db.transaction(async (tx) => {
      await lockSourceInPlace(tx, sourceId);
      // Somebody may have found it meanwhile.
      if ((await listUnresolved(tx, now, sourceId)).length === 0) return;
      await openQueueItem(tx, { kind: 'link', subject: { sourceId }, now });
    });
};

/**
 * Links that members brought here, not what came from another forum with its own moderators. One that moderators have
 * left as it is stays out of the queue; one that left it with its topic comes back with it.
 */
async function listUnresolved(db: Database | Tx, now: Date, only?: SourceId): Promise<{ id: SourceId }[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const inQueue = db
    .select({ one: sql`1` })
    .from(queueItems)
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .where(
      and(
        eq(queueItems.sourceId, sources.id),
        eq(queueItems.kind, 'link'),
        or(isNull(queueItems.closedAt), eq(actions.kind, 'keep')),
      ),
    );
  return db
    .select({ id: sources.id })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .where(
      and(
        eq(sources.wrapper, true),
        ne(sources.state, 'removed'),
        isNull(sources.originKey),
        lt(sources.addedAt, ago(QUEUE.linkWaits)),
        gt(sources.addedAt, ago(QUEUE.linkMatters)),
        listedTopics(),
        sql`not exists (${inQueue})`,
        only === undefined ? undefined : eq(sources.id, only),
      ),
    )
    .orderBy(asc(sources.id));
}
