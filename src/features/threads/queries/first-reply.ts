// The topic that a member without a post is led to, as a column of another query (domain/first-reply.ts has the rule).
import { and, eq, gte, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { unmutedTopics } from '../../../db/following.ts';
import { followLevels, posts, topics, topicTags, visits } from '../../../db/schema/index.ts';
import { listedTopics } from '../../../db/visibility.ts';
import { FIRST_REPLY, NEARNESS } from '../../../domain/first-reply.ts';
import type { TopicId } from '../../../domain/ids.ts';
import { mayWrite } from '../../../domain/policy/writing.ts';
import type { Member, Viewer } from '../../../domain/viewer.ts';

export interface FirstReplyTopic {
  readonly id: TopicId;
  readonly title: string;
  readonly slug: string;
  readonly replyCount: number;
}

/** Whether the viewer is to be led to one: not a visitor, nor whoever may not write. */
export function mayBeginWithReply(viewer: Viewer, now: Date): boolean {
  // Whoever has a reply that was kept may still be new; whoever is no longer new has one (TRUST.newUntil).
  if (viewer.kind === 'visitor' || viewer.role !== 'member' || viewer.trust !== 'new') return false;
  return mayWrite(viewer, now).allowed;
}

/** The oldest topic that one is led to is from then. */
export function waitingSince(now: Date): Date {
  return new Date(now.getTime() - FIRST_REPLY.oldest);
}

/** For whom mayBeginWithReply. Null for whoever has written, and where nothing waits. @param since as waitingSince says */
export function firstReplyColumn(viewer: Viewer, since: Date): SQL<FirstReplyTopic | null> {
  if (viewer.kind === 'visitor') return sql<null>`null`;
  const { mostReplies, among } = FIRST_REPLY;
  const objected = and(
    eq(posts.id, topics.openingPostId),
    or(eq(posts.modelWritten, true), sql`${posts.flagWeight} > 0`),
  );
  const wants = and(
    listedTopics(),
    gte(topics.postedAt, since),
    lte(topics.replyCount, mostReplies),
    isNull(topics.lockedAt),
    // A digest is made to be read.
    ne(topics.kind, 'digest'),
    sql`not exists (select from ${posts} where ${objected})`,
    unmutedTopics(viewer),
  );
  return sql<FirstReplyTopic | null>`case when not ${hasWritten(viewer)} then (
    select json_build_object('id', id, 'title', title, 'slug', slug, 'replyCount', reply_count)
    from (select ${topics.id}, ${topics.title}, ${topics.slug}, ${topics.replyCount}, ${topics.postedAt}, ${nearness(viewer)} as nearness
      from ${topics} where ${wants} order by ${topics.postedAt} desc, ${topics.id} desc limit ${among}) as waiting
    order by nearness desc, posted_at desc, id desc limit 1) end`;
}

/** Whether the viewer has ever posted anything, whatever became of it. */
export function hasWritten(viewer: Viewer): SQL<boolean> {
  if (viewer.kind === 'visitor') return sql<boolean>`false`;
  return sql<boolean>`exists (select from ${posts} where ${eq(posts.authorId, viewer.id)})`;
}

/** Of a row of `topics`. */
function nearness({ id }: Member): SQL<number> {
  const followed = (column: typeof followLevels.sectionId | typeof followLevels.tagId) =>
    sql`select ${column} from ${followLevels} where ${and(eq(followLevels.memberId, id), eq(followLevels.level, 'all'), sql`${column} is not null`)}`;
  const tagged = and(
    eq(topicTags.topicId, topics.id),
    sql`${topicTags.tagId} in (${followed(followLevels.tagId)})`,
  );
  const ofLastRead = sql`select read.section_id from (select ${visits.topicId} from ${visits} where ${eq(visits.memberId, id)}
    order by ${visits.visitedAt} desc limit ${FIRST_REPLY.lastRead}) as last_read join ${topics} as read on read.id = last_read.topic_id`;
  return sql<number>`case
    when ${topics.sectionId} in (${followed(followLevels.sectionId)}) or exists (select from ${topicTags} where ${tagged}) then ${NEARNESS.followed}::int
    when ${topics.sectionId} in (${ofLastRead}) then ${NEARNESS.read}::int else ${NEARNESS.any}::int end`;
}
