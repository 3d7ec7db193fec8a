// One post as its author (or whoever looks at its history) has it before them, and its earlier texts.
import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members, posts, revisions, sections, topics } from '../../../db/schema/index.ts';
import { openableTopics, placedPosts, readableText } from '../../../db/visibility.ts';
import type { MemberId, PostId, RevisionId, SectionId, TopicId } from '../../../domain/ids.ts';
import type { TopicKind } from '../../../domain/post-text.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';

export interface PostDetails {
  readonly id: PostId;
  readonly isOpening: boolean;
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly state: State;
  readonly version: number;
  readonly modelWritten: boolean;
  /** Null when this viewer may not read it. */
  readonly bodyMd: string | null;
  readonly topic: {
    readonly id: TopicId;
    readonly kind: TopicKind;
    /** Title and slug say what the topic is about: null and '' when the viewer cannot open it (any more). */
    readonly title: string | null;
    readonly slug: string;
    readonly state: State;
    readonly authorId: MemberId | null;
    readonly postedAt: Date;
    readonly replyCount: number;
    readonly sectionId: SectionId;
    readonly sectionSlug: string;
  };
}

/**
 * A post that has a place for this viewer, in a topic that they can open.
 * @returns undefined when it does not exist or they may not learn of it.
 */
export async function findPost(db: Reader, viewer: Viewer, id: PostId): Promise<PostDetails | undefined> {
  const [post] = await db
    .select({
      id: posts.id,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      authorId: posts.authorId,
      authorName: members.name,
      postedAt: posts.postedAt,
      withdrawnAt: posts.withdrawnAt,
      state: posts.state,
      version: posts.version,
      modelWritten: posts.modelWritten,
      bodyMd: readableText(viewer, posts.bodyMd),
      topic: {
        id: topics.id,
        kind: topics.kind,
        slug: sql<string>`case when (${openableTopics(viewer)}) then ${topics.slug} else '' end`,
        title: sql<string | null>`case when (${openableTopics(viewer)}) then ${topics.title} end`,
        state: topics.state,
        authorId: topics.authorId,
        postedAt: topics.postedAt,
        replyCount: topics.replyCount,
        sectionId: topics.sectionId,
        sectionSlug: sections.slug,
      },
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(and(eq(posts.id, id), placedPosts(viewer), or(isOwn(viewer), openableTopics(viewer))));
  return post;
}

/** What stands in a topic that was hidden or withdrawn is still its author's. */
function isOwn(viewer: Viewer): SQL | undefined {
  return viewer.kind === 'member' ? eq(posts.authorId, viewer.id) : undefined;
}

export interface EarlierText {
  readonly id: RevisionId;
  /** The version of the post that this was. */
  readonly version: number;
  /** The topic's title at that time; for replies, of the topic as it is. */
  readonly title: string;
  /** Null: a moderator blanked it. */
  readonly bodyMd: string | null;
  readonly blankedAt: Date | null;
  readonly replacedAt: Date;
  readonly silent: boolean;
}

/**
 * The earlier texts of a post, the newest first.
 * @param options.before only versions before this one
 * @param options.silent those of the first minutes too, which are only shown to the author and moderators
 */
export async function listEarlierTexts(
  db: Reader,
  id: PostId,
  options: { readonly before: number | undefined; readonly silent: boolean; readonly limit: number },
): Promise<EarlierText[]> {
  // A revision has the title only when that changed: else the next one that has tells, or the topic itself.
  const title = sql<string>`coalesce((select later.title from ${revisions} as later
    where later.post_id = ${revisions.postId} and later.version >= ${revisions.version} and later.title is not null
    order by later.version limit 1), ${topics.title})`;
  return db
    .select({
      id: revisions.id,
      version: revisions.version,
      title,
      bodyMd: sql<string | null>`case when ${revisions.blankedAt} is null then ${revisions.bodyMd} end`,
      blankedAt: revisions.blankedAt,
      replacedAt: revisions.replacedAt,
      silent: revisions.silent,
    })
    .from(revisions)
    .innerJoin(posts, eq(posts.id, revisions.postId))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(
      and(
        eq(revisions.postId, id),
        options.before === undefined ? undefined : lt(revisions.version, options.before),
        options.silent ? undefined : eq(revisions.silent, false),
      ),
    )
    .orderBy(desc(revisions.version))
    .limit(options.limit);
}
