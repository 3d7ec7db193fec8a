// Bringing in a whole topic as it was elsewhere: its tree, times, states, votes and earlier texts. A few statements
// whatever its size, and the counters are right when it returns. No limits and no notifications: it did not happen here,
// and it is not new. Who may import is asked by the caller.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { insertRows } from '../../../db/insert-rows.ts';
import { hotRankOf } from '../../../db/ranks.ts';
import { posts, revisions, topicRepliers, topics, votes } from '../../../db/schema/index.ts';
import type { MemberId, PostId, RevisionId, SectionId, TagId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose, TopicKind } from '../../../domain/post-text.ts';
import { slugOf } from '../../../domain/slug.ts';
import { placeReply, type ReplyPlace } from '../../../domain/thread.ts';
import { importSources, type ImportedSource } from '../../links/index.ts';
import { addRepliesKept } from '../../members/index.ts';
import { openQueueItem } from '../../queue/index.ts';
import { addTopicTags } from '../../tags/index.ts';
import type { RenderedBody } from '../rendering.ts';
import { countPosts, countTopic, type TopicCounters } from './import-counters.ts';
import { recordImported, type RecordedEdit } from './import-events.ts';

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

type PostRow = typeof posts.$inferInsert & { readonly id: PostId };
interface NumberedPost {
  readonly id: PostId;
  readonly post: ImportedPost;
  readonly place: ReplyPlace;
}

/**
 * Imports a topic. What is held goes into the moderators' queue; hiding is theirs to do (features/moderation).
 * @throws Error when a reply stands before the one it answers, or the database's when a text is over IMPORT_LENGTHS.
 */
export async function importTopic(tx: Tx, topic: ImportedTopic): Promise<TopicImport> {
  const { opening, replies } = topic;
  const ids = await takeIds<PostId>(tx, 'posts', 1 + replies.length);
  const [openingPostId, ...free] = ids as [PostId, ...PostId[]];
  const numberedReplies = number(replies, free);
  const all: NumberedPost[] = [
    { id: openingPostId, post: opening, place: { ...placeReply(null), branchId: null } },
    ...numberedReplies,
  ];
  const posted = all.map(({ id: postId, post, place }) => ({ ...post, ...place, id: postId }));
  const counters = countTopic(posted);
  const postCounters = countPosts(posted);

  const slug = slugOf(topic.title);
  const score = postCounters[0]!.score;
  const id = await insertTopic(tx, topic, { slug, score, ...counters });
  const rows = all.map((numbered, index): PostRow => ({ ...rowOf(id, numbered), ...postCounters[index] }));
  await insertRows(tx, posts, rows);
  const edits = await importEarlierTexts(tx, all);
  await importVotes(tx, all);
  await importSources(tx, { id, authorId: opening.authorId, postedAt: opening.postedAt }, topic.sources);
  await addTopicTags(tx, id, topic.tagIds);
  await finishTopic(tx, id, openingPostId);
  await importRepliers(tx, id, counters.repliers);
  await addRepliesKept(tx, counters.repliesKept);
  await recordImported(tx, { id, kind: topic.kind }, posted, edits);
  for (const { id: postId, post } of all) {
    if (post.heldAt) await openQueueItem(tx, { kind: 'held', subject: { postId }, now: post.heldAt });
  }
  const replyIds = numberedReplies.map((reply) => reply.id);
  return { id, slug, openingPostId, replyIds };
}

