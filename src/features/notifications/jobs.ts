// Who is told of a post, and of what a moderator did. Both can run twice: each member is told once (commands.ts).
import { and, eq, min } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../../db/connection.ts';
import { actionPosts, actions, posts, topics } from '../../db/schema/index.ts';
import { findNamed } from '../../db/names.ts';
import { standingPosts } from '../../db/visibility.ts';
import { ACTIONS, type ActionKind } from '../../domain/actions.ts';
import type { ActionId, MemberId, PostId, TopicId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { type NewNotification, notify } from './commands.ts';

const parents = alias(posts, 'parents');

/** Tells the author who was answered and the members who are mentioned, unless the post is gone from sight meanwhile. */
export const notifyOfPost: JobHandler<'notify-of-post'> = async (db, { postId }, now) => {
  const post = await findStandingPost(db, postId);
  if (!post) return;
  const { id, topicId, authorId } = post;
  // The opening post answers nobody.
  const answeredId =
    post.branchId === null ? null : post.parentId === null ? post.topicAuthorId : post.parentAuthorId;
  const told = new Map<MemberId, 'reply' | 'mention'>();
  for (const mentionedId of await findMentioned(db, post.bodyHtml)) told.set(mentionedId, 'mention');
  if (answeredId !== null) told.set(answeredId, 'reply');
  if (authorId !== null) told.delete(authorId);
  const about = { at: now, actorId: authorId, topicId, postId: id, actionId: null };
  await db.transaction((tx) =>
    notify(
      tx,
      [...told].map(([memberId, kind]) => ({ memberId, kind, ...about })),
    ),
  );
};

async function findStandingPost(db: Database, id: PostId) {
  const [post] = await db
    .select({
      id: posts.id,
      topicId: posts.topicId,
      parentId: posts.parentId,
      branchId: posts.branchId,
      authorId: posts.authorId,
      bodyHtml: posts.bodyHtml,
      topicAuthorId: topics.authorId,
      parentAuthorId: parents.authorId,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(parents, eq(parents.id, posts.parentId))
    .where(and(eq(posts.id, id), standingPosts()));
  return post;
}

/** The links that rendering makes of known @names (lib/markdown): what readers see as a mention is one. */
const MENTION = /<a class="mention"[^>]*>@([^<]+)<\/a>/g;

async function findMentioned(db: Database, html: SafeHtml): Promise<MemberId[]> {
  const keys = [...html.matchAll(MENTION)].map(([, name = '']) => nameKey(name));
  const rows = await findNamed(db, keys);
  return rows.map(({ id }) => id);
}

/** What leaves everything as it was, or is for moderators alone. */
const UNTOLD: ReadonlySet<ActionKind> = new Set(['keep', 'note', 'propose-ban', 'decline-ban']);

/** Tells those whom an action concerns: authors of the posts it touched, of the topic, or the member. */
export const notifyOfAction: JobHandler<'notify-of-action'> = async (db, { actionId }, now) => {
  const { id, kind, actorId, topicId, memberId } = actions;
  const [action] = await db
    .select({ id, kind, actorId, topicId, memberId })
    .from(actions)
    .where(eq(id, actionId));
  if (!action || UNTOLD.has(action.kind)) return;
  await db.transaction(async (tx) => {
    const concerned = await findConcerned(tx, action);
    const told = concerned.flatMap(({ authorId, ...about }): NewNotification[] => {
      if (authorId === null || authorId === action.actorId) return [];
      return [{ memberId: authorId, kind: 'action', at: now, actorId: action.actorId, actionId, ...about }];
    });
    await notify(tx, told);
  });
};

interface Concerned {
  readonly authorId: MemberId | null;
  readonly topicId: TopicId | null;
  readonly postId: PostId | null;
}

async function findConcerned(
  tx: Tx,
  action: { id: ActionId; kind: ActionKind; topicId: TopicId | null; memberId: MemberId | null },
): Promise<Concerned[]> {
  switch (ACTIONS[action.kind].subject) {
    case 'post':
      // Of several posts of one author the first stands for all: it is the one above the others.
      return tx
        .select({ authorId: posts.authorId, topicId: posts.topicId, postId: min(posts.id).mapWith(posts.id) })
        .from(actionPosts)
        .innerJoin(posts, eq(posts.id, actionPosts.postId))
        .where(eq(actionPosts.actionId, action.id))
        .groupBy(posts.authorId, posts.topicId);
    case 'topic':
      if (action.topicId === null) return [];
      return tx
        .select({ authorId: topics.authorId, topicId: topics.id, postId: topics.openingPostId })
        .from(topics)
        .where(eq(topics.id, action.topicId));
    case 'member':
      return [{ authorId: action.memberId, topicId: null, postId: null }];
    default:
      return [];
  }
}
