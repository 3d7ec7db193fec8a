// What every change of a source holds: the lock of its topic, and the topic's sources as they are under it.
import type { Tx } from '../../db/connection.ts';
import type { SourceId, TopicId } from '../../domain/ids.ts';
import { notFound } from '../../web/problem.ts';
import { listSources, type SourceOfTopic } from '../links/index.ts';
import { lockTopic, type LockedTopic } from '../threads/index.ts';

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

/** @throws Problem not-found, also for a source that was removed. */
export async function lockSource(tx: Tx, topicId: TopicId, id: SourceId): Promise<SourceInHand> {
  const locked = (await lockTopic(tx, topicId)) ?? notFound('There is no such topic.');
  const sources = await listSources(tx, topicId);
  const source = sources.find((each) => each.id === id) ?? notFound('This source is not there any more.');
  return {
    topic: { ...locked, sourceCount: sources.length },
    source: { ...source, isFirst: source === sources[0] },
    others: sources.filter((each) => each !== source),
  };
}
