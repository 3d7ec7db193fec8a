// The replies of feeds: of the whole forum, of a topic, of a member, and of the topics that a member follows.
import { and, desc, eq, isNotNull, ne, not, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { sparedPosts } from '../../../db/following.ts';
import { followLevels, members, posts, sections, topics } from '../../../db/schema/index.ts';
import { listedPosts, openableTopics, readablePosts } from '../../../db/visibility.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { type Member, visitor } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { type Category, postChangedAt } from './feed-topics.ts';
import { newest } from './newest.ts';

export interface FeedReply {
  readonly id: PostId;
  readonly topic: { readonly id: TopicId; readonly slug: string; readonly title: string };
  readonly section: Category;
  /** The reply that it answers; null: the topic itself. */
  readonly parentId: PostId | null;
  /** Who wrote that; null: nobody who is to be named. */
  readonly to: string | null;
  /** Null: a former member. */
  readonly authorName: string | null;
  readonly postedAt: Date;
  /** Null: never. */
  readonly changedAt: Date | null;
  readonly bodyHtml: SafeHtml;
  readonly modelWritten: boolean;
}

/** The newest replies of the whole forum. */
export function listNewestReplies(db: Reader, now: Date): Promise<FeedReply[]> {
  return listReplies(db, listedPosts(), now);
}

/** The newest replies of a topic: those of a withdrawn one, too, while its page stands. */
export function listRepliesIn(db: Reader, topicId: TopicId, now: Date): Promise<FeedReply[]> {
  const standing = and(openableTopics(visitor), readablePosts(visitor));
  return listReplies(db, and(eq(posts.topicId, topicId), standing), now);
}

/** The newest replies of a member. */
export function listRepliesBy(db: Reader, authorId: MemberId, now: Date): Promise<FeedReply[]> {
  return listReplies(db, and(eq(posts.authorId, authorId), listedPosts()), now);
}

/** What others replied in the topics that a member follows themselves, but for what the member has muted or asked to be spared. */
export function listFollowedReplies(db: Reader, reader: Member, now: Date): Promise<FeedReply[]> {
  const chosen = and(
    eq(followLevels.memberId, reader.id),
    eq(followLevels.level, 'all'),
    isNotNull(followLevels.topicId),
  );
  const spared = sql`${posts.modelWritten} and (select ${members.hidesModelWritten} from ${members}
    where ${eq(members.id, reader.id)})`;
  const which = and(
    listedPosts(),
    // As an array: PostgreSQL then reads these topics, and not all posts of the forum until enough are in one of them.
    sql`${posts.topicId} = any(array(select ${followLevels.topicId} from ${followLevels} where ${chosen}))`,
    sql`${posts.authorId} is distinct from ${reader.id}`,
    not(sparedPosts(reader.id)),
    sql`not (${spared})`,
  );
  return listReplies(db, which, now);
}

const parents = alias(posts, 'parents');
const answered = alias(members, 'answered');

async function listReplies(db: Reader, which: SQL | undefined, now: Date): Promise<FeedReply[]> {
  const withTopics = sql`${posts} join ${topics} on ${eq(topics.id, posts.topicId)}`;
  const ids = newest(posts, withTopics, posts.id, and(isNotNull(posts.branchId), which), now);
  // A withdrawn text names its author no more (DESIGN section 6).
  const answeredId = sql`case when ${posts.parentId} is null then case when ${ne(topics.state, 'withdrawn')} then ${topics.authorId} end
    when ${eq(parents.state, 'visible')} then ${parents.authorId} end`;
  return db
    .select({
      id: posts.id,
      topic: { id: topics.id, slug: topics.slug, title: topics.title },
      section: { slug: sections.slug, name: sections.name },
      parentId: posts.parentId,
      to: answered.name,
      authorName: members.name,
      postedAt: posts.postedAt,
      changedAt: postChangedAt(),
      bodyHtml: posts.bodyHtml,
      modelWritten: posts.modelWritten,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .leftJoin(parents, eq(parents.id, posts.parentId))
    .leftJoin(answered, eq(answered.id, answeredId))
    .where(sql`${posts.id} in (${ids})`)
    .orderBy(desc(posts.postedAt), desc(posts.id));
}
