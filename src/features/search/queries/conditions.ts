// What narrows a search, as conditions on rows of `posts` alone: it is cheaper not to look up the topic of each.
import { and, eq, gte, isNotNull, isNull, lt, ne, not, type SQL, sql } from 'drizzle-orm';
import { type PageOf, unmutedPosts, unmutedTopics } from '../../../db/following.ts';
import { posts, sources, topics, topicTags } from '../../../db/schema/index.ts';
import { listedPostsAlone } from '../../../db/visibility.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { Condition, Understood } from '../understanding.ts';

/** Which posts the viewer may find at all, and which of them were asked for. */
export function conditionsOf(viewer: Viewer, now: Date, asked: readonly Understood[]): SQL | undefined {
  return and(
    listedPostsAlone(),
    ...mutesOf(viewer, asked),
    ...asked.map(({ condition, filter }) => {
      const holds = conditionOf(condition, now);
      return filter.excluded ? not(sql`coalesce(${holds}, false)`) : holds;
    }),
  );
}

/** What was asked for by its name is shown although just that is muted, as on its own page. */
function mutesOf(viewer: Viewer, asked: readonly Understood[]): (SQL | undefined)[] {
  const named = asked.filter(({ filter }) => !filter.excluded).map(({ condition }) => condition);
  const page: { -readonly [Key in keyof PageOf]: PageOf[Key] } = {};
  for (const condition of named) {
    if (condition.on === 'author') page.authorId = condition.id;
    if (condition.on === 'tag') page.tagId = condition.id;
    if (condition.on === 'section') page.sectionId = condition.id;
    if (condition.on === 'site') page.host = condition.host;
  }
  return [
    page.authorId === undefined ? unmutedPosts(viewer) : undefined,
    named.some(({ on }) => on === 'topic') ? undefined : inTopic(unmutedTopics(viewer, page)),
  ];
}

function conditionOf(condition: Condition, now: Date): SQL {
  switch (condition.on) {
    case 'author':
      return eq(posts.authorId, condition.id);
    case 'tag':
      return ofTopic(
        sql`${topicTags}`,
        and(eq(topicTags.topicId, posts.topicId), eq(topicTags.tagId, condition.id)),
      );
    case 'section':
      return eq(posts.sectionId, condition.id);
    case 'topic':
      return eq(posts.topicId, condition.id);
    case 'site':
      return ofTopic(sql`${sources}`, and(standing(), eq(sources.publisherHost, condition.host)));
    case 'before':
      return lt(posts.postedAt, condition.moment);
    case 'after':
      return gte(posts.postedAt, condition.moment);
    case 'source':
      return ofTopic(sql`${sources}`, standing());
    case 'open':
      return and(
        gte(posts.topicCountsFrom, openSince(now)),
        sql`${posts.topicId} not in (select id from ${topics} where locked_at is not null)`,
      ) as SQL;
    case 'topics':
      // So written, the index that has each opening post once is not walked through for it.
      return sql`(${isNull(posts.branchId)}) is true`;
    case 'replies':
      return isNotNull(posts.branchId);
    case 'nothing':
      return sql`false`;
  }
}

/** Topics that count from before then take no replies. */
export function openSince(now: Date): Date {
  return new Date(now.getTime() - WINDOWS.reply);
}

function inTopic(condition: SQL | undefined): SQL | undefined {
  return condition && ofTopic(sql`${topics}`, and(eq(topics.id, posts.topicId), condition));
}

function standing(): SQL | undefined {
  return and(eq(sources.topicId, posts.topicId), ne(sources.state, 'removed'));
}

function ofTopic(rows: SQL, condition: SQL | undefined): SQL {
  return sql`exists (select from ${rows} where ${condition})`;
}
