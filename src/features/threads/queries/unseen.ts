// How many replies of a topic are new to a member, and which topics have some: the twin of domain/reading.ts in SQL.
import { and, eq, gt, gte, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { unmutedPosts } from '../../../db/following.ts';
import { branchVisits, members, posts, topics, visits } from '../../../db/schema/index.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { DAY } from '../../../domain/times.ts';
import type { Member, Viewer } from '../../../domain/viewer.ts';

/** Beyond this nobody counts: a row says "100 new". */
export const MOST_COUNTED = 100;
/** A topic that nobody has opened for so long is not unread, but old. */
const UNOPENED = 30 * DAY;

/** For a row of `topics`: how many replies are new to the viewer, at most MOST_COUNTED. Null: never opened, or a visitor. */
export function unseenReplies(viewer: Viewer): SQL<number | null> {
  if (viewer.kind !== 'member') return sql<null>`null`;
  return countUnseen(viewer, MOST_COUNTED);
}

/** By way of the topic's marks, so that no more than its new replies are looked at. */
function countUnseen(viewer: Member, most: number): SQL<number | null> {
  return sql<number | null>`(select (select count(*)::int from (select from ${posts} where ${unseen(viewer)}
      limit ${most}) as fresh)
    from ${visits} where ${visitOf(viewer)})`;
}

/** Since when topics may be unread at all, and those that the viewer never opened. */
export interface UnreadSince {
  readonly answerable: Date;
  readonly unopened: Date;
}

export function unreadSince(now: Date): UnreadSince {
  return {
    answerable: new Date(now.getTime() - WINDOWS.reply),
    unopened: new Date(now.getTime() - UNOPENED),
  };
}

/**
 * Topics with something to read for the viewer: opened ones with new replies, and those never opened that are newer than
 * "mark all read". Older ones than take replies have none. Wants `topics`.
 */
export function unreadTopics(viewer: Viewer, { answerable, unopened }: UnreadSince): SQL {
  if (viewer.kind !== 'member') return sql`false`;
  const opened = sql`exists (select from ${visits} where ${visitOf(viewer)})`;
  return and(
    gte(topics.lastActivityAt, answerable),
    or(
      sql`${countUnseen(viewer, 1)} > 0`,
      and(
        gte(topics.postedAt, unopened),
        gt(topics.openingPostId, readUpTo(viewer)),
        or(isNull(topics.authorId), sql`${topics.authorId} <> ${viewer.id}`),
        sql`not ${opened}`,
      ),
    ),
  ) as SQL;
}

const visitOf = (viewer: Member) => and(eq(visits.topicId, topics.id), eq(visits.memberId, viewer.id)) as SQL;

/** Asked once for the whole list. */
const readUpTo = (viewer: Member) =>
  sql`(select ${members.readUpToPostId} from ${members} where ${eq(members.id, viewer.id)})`;

/** Posts that are new to the viewer, by the marks of a row of `visits`. */
export function unseen(viewer: Member): SQL {
  const ofBranch = and(eq(branchVisits.memberId, viewer.id), eq(branchVisits.branchId, posts.branchId));
  const mark = sql`(select ${branchVisits.seenPostId} from ${branchVisits} where ${ofBranch})`;
  return and(
    eq(posts.topicId, visits.topicId),
    isNotNull(posts.branchId),
    eq(posts.state, 'visible'),
    sql`${posts.id} > greatest(${visits.seenPostId}, ${readUpTo(viewer)})`,
    sql`${posts.authorId} is distinct from ${viewer.id}`,
    sql`${posts.id} > coalesce(${mark}, 0)`,
    unmutedPosts(viewer),
  ) as SQL;
}
