// What every change of a source holds: the lock of its topic, and the topic's sources as they are under it.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sources } from '../../db/schema/index.ts';
import type { SourceId, TopicId } from '../../domain/ids.ts';
import { notFound } from '../../web/problem.ts';
import { listSources, lockSourceRow, type SourceOfTopic } from '../links/index.ts';
import { lockTopic, type LockedTopic, mustStandIn } from '../threads/index.ts';

export interface TopicInHand extends LockedTopic {
  readonly sourceCount: number;
}

export interface SourceInHand {
  readonly topic: TopicInHand;
  readonly source: SourceOfTopic & { readonly isFirst: boolean };
  readonly others: readonly SourceOfTopic[];
}

/** @throws Problem not-found. */
export async function lockTopicOfSources(tx: Tx, id: TopicId): Promise<TopicInHand> {
  const topic = (await lockTopic(tx, id)) ?? notFound('There is no such topic.');
  return { ...topic, sourceCount: (await listSources(tx, id)).length };
}

/**
 * Locks the source as well: readings of pages, which take no topic's lock, change it and what the queue holds about it.
 * @throws Problem not-found, also for a source that was removed.
 */
export async function lockSource(tx: Tx, topicId: TopicId, id: SourceId): Promise<SourceInHand> {
  const locked = (await lockTopic(tx, topicId)) ?? notFound('There is no such topic.');
  await lockSourceRow(tx, id);
  const listed = await listSources(tx, topicId);
  const source = listed.find((each) => each.id === id) ?? notFound('This source is not there any more.');
  return {
    topic: { ...locked, sourceCount: listed.length },
    source: { ...source, isFirst: source === listed[0] },
    others: listed.filter((each) => each !== source),
  };
}

/** Locks a source where it stands, removed or not, and its topic before it. @throws Problem not-found or conflict. */
export async function lockSourceInPlace(tx: Tx, id: SourceId): Promise<TopicId> {
  const [place] = await tx.select({ topicId: sources.topicId }).from(sources).where(eq(sources.id, id));
  if (!place) return notFound('There is no such source.');
  await lockTopic(tx, place.topicId);
  const locked = await lockSourceRow(tx, id);
  mustStandIn(place.topicId, locked?.topicId ?? place.topicId);
  return place.topicId;
}
