// What members are told, while it is for reading: the one condition of the inbox, of its count and of the mails about it.
import { and, eq, isNull, not, type Column, type SQL, sql } from 'drizzle-orm';
import type { MemberId } from '../domain/ids.ts';
import { MOST_COUNTED } from '../domain/notices.ts';
import { sparedPosts } from './following.ts';
import { notifications, posts, topics } from './schema/index.ts';
import { standingPosts } from './visibility.ts';

type Notices = Readonly<Record<'memberId' | 'kind' | 'postId', Column>>;

/**
 * Notifications that are for reading: those of posts that stand and that the member has not muted meanwhile. What
 * moderators did and said concerns the member whatever became of the post. Wants `posts` and `topics` joined as below.
 * @param who the member, given where one is known: what they mute is then looked up once for the whole list
 */
export function noticesForReading(who: MemberId | Column, of: Notices = notifications): SQL {
  const ofPost = and(standingPosts(), not(sparedPosts(who)));
  return sql`(${of.kind} in ('action', 'message') or ${ofPost})`;
}

/** The post of a notification and the topic it stands in now. */
export function joinedPosts(of: Notices = notifications): SQL {
  const ofNotice = eq(posts.id, of.postId);
  // One by one: for a member with thousands of notices PostgreSQL would rather read all topics there are, on every page.
  return sql`left join ${posts} on ${ofNotice}
    left join lateral (select * from ${topics} where ${eq(topics.id, posts.topicId)} limit 1) as ${topics} on true`;
}

/** How many unread notifications the member of the given column has, as a part of another query; no more than are shown. */
export function countUnread(memberId: Column): SQL<number> {
  const unread = and(eq(notifications.memberId, memberId), isNull(notifications.readAt));
  return sql<number>`(select count(*)::int from (select from ${notifications} ${joinedPosts()}
    where ${unread} and ${notifications.inInbox} and ${noticesForReading(memberId)} limit ${MOST_COUNTED}) as unread)`;
}
