// An imported topic as rows: places and ids for its posts and earlier texts, and what stands in their columns.
import type { posts, revisions, topics, votes } from '../../../db/schema/index.ts';
import type { MemberId, PostId, RevisionId, TopicId } from '../../../domain/ids.ts';
import { placeReply, type ReplyPlace } from '../../../domain/thread.ts';
import type { RecordedEdit } from './import-events.ts';
import type { ImportedPost, ImportedReply, ImportedText, ImportedTopic } from './import-topic.ts';

/** A post with its id and place; the opening post has no branch. */
export interface NumberedPost extends ImportedPost, ReplyPlace {
  readonly id: PostId;
}

export interface NumberedText extends ImportedText {
  readonly id: RevisionId;
  readonly postId: PostId;
  readonly version: number;
  readonly replacedById: MemberId | null;
  /** False when only the title was changed. */
  readonly rewritten: boolean;
}

/** Gives each post its place and an id: higher than its parent's, and ascending as they were given. */
export function numberPosts(
  opening: ImportedPost,
  replies: readonly ImportedReply[],
  ids: readonly PostId[],
): NumberedPost[] {
  const numbered: NumberedPost[] = [];
  for (const [index, reply] of replies.entries()) {
    const id = ids[index + 1]!;
    const parent = reply.parent === null ? null : numbered[reply.parent];
    if (parent === undefined) throw new Error(`Reply ${index} stands before the one it answers.`);
    const place = placeReply(parent);
    numbered.push({ ...reply, ...place, branchId: place.branchId ?? id, id });
  }
  return [{ ...opening, ...placeReply(null), branchId: null, id: ids[0]! }, ...numbered];
}

/** Gives the texts that edits replaced their ids. */
export function numberTexts(posts: readonly NumberedPost[], ids: readonly RevisionId[]): NumberedText[] {
  const texts = posts.flatMap(({ id: postId, authorId, body, earlierTexts = [] }) =>
    earlierTexts.map((text, index) => {
      const next = earlierTexts[index + 1]?.bodyMd ?? body.markdown;
      const { version = 1 + index, replacedById = authorId } = text;
      return { ...text, postId, version, replacedById, rewritten: text.bodyMd !== next };
    }),
  );
  return texts.map((text, index) => ({ ...text, id: ids[index]! }));
}

export function rowOfTopic(topic: ImportedTopic) {
  const { kind, title, sectionId, opening, lockedAt, pinnedUntil, continuesId, originKey } = topic;
  const { authorId, postedAt, heldAt, withdrawnAt } = opening;
  const retitled = opening.earlierTexts?.findLast((text) => text.title !== undefined && !text.silent);
  const { titleEditedAt = retitled?.replacedAt ?? null } = topic;
  return {
    ...{ kind, title, titleEditedAt, sectionId, authorId, postedAt, originKey },
    ...{ heldAt, withdrawnAt, lockedAt, pinnedUntil, continuesId },
  } satisfies Partial<typeof topics.$inferInsert>;
}

export function rowOfPost(topicId: TopicId, post: NumberedPost) {
  const { id, parentId, branchId, depth, authorId, postedAt, body, originKey } = post;
  const { baseScore = 0, earlierTexts = [], heldAt, withdrawnAt, purpose, modelWritten = false } = post;
  const { version = 1 + earlierTexts.length } = post;
  const { editedAt = earlierTexts.findLast(({ silent }) => !silent)?.replacedAt ?? null } = post;
  return {
    ...{ id, topicId, parentId, branchId, depth, authorId, postedAt, originKey },
    ...{ baseScore, version, editedAt, heldAt, withdrawnAt, purpose, modelWritten },
    bodyMd: body.markdown,
    bodyHtml: body.html,
    rendererVersion: body.version,
  } satisfies typeof posts.$inferInsert;
}

export function rowOfText(text: NumberedText) {
  const {
    id,
    postId,
    version,
    title = null,
    bodyMd,
    replacedAt,
    replacedById,
    silent = false,
    blankedAt,
  } = text;
  return {
    ...{ id, postId, version, title, bodyMd, replacedAt, replacedById, silent, blankedAt },
  } satisfies typeof revisions.$inferInsert;
}

export function editOf(text: NumberedText): RecordedEdit {
  const { id, postId, replacedById, replacedAt, silent = false, rewritten, title } = text;
  const about = { revisionId: id, postId, actorId: replacedById, at: replacedAt };
  return { ...about, silent, rewritten, retitled: title !== undefined };
}

export function rowsOfVotes({ id: postId, votes: cast = [] }: NumberedPost): (typeof votes.$inferInsert)[] {
  return cast.map(({ memberId, castAt, counted = true }) => ({ memberId, postId, castAt, counted }));
}
