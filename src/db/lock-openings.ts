// The opening posts of several topics, locked before any of them is written: triggers write what a topic is found by there
// (migrations: topic_search), and two who change tags and sources of the same topics must not wait for each other.
import { asc, type SQL, sql } from 'drizzle-orm';
import type { Tx } from './connection.ts';
import { posts } from './schema/index.ts';

/** Locks them in the order of their topics, as refresh_search_of_tag does. @param topicIds a query */
export async function lockOpenings(tx: Tx, topicIds: SQL): Promise<void> {
  await tx
    .select({ id: posts.id })
    .from(posts)
    .where(sql`${posts.topicId} in (${topicIds}) and ${posts.branchId} is null`)
    .orderBy(asc(posts.topicId))
    .for('no key update');
}
