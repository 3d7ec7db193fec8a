// The post or topic that a page of moderation is about, as this viewer may see it.
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts, topics } from '../../../db/schema/index.ts';
import { openableTopics, placedPosts, readableText } from '../../../db/visibility.ts';
import type { MemberId, PostId, SectionId, TopicId } from '../../../domain/ids.ts';
import type { PostFacts } from '../../../domain/policy/posts.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export interface TopicShown {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly state: State;
  readonly authorId: MemberId | null;
  readonly lockedAt: Date | null;
  readonly pinnedUntil: Date | null;
  readonly mergedIntoId: TopicId | null;
  readonly sectionId: SectionId;
}

export interface PostShown extends PostFacts {
  readonly id: PostId;
  readonly authorName: string | null;
  /** Null when the viewer may not read it. */
  readonly bodyHtml: SafeHtml | null;
  /** It opens its topic. */
  readonly isOpening: boolean;
  readonly topic: TopicShown;
}

/** The post as this viewer may see it; undefined when there is none, or none for this viewer. */
export async function findShownPost(db: Reader, viewer: Viewer, id: PostId): Promise<PostShown | undefined> {
  const [row] = await db
    .select({
      id: posts.id,
      authorId: posts.authorId,
      authorName: members.name,
      postedAt: posts.postedAt,
      state: posts.state,
      withdrawnAt: posts.withdrawnAt,
      bodyHtml: sql<SafeHtml | null>`${readableText(viewer, posts.bodyHtml)}`,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      topic: {
        id: topics.id,
        slug: topics.slug,
        title: topics.title,
        state: topics.state,
        authorId: topics.authorId,
        lockedAt: topics.lockedAt,
        pinnedUntil: topics.pinnedUntil,
        mergedIntoId: topics.mergedIntoId,
        sectionId: topics.sectionId,
      },
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(members, and(eq(members.id, posts.authorId), isNull(posts.withdrawnAt)))
    .where(and(eq(posts.id, id), placedPosts(viewer), openableTopics(viewer)));
  return row;
}

/** The topic as this viewer may open it. */
export async function findShownTopic(
  db: Reader,
  viewer: Viewer,
  id: TopicId,
): Promise<TopicShown | undefined> {
  const { slug, title, state, authorId, lockedAt, pinnedUntil, mergedIntoId, sectionId } = topics;
  const [row] = await db
    .select({ id: topics.id, slug, title, state, authorId, lockedAt, pinnedUntil, mergedIntoId, sectionId })
    .from(topics)
    .where(and(eq(topics.id, id), openableTopics(viewer)));
  return row;
}

/** How many replies stand below a reply, at all depths, those awaiting approval left out. */
export async function countBelow(db: Reader, id: PostId): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with recursive below as (
      select id from ${posts} where parent_id = ${id} and ${ne(posts.state, 'held')}
      union all
      select reply.id from ${posts} as reply join below on reply.parent_id = below.id where reply.state <> 'held'
    ) select count(*)::int as n from below`);
  return rows[0]?.n ?? 0;
}
