// Who is told of a post. It can run twice: each member is told once (commands.ts).
import { and, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/connection.ts';
import { posts, topics } from '../../db/schema/index.ts';
import { findNamed } from '../../db/names.ts';
import { standingPosts } from '../../db/visibility.ts';
import type { MemberId, PostId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { notify } from './commands.ts';

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
  await db.transaction(async (tx) => {
    await notify(
      tx,
      [...told].map(([memberId, kind]) => ({ memberId, kind, ...about })),
    );
  });
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
