// What the commands that write posts, and the forms before them, need to know.
import {
  and,
  type Column,
  count,
  desc,
  eq,
  exists,
  gte,
  isNotNull,
  isNull,
  like,
  max,
  or,
  sql,
} from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { builtOnce, parameter, statementFor } from '../../../db/named-statements.ts';
import { countsFrom } from '../../../db/ranks.ts';
import { members, posts, sections, sources, topics } from '../../../db/schema/index.ts';
import { listedTopics, openableTopics, placedPosts, readablePosts } from '../../../db/visibility.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { PACE, SIMILAR_TITLE, WINDOWS } from '../../../domain/limits.ts';
import type { ReplyPace, ReplyTarget } from '../../../domain/policy/replies.ts';
import type { TopicPace } from '../../../domain/policy/topics.ts';
import type { ReplyPlace } from '../../../domain/thread.ts';
import { startOfDay } from '../../../domain/times.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { hasWritten } from './first-reply.ts';
import { standingPost } from './standing-post.ts';
import { EARLIER_TOPIC, type EarlierTopic } from '../../links/index.ts';

/** Where the post stands that a form was already sent for; undefined when it was not. */
export async function findByForm(
  db: Reader,
  authorId: MemberId,
  formId: string,
): Promise<{ readonly id: PostId; readonly topicId: TopicId } | undefined> {
  const asking = builtOnce(db, 'post of form', () =>
    db
      .select({ id: posts.id, topicId: posts.topicId })
      .from(posts)
      .where(
        and(eq(posts.authorId, parameter<MemberId>('author')), eq(posts.formId, sql.placeholder('form'))),
      )
      .prepare('post of form'),
  );
  const [post] = await asking.execute({ author: authorId, form: formId });
  return post;
}

/** What a reply would answer: the topic, or (`parent`) one of its replies. */
export interface ReplyContext extends ReplyTarget {
  readonly topicId: TopicId;
  /** Title and slug say what the topic is about: null and '' when the viewer cannot open it (any more). */
  readonly topicTitle: string | null;
  readonly topicSlug: string;
  readonly sectionSlug: string;
  readonly parent: (ReplyPlace & { readonly id: PostId }) | null;
  /** The post that is answered: the parent, or the topic's opening post. Name and text are null when it is not to be read. */
  readonly answered: {
    readonly id: PostId;
    readonly authorName: string | null;
    readonly postedAt: Date;
    readonly bodyMd: string | null;
    readonly bodyHtml: SafeHtml | null;
  };
  /** Whether the viewer has ever posted anything. */
  readonly hasWritten: boolean;
}

/** The post with this id as something to answer; undefined when it is not there for this viewer. */
export async function findReplyContext(
  db: Reader,
  viewer: Viewer,
  id: PostId,
): Promise<ReplyContext | undefined> {
  const find = statementFor(db, viewer, 'answered', (asking) => selectReplyContext(db, asking));
  const [row] = await find({ post: id });
  if (!row) return undefined;
  const { parentId, branchId, depth, state, authorName, postedAt, bodyMd, bodyHtml, ...rest } = row;
  return {
    ...rest,
    parentState: branchId === null ? null : state,
    parent: branchId === null ? null : { id: row.id, parentId, branchId, depth },
    answered: { id: row.id, authorName, postedAt, bodyMd, bodyHtml },
  };
}

function selectReplyContext(db: Reader, viewer: Viewer) {
  const openable = openableTopics(viewer);
  const ifLegible = <T>(column: Column) =>
    sql<T | null>`case when ${readablePosts(viewer)} and (${openable}) then ${column} end`;
  const answered = standingPost(parameter<PostId>('post'));
  return (
    db
      .select({
        topicId: topics.id,
        topicSlug: sql<string>`case when (${openable}) then ${topics.slug} else '' end`,
        topicTitle: sql<string | null>`case when (${openable}) then ${topics.title} end`,
        sectionSlug: sections.slug,
        topicState: topics.state,
        topicLockedAt: topics.lockedAt,
        topicPostedAt: countsFrom,
        id: posts.id,
        parentId: posts.parentId,
        branchId: posts.branchId,
        depth: posts.depth,
        state: posts.state,
        authorName: ifLegible<string>(members.name),
        postedAt: posts.postedAt,
        bodyMd: ifLegible<string>(posts.bodyMd),
        bodyHtml: ifLegible<SafeHtml>(posts.bodyHtml),
        hasWritten: hasWritten(viewer),
      })
      .from(posts)
      .innerJoin(topics, eq(topics.id, posts.topicId))
      .innerJoin(sections, eq(sections.id, topics.sectionId))
      .leftJoin(members, eq(members.id, posts.authorId))
      // Whoever was answering when it was hidden is told so and keeps their text; that one is held, nobody else may learn.
      .where(and(eq(posts.id, answered), placedPosts(viewer), or(isNull(topics.heldAt), openable)))
      .prepare('answered')
  );
}

