// What tests of merging compare: every row that a merge or its undoing may change.
import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, sources, topicRepliers, topics, visits, votes } from '../../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import type { MemberRow } from '../../support/make.ts';

export const because = { canned: 'Already discussed in another topic' };

/** Merges `goes` into `stays` and tells the status of the answer. */
export async function merge(
  browser: Browser,
  goes: { readonly id: TopicId },
  stays: { readonly id: TopicId },
): Promise<number> {
  const form = { ...because, stays: String(stays.id), do: 'merge' };
  return (await browser.post(paths.topicMerge(goes.id, { with: stays.id }), form)).status;
}

/** Undoes the merge of a topic and tells the status of the answer. */
export async function unmerge(browser: Browser, topic: { readonly id: TopicId }): Promise<number> {
  return (await browser.post(paths.topicMerge(topic.id), { reason: 'Two stories', do: 'unmerge' })).status;
}

export async function everyRow(db: Database) {
  // That it fell in between is not forgotten: whoever walks through a list meets no topic twice.
  const rows = await db.select().from(topics).orderBy(asc(topics.id));
  return {
    topics: rows.map((topic) => ({ ...topic, rankFellIn: null })),
    posts: await db.select().from(posts).orderBy(asc(posts.id)),
    repliers: await db
      .select()
      .from(topicRepliers)
      .orderBy(asc(topicRepliers.topicId), asc(topicRepliers.memberId)),
    votes: await db.select().from(votes).orderBy(asc(votes.postId), asc(votes.memberId)),
    visits: await db.select().from(visits).orderBy(asc(visits.topicId), asc(visits.memberId)),
    sources: await db.select().from(sources).orderBy(asc(sources.id)),
  };
}

/** That a member was shown a topic up to a post. */
export async function visit(
  db: Database,
  member: MemberRow,
  topic: { readonly id: TopicId },
  seen: PostId,
  visitedAt: Date,
  previous: PostId = seen,
): Promise<void> {
  await db.insert(visits).values({
    memberId: member.id,
    topicId: topic.id,
    seenPostId: seen,
    previousSeenPostId: previous,
    visitedAt,
  });
}
