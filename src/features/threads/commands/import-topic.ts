// Bringing in a whole topic as it was elsewhere: its tree, times, states, votes and earlier texts. A few statements
// whatever its size, and the counters are right when it returns. No limits and no notifications: it did not happen here,
// and it is not new. Who may import is asked by the caller.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts, revisions, topics, votes } from '../../../db/schema/index.ts';
import type { MemberId, PostId, RevisionId, SectionId, TopicId } from '../../../domain/ids.ts';
import type { PostPurpose, TopicKind } from '../../../domain/post-text.ts';
import { slugOf } from '../../../domain/slug.ts';
import type { TypedTag } from '../../../domain/tags.ts';
import { placeReply, type ReplyPlace } from '../../../domain/thread.ts';
import { importSources, type ImportedSource } from '../../links/index.ts';
import { addRepliesKept } from '../../members/index.ts';
import { openQueueItem } from '../../queue/index.ts';
import { setTopicTags } from '../../tags/index.ts';
import type { RenderedBody } from '../rendering.ts';
import { recordImported, type RecordedEdit } from './import-events.ts';
import { repairCounters } from './recount.ts';

export interface ImportedPost {
  /** Null: a former member. */
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly body: RenderedBody;
  /** Score that came without votes; may be negative. */
  readonly baseScore?: number;
  /** One a member, and none of the author's. */
  readonly votes?: readonly { readonly memberId: MemberId; readonly castAt: Date }[];
  /** Oldest first. */
  readonly earlierTexts?: readonly ImportedText[];
  readonly heldAt?: Date;
  readonly withdrawnAt?: Date;
  readonly purpose?: PostPurpose;
  readonly modelWritten?: boolean;
  readonly originKey?: string;
}

export interface ImportedText {
  readonly bodyMd: string;
  /** The topic's title until then, when that was changed with the text. */
  readonly title?: string;
  readonly replacedAt: Date;
  readonly silent?: boolean;
}

export interface ImportedReply extends ImportedPost {
  /** Index of the reply that is answered, lower than this one's own; null: the topic is. */
  readonly parent: number | null;
}

export interface ImportedTopic {
  readonly kind: TopicKind;
  readonly title: string;
  readonly sectionId: SectionId;
  readonly tags: readonly TypedTag[];
  readonly sources: readonly ImportedSource[];
  readonly opening: ImportedPost;
  readonly replies: readonly ImportedReply[];
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

/** Rows of one INSERT: its parameters stay below PostgreSQL's 65,535. */
const ROWS_AT_ONCE = 1_000;

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
    { id: openingPostId, post: opening, place: placeReply(null) },
    ...numberedReplies,
  ];

  const slug = slugOf(topic.title);
  const id = await insertTopic(tx, topic, slug);
  const rows = all.map((numbered): PostRow => rowOf(id, numbered, openingPostId));
  for (const chunk of chunks(rows)) await tx.insert(posts).values(chunk);
  await tx.update(topics).set({ openingPostId }).where(eq(topics.id, id));
  const edits = await importEarlierTexts(tx, all);
  await importVotes(tx, all);
  await importSources(tx, { id, authorId: opening.authorId, postedAt: opening.postedAt }, topic.sources);
  await setTopicTags(tx, id, topic.tags);
  await repairCounters(tx, [id]);
  await addRepliesKept(tx, keptReplies(replies));
  const posted = all.map(({ id: postId, post, place }) => ({ ...post, ...place, id: postId }));
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

/** Gives each reply its place, and an id: ids ascend with time, and a reply's is higher than its parent's. */
function number(replies: readonly ImportedReply[], ids: readonly PostId[]): NumberedPost[] {
  // Clocks of other forums stood wrong at times: nothing was answered before it was written.
  const times: number[] = [];
  for (const { parent, postedAt } of replies) {
    times.push(Math.max(postedAt.getTime(), parent === null ? 0 : (times[parent] ?? 0)));
  }
  const inOrder = replies.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const idOf = new Map(inOrder.map((index, place) => [index, ids[place]!]));
  const numbered: NumberedPost[] = [];
  for (const [index, post] of replies.entries()) {
    const id = idOf.get(index)!;
    const parent = post.parent === null ? undefined : numbered[post.parent];
    if (post.parent !== null && !parent) throw new Error(`Reply ${index} stands before the one it answers.`);
    const place = placeReply(parent ? { id: parent.id, ...parent.place } : null);
    numbered.push({ id, post, place: { ...place, branchId: place.branchId ?? id } });
  }
  return numbered;
}

