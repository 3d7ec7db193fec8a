// What a topic's sources turn out to be after they were posted: an aggregator's link, once it was followed, or an address
// that others set right.
import { and, eq, isNotNull, ne } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sources, topics, watchHits } from '../../db/schema/index.ts';
import type { TopicId } from '../../domain/ids.ts';
import { hostsOf } from '../../domain/watch-hosts.ts';
import { openQueueItem } from '../queue-items/index.ts';
import { loadWatcher } from './rules.ts';

/**
 * Compares the addresses of a topic's sources with the rules. Nobody is there to be refused any more: what a rule would
 * refuse or hold is put before the moderators, once.
 */
export async function watchSources(tx: Tx, topicId: TopicId, now: Date): Promise<void> {
  const given = await tx
    .select({ url: sources.url, openingPostId: topics.openingPostId })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .where(
      and(
        eq(topics.id, topicId),
        eq(topics.state, 'visible'),
        isNotNull(topics.openingPostId),
        ne(sources.state, 'removed'),
      ),
    );
  const postId = given[0]?.openingPostId;
  if (!postId) return;
  const watcher = await loadWatcher(tx);
  const matches = watcher({ text: '', hosts: given.flatMap(({ url }) => hostsOf(url)) });
  if (matches.length === 0) return;
  const noted = await tx
    .insert(watchHits)
    .values(matches.map(({ ruleId }) => ({ ruleId, postId, at: now })))
    .onConflictDoNothing()
    .returning({ ruleId: watchHits.ruleId });
  const calls = matches.some(
    ({ ruleId, effect }) => effect !== 'mark' && noted.some((hit) => hit.ruleId === ruleId),
  );
  if (calls) await openQueueItem(tx, { kind: 'watched', subject: { postId }, now });
}