/** Ids for rows to be, ascending. */
async function takeIds<Id extends number>(
  tx: Tx,
  table: 'posts' | 'revisions',
  count: number,
): Promise<Id[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${count}::integer)`,
  );
  return rows.map(({ id }) => Number(id) as Id).sort((a, b) => a - b);
}

/** Gives each reply its place, and an id: higher than its parent's, and ascending as they were given. */
function number(replies: readonly ImportedReply[], ids: readonly PostId[]): NumberedPost[] {
  const numbered: NumberedPost[] = [];
  for (const [index, post] of replies.entries()) {
    const id = ids[index]!;
    const parent = post.parent === null ? undefined : numbered[post.parent];
    if (post.parent !== null && !parent) throw new Error(`Reply ${index} stands before the one it answers.`);
    const place = placeReply(parent ? { id: parent.id, ...parent.place } : null);
    numbered.push({ id, post, place: { ...place, branchId: place.branchId ?? id } });
  }
  return numbered;
}

async function insertTopic(
  tx: Tx,
  topic: ImportedTopic,
  derived: { readonly slug: string; readonly score: number } & TopicCounters,
): Promise<TopicId> {
  const { slug, score, replyCount, replierCount, lastActivityAt } = derived;
  const { kind, title, sectionId, opening, lockedAt, pinnedUntil, continuesId, originKey } = topic;
  const { authorId, postedAt, heldAt, withdrawnAt } = opening;
  const retitled = opening.earlierTexts?.findLast((text) => text.title !== undefined && !text.silent);
  const { titleEditedAt = retitled?.replacedAt ?? null } = topic;
  const [inserted] = await tx
    .insert(topics)
    .values({
      kind,
      slug,
      sectionId,
      authorId,
      title,
      titleEditedAt,
      postedAt,
      ...{ score, replyCount, replierCount, lastActivityAt },
      ...{ heldAt, withdrawnAt, lockedAt, pinnedUntil, continuesId, originKey },
    })
    .returning({ id: topics.id });
  if (!inserted) throw new Error('An inserted topic was not returned.');
  return inserted.id;
}

/** What could not be known before its posts and tags were there. */
async function finishTopic(tx: Tx, id: TopicId, openingPostId: PostId): Promise<void> {
  const hotRank = hotRankOf(sql`${topics.score}`, sql`${topics.replierCount}`);
  await tx.update(topics).set({ openingPostId, hotRank }).where(eq(topics.id, id));
}

async function importRepliers(
  tx: Tx,
  topicId: TopicId,
  repliers: ReadonlyMap<MemberId, number>,
): Promise<void> {
  const rows = [...repliers].map(([memberId, n]) => ({ topicId, memberId, n }));
  await insertRows(tx, topicRepliers, rows);
}

function rowOf(topicId: TopicId, { id, post, place }: NumberedPost): PostRow {
  const { authorId, postedAt, body, heldAt, withdrawnAt, purpose, modelWritten, originKey } = post;
  const { baseScore = 0, earlierTexts = [] } = post;
  const { version = 1 + earlierTexts.length } = post;
  const { editedAt = earlierTexts.findLast(({ silent }) => !silent)?.replacedAt ?? null } = post;
  return {
    id,
    topicId,
    parentId: place.parentId,
    branchId: place.branchId,
    depth: place.depth,
    authorId,
    postedAt,
    bodyMd: body.markdown,
    bodyHtml: body.html,
    rendererVersion: body.version,
    baseScore,
    version,
    editedAt,
    ...{ heldAt, withdrawnAt, purpose, modelWritten: modelWritten ?? false, originKey },
  };
}

/** Inserts the texts that edits replaced. @returns the edits, for the record. */
async function importEarlierTexts(tx: Tx, all: readonly NumberedPost[]): Promise<RecordedEdit[]> {
  const texts = all.flatMap(({ id: postId, post }) => {
    const { authorId, body, earlierTexts = [] } = post;
    return earlierTexts.map((text, index) => {
      const next = earlierTexts[index + 1]?.bodyMd ?? body.markdown;
      const { version = 1 + index, replacedById = authorId } = text;
      return { ...text, postId, version, replacedById, rewritten: text.bodyMd !== next };
    });
  });
  if (texts.length === 0) return [];
  const ids = await takeIds<RevisionId>(tx, 'revisions', texts.length);
  const numbered = texts.map((text, index) => ({ ...text, id: ids[index]! }));
  const rows = numbered.map(
    ({ id, postId, version, title = null, bodyMd, replacedAt, replacedById, silent = false, blankedAt }) => ({
      ...{ id, postId, version, title, bodyMd, replacedAt, replacedById, silent, blankedAt },
    }),
  );
  await insertRows(tx, revisions, rows);
  return numbered.map(({ id, postId, replacedById, title, replacedAt, silent = false, rewritten }) => ({
    ...{ revisionId: id, postId, actorId: replacedById, at: replacedAt, silent, rewritten },
    retitled: title !== undefined,
  }));
}

async function importVotes(tx: Tx, all: readonly NumberedPost[]): Promise<void> {
  const cast = all.flatMap(({ id: postId, post: { votes: given = [] } }) =>
    given.map(({ memberId, castAt, counted = true }) => ({ memberId, postId, castAt, counted })),
  );
  await insertRows(tx, votes, cast);
}