async function insertTopic(tx: Tx, topic: ImportedTopic, slug: string): Promise<TopicId> {
  const { kind, title, sectionId, opening, lockedAt, pinnedUntil, continuesId, originKey } = topic;
  const { authorId, postedAt, heldAt, withdrawnAt } = opening;
  const retitled = opening.earlierTexts?.findLast((text) => text.title !== undefined && !text.silent);
  const [inserted] = await tx
    .insert(topics)
    .values({
      kind,
      slug,
      sectionId,
      authorId,
      title,
      titleEditedAt: retitled?.replacedAt ?? null,
      postedAt,
      lastActivityAt: postedAt,
      ...{ heldAt, withdrawnAt, lockedAt, pinnedUntil, continuesId, originKey },
    })
    .returning({ id: topics.id });
  if (!inserted) throw new Error('An inserted topic was not returned.');
  return inserted.id;
}

function rowOf(topicId: TopicId, { id, post, place }: NumberedPost, openingId: PostId): PostRow {
  const { authorId, postedAt, body, heldAt, withdrawnAt, purpose, modelWritten, originKey } = post;
  const { baseScore = 0, earlierTexts = [] } = post;
  return {
    id,
    topicId,
    parentId: place.parentId,
    branchId: id === openingId ? null : place.branchId,
    depth: place.depth,
    authorId,
    postedAt,
    bodyMd: body.markdown,
    bodyHtml: body.html,
    rendererVersion: body.version,
    score: baseScore,
    baseScore,
    version: 1 + earlierTexts.length,
    editedAt: earlierTexts.findLast(({ silent }) => !silent)?.replacedAt ?? null,
    ...{ heldAt, withdrawnAt, purpose, modelWritten, originKey },
  };
}

/** Inserts the texts that edits replaced. @returns the edits, for the record. */
async function importEarlierTexts(tx: Tx, all: readonly NumberedPost[]): Promise<RecordedEdit[]> {
  const texts = all.flatMap(({ id: postId, post }) => {
    const { authorId, body, earlierTexts = [] } = post;
    return earlierTexts.map((text, index) => {
      const next = earlierTexts[index + 1]?.bodyMd ?? body.markdown;
      return { ...text, postId, authorId, version: 1 + index, rewritten: text.bodyMd !== next };
    });
  });
  if (texts.length === 0) return [];
  const ids = await takeIds<RevisionId>(tx, 'revisions', texts.length);
  const numbered = texts.map((text, index) => ({ ...text, id: ids[index]! }));
  const rows = numbered.map(
    ({ id, postId, version, authorId, title = null, bodyMd, replacedAt, silent = false }) => ({
      ...{ id, postId, version, title, bodyMd, replacedAt, silent },
      replacedById: authorId,
    }),
  );
  for (const chunk of chunks(rows)) await tx.insert(revisions).values(chunk);
  return numbered.map(({ id, postId, authorId, title, replacedAt, silent = false, rewritten }) => ({
    ...{ revisionId: id, postId, actorId: authorId, at: replacedAt, silent, rewritten },
    retitled: title !== undefined,
  }));
}

async function importVotes(tx: Tx, all: readonly NumberedPost[]): Promise<void> {
  const cast = all.flatMap(({ id, post }) => (post.votes ?? []).map((vote) => ({ postId: id, ...vote })));
  if (cast.length === 0) return;
  await tx.execute(sql`insert into ${votes} (member_id, post_id, cast_at) select * from unnest(
    ${sql.param(cast.map(({ memberId }) => memberId))}::bigint[], ${sql.param(cast.map(({ postId }) => postId))}::bigint[],
    ${sql.param(cast.map(({ castAt }) => castAt.toISOString()))}::timestamptz[])`);
}

/** How many replies of each author no moderator has still to approve. */
function keptReplies(replies: readonly ImportedReply[]): ReadonlyMap<MemberId, number> {
  const kept = new Map<MemberId, number>();
  for (const { authorId, heldAt } of replies) {
    if (authorId !== null && !heldAt) kept.set(authorId, (kept.get(authorId) ?? 0) + 1);
  }
  return kept;
}

function* chunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
    yield rows.slice(start, start + ROWS_AT_ONCE);
}
