// Who may see which topics and posts, as SQL: the twin of domain/policy (maySeeTopic, maySeePostText), and the only way
// lists, feeds, search and counts read them. tests/db/visibility.test.ts compares the two for every viewer and state.
import { and, eq, or, sql, type Column, type SQL } from 'drizzle-orm';
import { isModerator, type Viewer } from '../domain/viewer.ts';
import { posts, topics } from './schema/index.ts';

/** Topics that stand in lists, feeds, search and sitemaps: the same for everyone, moderators included. */
export function listedTopics(): SQL {
  return eq(topics.state, 'visible');
}

/** Posts that stand in lists, feeds, search and counts: visible, in a listed topic. Wants `topics` joined. */
export function listedPosts(): SQL {
  return and(eq(posts.state, 'visible'), listedTopics()) as SQL;
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
    listedTopics(),
    and(eq(topics.state, 'withdrawn'), sql`${topics.replierCount} > 0`),
    ownOrModerated(viewer, topics.authorId),
  ) as SQL;
}

function ownOrModerated(viewer: Viewer, authorId: Column): SQL {
  if (isModerator(viewer)) return sql`true`;
  return viewer.kind === 'member' ? sql`coalesce(${authorId} = ${viewer.id}, false)` : sql`false`;
}