/** A topic's opening post: what is answered when the topic as such is. */
export async function findOpeningPost(db: Reader, topicId: TopicId): Promise<PostId | undefined> {
  const asking = builtOnce(db, 'opening post', () =>
    db
      .select({ id: topics.openingPostId })
      .from(topics)
      .where(eq(topics.id, parameter<TopicId>('topic')))
      .prepare('opening post'),
  );
  const [topic] = await asking.execute({ topic: topicId });
  return topic?.id ?? undefined;
}

/** How much a member has written of late, held and hidden posts included. */
export async function loadReplyPace(
  db: Reader,
  authorId: MemberId,
  now: Date,
): Promise<Pick<ReplyPace, 'repliesToday' | 'lastReplyAt'>> {
  const { today, lastAt } = await countSince(db, authorId, 'replies', PACE.betweenReplies, now);
  return { repliesToday: today, lastReplyAt: lastAt };
}

export async function loadTopicPace(
  db: Reader,
  authorId: MemberId,
  now: Date,
): Promise<Pick<TopicPace, 'topicsToday' | 'lastTopicAt'>> {
  const { today, lastAt } = await countSince(db, authorId, 'topics', PACE.betweenTopics, now);
  return { topicsToday: today, lastTopicAt: lastAt };
}

/** Posts since midnight, and the moment of the last one as far back as a pause between two reaches. */
async function countSince(
  db: Reader,
  authorId: MemberId,
  kind: 'replies' | 'topics',
  pause: number,
  now: Date,
): Promise<{ readonly today: number; readonly lastAt: Date | null }> {
  const midnight = startOfDay(now);
  const since = new Date(Math.min(midnight.getTime(), now.getTime() - pause));
  const { branchId, postedAt } = posts;
  const asking = builtOnce(db, `pace of ${kind}`, () =>
    db
      .select({
        today: sql<number>`(count(*) filter (where ${gte(postedAt, sql.placeholder('midnight'))}))::int`,
        lastAt: max(postedAt),
      })
      .from(posts)
      .where(
        and(
          eq(posts.authorId, parameter<MemberId>('author')),
          gte(postedAt, sql.placeholder('since')),
          kind === 'replies' ? isNotNull(branchId) : isNull(branchId),
        ),
      )
      .prepare('pace'),
  );
  const [row] = await asking.execute({ author: authorId, midnight, since });
  return { today: row?.today ?? 0, lastAt: row?.lastAt ?? null };
}

/** How many posts with a link of this member everyone can see: see HoldFacts. */
export async function countPostsWithLink(db: Reader, authorId: MemberId): Promise<number> {
  const hasSource = exists(
    db
      .select({ one: sql`1` })
      .from(sources)
      .where(eq(sources.topicId, posts.topicId)),
  );
  const [row] = await db
    .select({ n: count() })
    .from(posts)
    .where(
      and(
        eq(posts.authorId, authorId),
        eq(posts.state, 'visible'),
        or(like(posts.bodyHtml, '% rel="ugc %'), and(isNull(posts.branchId), hasSource)),
      ),
    );
  return row?.n ?? 0;
}

/** Listed topics of the last days whose titles share most of their trigrams with this one, the most similar first. */
export async function findSimilarTopics(db: Reader, title: string, now: Date): Promise<EarlierTopic[]> {
  const likeness = sql<number>`similarity(${topics.title}, ${title})`;
  return db
    .select(EARLIER_TOPIC)
    .from(topics)
    .where(
      and(
        listedTopics(),
        gte(topics.postedAt, new Date(now.getTime() - WINDOWS.similarTitle)),
        // The operator is what the trigram index answers; its threshold is lower than ours.
        sql`${topics.title} % ${title}`,
        gte(likeness, SIMILAR_TITLE),
      ),
    )
    .orderBy(desc(likeness), desc(topics.id))
    .limit(3);
}
