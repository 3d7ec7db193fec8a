// What reading an article's page told of a topic's source.
import type { Tx } from '../../db/connection.ts';
import type { TopicId } from '../../domain/ids.ts';
import { watchSources } from '../watch/index.ts';
import { type EventToRecord, recordEvent } from './events.ts';

/** Records it; an address that came out behind an aggregator's is compared with the watched domains. */
export async function recordReading(
  tx: Tx,
  event: EventToRecord & { readonly topicId: TopicId },
): Promise<void> {
  await recordEvent(tx, event);
  if (event.kind === 'source-edited') await watchSources(tx, event.topicId, event.at);
}
