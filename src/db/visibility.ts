// Who may see which topics and posts, as SQL: the twin of domain/policy (maySeeTopic, maySeePostText), and the only way
// lists, feeds, search and counts read them. tests/db/visibility.test.ts compares the two for every viewer and state.
import { and, eq, isNull, or, sql, type Column, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { isModerator, type Viewer } from '../domain/viewer.ts';
import { members, posts, topics } from './schema/index.ts';

/** Written into statements: planned once for all their parameters, they would not use the indexes of what is visible. */
const VISIBLE = sql`'visible'`;

/**
 * Topics that stand in lists, feeds, search, counts and sitemaps: the same for everyone, moderators included. One that was
 * merged into another stands nowhere: what there is to find of it is found there.
 */
export function listedTopics(): SQL {
  return and(eq(topics.state, VISIBLE), isNull(topics.mergedIntoId)) as SQL;
}

const target = alias(topics, 'target');

/** Topics whose opening post stands somewhere for everyone: listed ones, and those merged into one, on whose page it is. */
export function standingTopics(): SQL {
  const stays = and(eq(target.id, topics.mergedIntoId), eq(target.state, VISIBLE));
  return and(
    eq(topics.state, VISIBLE),
    or(isNull(topics.mergedIntoId), sql`exists (select from ${topics} as target where ${stays})`),
  ) as SQL;
}

/**
 * Topics that the viewer has not asked to be spared: those whose opening post its author marked as written with a model,
 * where the viewer hides these. Own topics are never left out. Undefined for visitors, who get the same lists all.
 */
export function withoutModelWritten(viewer: Viewer): SQL | undefined {
  if (viewer.kind !== 'member') return undefined;
  const hides = sql`select ${members.hidesModelWritten} from ${members} where ${members.id} = ${viewer.id}`;
  const marked = sql`select ${posts.modelWritten} from ${posts} where ${posts.id} = ${topics.openingPostId}`;
  // Asked first, once for the whole list: most members hide nothing.
  return sql`(not (${hides}) or ${topics.authorId} = ${viewer.id} or not coalesce((${marked}), false))`;
}

/** Posts that stand in lists, feeds, search and counts: visible, in a listed topic. Wants `topics` joined. */
export function listedPosts(): SQL {
  return and(eq(posts.state, VISIBLE), listedTopics()) as SQL;
}

/** The same posts without `topics` joined: in a forum few topics are unlisted, and looking each one up costs more than all of these. */
export function listedPostsAlone(): SQL {
  return sql`(${posts.state} = 'visible' and ${isListed(posts.topicId)})`;
}

/** A column that names a topic names a listed one: likewise without looking at the topic, so that an index alone can count. */
export function isListed(topicId: Column): SQL {
  return sql`${topicId} not in (${unlistedTopics()})`;
}

/** Ids of the others: few, and an index holds just them. */
export function unlistedTopics(): SQL {
  return sql`select id from ${topics} where state <> 'visible' or merged_into_id is not null`;
}

/** Posts that stand somewhere for everyone: what members are told of. Wants `topics` joined. */
export function standingPosts(): SQL {
  return and(eq(posts.state, VISIBLE), standingTopics()) as SQL;
}

/** Posts whose text the viewer may read: visible ones; hidden and held ones, unless withdrawn too, by their author and moderators. */
export function readablePosts(viewer: Viewer): SQL {
  return sql`(${posts.state} = 'visible' or (${posts.withdrawnAt} is null and ${ownOrModerated(viewer, posts.authorId)}))`;
}

/**
 * Posts that have a place on the topic's page: all but others' that await approval or were refused it, which nobody may
 * learn of.
 */
export function placedPosts(viewer: Viewer): SQL {
  return sql`(${posts.heldAt} is null or ${ownOrModerated(viewer, posts.authorId)})`;
}

/** A column of posts that holds text, blanked in the SELECT when the viewer may not read it, so that no template can leak it. */
export function readableText(viewer: Viewer, column: Column): SQL<string | null> {
  return sql<string | null>`case when ${readablePosts(viewer)} then ${column} end`;
}

/** Topics that the viewer can open at their address: a withdrawn one stays while someone else's reply is visible. */
export function openableTopics(viewer: Viewer): SQL {
  return or(
    standingTopics(),
    and(eq(topics.state, 'withdrawn'), sql`${topics.replierCount} > 0`),
    ownOrModerated(viewer, topics.authorId),
  ) as SQL;
}

function ownOrModerated(viewer: Viewer, authorId: Column): SQL {
  if (isModerator(viewer)) return sql`true`;
  return viewer.kind === 'member' ? sql`coalesce(${authorId} = ${viewer.id}, false)` : sql`false`;
}
