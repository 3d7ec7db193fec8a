// What an export reads, batch by batch, everything as it stands: no visibility here, the file is the forum's own.
import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { originKeyOf } from '../../db/origin-keys.ts';
import {
  actions,
  formerNames,
  hides,
  members,
  posts,
  revisions,
  sections,
  sources,
  tags,
  topics,
  topicTags,
  votes,
} from '../../db/schema/index.ts';
import type { MemberId, TagId, TopicId } from '../../domain/ids.ts';

const MEMBERS_AT_ONCE = 1_000;
/** A batch of topics ends when either is reached; a larger topic is a batch of its own. */
const TOPICS_AT_ONCE = 200;
const POSTS_AT_ONCE = 2_000;

export function loadSections(db: Reader, forumKey: string) {
  return db
    .select({
      key: originKeyOf('section', forumKey),
      slug: sections.slug,
      name: sections.name,
      description: sections.description,
      modifier: sections.modifier,
    })
    .from(sections)
    .orderBy(asc(sections.position), asc(sections.id));
}

/**
 * Tags, each behind the one above it. What was merged into another is a name of that one more: its topics have that one
 * already.
 */
export async function loadTags(db: Reader, forumKey: string) {
  const rows = await db
    .select({ id: tags.id, key: originKeyOf('tag', forumKey), tag: tags })
    .from(tags)
    .orderBy(asc(tags.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ledTo = ({ tag }: (typeof rows)[number]): (typeof rows)[number] => {
    const next = tag.mergedIntoId === null ? undefined : byId.get(tag.mergedIntoId);
    return next ? ledTo(next) : byId.get(tag.id)!;
  };
  const depthOf = (id: TagId | null, below = 0): number => {
    const row = id === null ? undefined : byId.get(id);
    const above = row && ledTo(row);
    return !above || below > rows.length ? 0 : 1 + depthOf(above.tag.parentId, below + 1);
  };
  const merged = Map.groupBy(
    rows.filter(({ tag }) => tag.mergedIntoId !== null),
    (row) => ledTo(row).id,
  );
  return rows
    .filter(({ tag }) => tag.mergedIntoId === null)
    .map(({ key, tag }) => {
      const parent = byId.get(tag.parentId ?? (0 as TagId));
      const above = parent && ledTo(parent);
      return {
        key,
        tag,
        aliases: [
          ...tag.aliases,
          ...(merged.get(tag.id) ?? []).flatMap((other) => [other.tag.slug, ...other.tag.aliases]),
        ],
        depth: depthOf(tag.id),
        parentKey: above?.id === tag.id ? undefined : above?.key,
      };
    })
    .sort((a, b) => a.depth - b.depth || a.tag.id - b.tag.id);
}

/** Members in the order of their ids, with the names they gave up. @param after the last id of the batch before */
export async function loadMembers(db: Reader, forumKey: string, after: MemberId) {
  const rows = await db
    .select({ key: originKeyOf('member', forumKey), member: members })
    .from(members)
    .where(gt(members.id, after))
    .orderBy(asc(members.id))
    .limit(MEMBERS_AT_ONCE);
  const ids = rows.map(({ member }) => member.id);
  const former =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(formerNames)
          .where(inArray(formerNames.memberId, ids))
          .orderBy(asc(formerNames.usedUntil), asc(formerNames.nameKey));
  const namesOf = Map.groupBy(former, ({ memberId }) => memberId);
  return rows.map((row) => ({
    ...row,
    formerNames: (namesOf.get(row.member.id) ?? []).map(({ nameKey, usedUntil }) => ({
      name: nameKey,
      until: usedUntil.toISOString(),
    })),
  }));
}

/** Topics in the order of their ids. @param after the last id of the batch before */
export async function loadTopics(db: Reader, forumKey: string, after: TopicId) {
  const continued = sql`continued`;
  const rows = await db
    .select({
      key: originKeyOf('topic', forumKey),
      topic: topics,
      postCount: sql<number>`(select count(*)::int from ${posts} where ${posts.topicId} = ${topics.id})`,
      sectionKey: originKeyOf('section', forumKey),
      continuesKey: sql<string | null>`case when ${topics.continuesId} is not null then ${originKeyOf(
        'topic',
        forumKey,
        {
          id: sql`${continued}.id`,
          originKey: sql`${continued}.origin_key`,
        },
      )} end`,
    })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(sql`${topics} as ${continued}`, sql`${continued}.id = ${topics.continuesId}`)
    .where(gt(topics.id, after))
    .orderBy(asc(topics.id))
    .limit(TOPICS_AT_ONCE);
  let posted = 0;
  const end = rows.findIndex(({ postCount }) => (posted += postCount) > POSTS_AT_ONCE);
  return end === -1 ? rows : rows.slice(0, Math.max(1, end));
}

/** All that stands in these topics, each list in the order in which it came to be. */
export async function loadContents(db: Reader, forumKey: string, topicIds: readonly TopicId[]) {
  const inTopics = inArray(posts.topicId, [...topicIds]);
  const memberKey = originKeyOf('member', forumKey);
  const ofPosts = db.select({ id: posts.id }).from(posts).where(inTopics);
  return {
    posts: await db
      .select({ key: originKeyOf('post', forumKey), post: posts, authorKey: keyOrNull(memberKey) })
      .from(posts)
      .leftJoin(members, eq(members.id, posts.authorId))
      .where(inTopics)
      .orderBy(asc(posts.id)),
    votes: await db
      .select({ vote: votes, memberKey })
      .from(votes)
      .innerJoin(members, eq(members.id, votes.memberId))
      .where(inArray(votes.postId, ofPosts))
      .orderBy(asc(votes.postId), asc(votes.castAt), asc(votes.memberId)),
    revisions: await db
      .select({ revision: revisions, byKey: keyOrNull(memberKey) })
      .from(revisions)
      .leftJoin(members, eq(members.id, revisions.replacedById))
      .where(inArray(revisions.postId, ofPosts))
      .orderBy(asc(revisions.postId), asc(revisions.version)),
    sources: await db
      .select({ key: originKeyOf('source', forumKey), source: sources, byKey: keyOrNull(memberKey) })
      .from(sources)
      .leftJoin(members, eq(members.id, sources.addedById))
      .where(inArray(sources.topicId, [...topicIds]))
      .orderBy(asc(sources.id)),
    tags: await db
      .select({ topicId: topicTags.topicId, key: originKeyOf('tag', forumKey) })
      .from(topicTags)
      .innerJoin(tags, eq(tags.id, topicTags.tagId))
      .where(inArray(topicTags.topicId, [...topicIds]))
      .orderBy(asc(topicTags.topicId), asc(topicTags.position)),
    hides: await db
      .select({
        topicId: sql<TopicId>`coalesce(${hides.topicId}, ${posts.topicId})`.mapWith(topics.id),
        hide: hides,
        action: actions,
        byKey: keyOrNull(memberKey),
      })
      .from(hides)
      .leftJoin(posts, eq(posts.id, hides.postId))
      .innerJoin(actions, eq(actions.id, hides.actionId))
      .leftJoin(members, eq(members.id, actions.actorId))
      .where(
        and(
          isNull(hides.liftedAt),
          or(inArray(hides.topicId, [...topicIds]), inArray(hides.postId, ofPosts)),
        ),
      )
      .orderBy(asc(hides.actionId), asc(hides.postId)),
  };
}

export type TopicRow = Awaited<ReturnType<typeof loadTopics>>[number];
export type Contents = Awaited<ReturnType<typeof loadContents>>;
export type PostWithKey = Contents['posts'][number];

/** Of a table that was joined from the left: a key only where there is a row. */
function keyOrNull(key: ReturnType<typeof originKeyOf>) {
  return sql<string | null>`case when ${members.id} is not null then ${key} end`;
}
