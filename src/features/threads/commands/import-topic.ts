// Bringing in a whole topic as it was elsewhere: its tree, times, states, votes and earlier texts. A few statements
// whatever its size, and the counters are right when it returns. No limits and no notifications: it did not happen here,
// and it is not new. Who may import is asked by the caller.
import { sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/connection.ts';
import { batchOf, insertTogether, takeIds } from '../../../db/insert-rows.ts';
import {
  events,
  posts,
  revisions,
  sections,
  tags,
  topicRepliers,
  topics,
  votes,
} from '../../../db/schema/index.ts';
import type { MemberId, PostId, RevisionId, SectionId, TagId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose, TopicKind } from '../../../domain/post-text.ts';
import { hotRank } from '../../../domain/ranking.ts';
import { slugOf } from '../../../domain/slug.ts';
import { addressesIn } from '../../../lib/markdown/index.ts';
import { importedCitations, importedSources, type ImportedSource } from '../../links/index.ts';
import { addRepliesKept } from '../../members/index.ts';
import { openQueueItem } from '../../queue-items/index.ts';
import { importedTopicTags } from '../../tags/index.ts';
import { eventRows } from '../events.ts';
import type { RenderedBody } from '../rendering.ts';
import { countPosts, countTopic } from './import-counters.ts';
import { eventsBefore } from './import-events.ts';
import {
  editOf,
  numberPosts,
  numberTexts,
  rowOfPost,
  rowOfText,
  rowOfTopic,
  rowsOfVotes,
} from './import-rows.ts';

export interface ImportedPost {
  /** Null: a former member. */
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly body: RenderedBody;
  /** Score that came without votes; may be negative. */
  readonly baseScore?: number;
  /** One a member, and none of the author's. */
  readonly votes?: readonly ImportedVote[];
  /** Oldest first. */
  readonly earlierTexts?: readonly ImportedText[];
  /** How often it was saved, and when last so that it shows; without them what the earlier texts say. */
  readonly version?: number;
  readonly editedAt?: Date | null;
  readonly heldAt?: Date;
  readonly withdrawnAt?: Date;
  readonly purpose?: PostPurpose;
  readonly modelWritten?: boolean;
  readonly originKey?: string;
}

export interface ImportedVote {
  readonly memberId: MemberId;
  readonly castAt: Date;
  readonly counted?: boolean;
}

export interface ImportedText {
  readonly bodyMd: string;
  /** Of the post; without it its place among the earlier texts. */
  readonly version?: number;
  /** The topic's title until then, when that was changed with the text. */
  readonly title?: string;
  readonly replacedAt: Date;
  /** Null: a former member; without it the author. */
  readonly replacedById?: MemberId | null;
  readonly silent?: boolean;
  readonly blankedAt?: Date;
}

export interface ImportedReply extends ImportedPost {
  /** Index of the reply that is answered, lower than this one's own; null: the topic is. */
  readonly parent: number | null;
}

export interface ImportedTopic {
  readonly kind: TopicKind;
  readonly title: string;
  readonly sectionId: SectionId;
  /** In their order. */
  readonly tagIds: readonly TagId[];
  readonly sources: readonly ImportedSource[];
  readonly opening: ImportedPost;
  /** In the order that their ids are to have: domain/thread.ts sortByTime makes one of lists that have none. */
  readonly replies: readonly ImportedReply[];
  readonly titleEditedAt?: Date | null;
  readonly lockedAt?: Date;
  readonly pinnedUntil?: Date;
  readonly continuesId?: TopicId;
  readonly originKey?: string;
}

export interface TopicImport {
  readonly id: TopicId;
  readonly slug: string;
  readonly openingPostId: PostId;
  /** In the order in which the replies were given. */
  readonly replyIds: readonly PostId[];
}

/** What an import takes before it writes a topic. */
export interface ReservedTopic {
  readonly id: TopicId;
  /** The opening post's first, the replies' in their order. */
  readonly postIds: readonly PostId[];
  readonly revisionIds: readonly RevisionId[];
  /** What the topic's section and tags add to its hot rank (domain/ranking.ts). */
  readonly modifier: number;
}

/** Takes the ids of a topic to be. They follow those taken before, whenever and in which transaction it is written. */
export async function reserveTopic(db: Reader, topic: ImportedTopic): Promise<ReservedTopic> {
  const { opening, replies } = topic;
  const texts = [opening, ...replies].reduce((sum, { earlierTexts = [] }) => sum + earlierTexts.length, 0);
  const taken = await takeIds(db, [
    { name: 'topic', table: topics, count: 1 },
    { name: 'posts', table: posts, count: 1 + replies.length },
    { name: 'revisions', table: revisions, count: texts },
  ]);
  return {
    id: taken.topic[0] as TopicId,
    postIds: taken.posts as readonly PostId[],
    revisionIds: taken.revisions as readonly RevisionId[],
    modifier: await loadModifier(db, topic),
  };
}

/**
 * Imports a topic. What is held goes into the moderators' queue; hiding is theirs to do (features/moderation).
 * @throws Error when a reply stands before the one it answers, or the database's when a text is over IMPORT_LENGTHS.
 */
export async function importTopic(
  tx: Tx,
  topic: ImportedTopic,
  reserved: ReservedTopic,
): Promise<TopicImport> {
  const { opening, replies, tagIds } = topic;
  const { id, postIds, revisionIds, modifier } = reserved;
  const numbered = numberPosts(opening, replies, postIds);
  const earlier = numberTexts(numbered, revisionIds);
  const counters = countTopic(numbered);
  const postCounters = countPosts(numbered);
  const [openingPostId, ...replyIds] = numbered.map((post) => post.id) as [PostId, ...PostId[]];

  const slug = slugOf(topic.title);
  const { score } = postCounters[0]!;
  const { repliers, repliesKept, ...counted } = counters;
  const ranked = { score, distinctRepliers: counted.replierCount, postedAt: opening.postedAt, modifier };
  const topicRow = {
    ...rowOfTopic(topic),
    ...counted,
    id,
    slug,
    score,
    openingPostId,
    hotRank: hotRank(ranked),
  };
  const carried = { sectionId: topic.sectionId, topicCountsFrom: opening.postedAt };
  const happened = eventsBefore({ id, kind: topic.kind }, numbered, earlier.map(editOf));
  await insertTogether(tx, [
    batchOf(topics, [topicRow]),
    batchOf(
      posts,
      // What triggers would copy from the topic, which this statement writes only after them.
      numbered.map((post, index) => ({ ...rowOfPost(id, post), ...postCounters[index]!, ...carried })),
    ),
    batchOf(revisions, earlier.map(rowOfText)),
    batchOf(votes, numbered.flatMap(rowsOfVotes)),
    batchOf(
      topicRepliers,
      [...repliers].map(([memberId, n]) => ({ topicId: id, memberId, n })),
    ),
    batchOf(events, eventRows(happened)),
    importedSources({ id, authorId: opening.authorId, postedAt: opening.postedAt }, topic.sources),
    importedTopicTags(id, tagIds),
    importedCitations(numbered.map((post) => ({ postId: post.id, addresses: addressesIn(post.body.html) }))),
  ]);
  await addRepliesKept(tx, repliesKept);
  for (const { id: postId, heldAt } of numbered) {
    if (heldAt) await openQueueItem(tx, { kind: 'held', subject: { postId }, now: heldAt });
  }
  return { id, slug, openingPostId, replyIds };
}

async function loadModifier(db: Reader, { sectionId, tagIds }: ImportedTopic): Promise<number> {
  const { rows } = await db.execute<{ modifier: number }>(
    sql`select ${sections.modifier} + coalesce((select sum(${tags.modifier}) from ${tags}
      where ${tags.id} = any(${sql.param([...tagIds])}::bigint[])), 0) as modifier from ${sections} where ${sections.id} = ${sectionId}`,
  );
  return rows[0]?.modifier ?? 0;
}
