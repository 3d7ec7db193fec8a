// What a decision is about, locked: the topic before the post, as everywhere, so that two decisions, or a decision and
// a reply, wait for each other and never deadlock.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { posts, topics } from '../../db/schema/index.ts';
import type { PostId, TopicId } from '../../domain/ids.ts';
import type { PostFacts } from '../../domain/policy/posts.ts';
import type { LockFacts, PinFacts, TopicFacts } from '../../domain/policy/topics.ts';
import { notFound } from '../../web/problem.ts';
import { mustStandIn } from './commands/locks.ts';

export interface TopicSubject extends TopicFacts, LockFacts, PinFacts {
  readonly id: TopicId;
  readonly openingPostId: PostId;
  readonly mergedIntoId: TopicId | null;
}

export interface PostSubject extends PostFacts {
  readonly id: PostId;
  readonly topic: TopicSubject;
  /** It opens its topic: what is done to it is done to the topic. */
  readonly isOpening: boolean;
}

/** The topic, locked until the transaction ends. @throws Problem not-found. */
export async function lockTopicRow(tx: Tx, id: TopicId): Promise<TopicSubject> {
  const [topic] = await tx
    .select({
      id: topics.id,
      authorId: topics.authorId,
      postedAt: topics.postedAt,
      state: topics.state,
      lockedAt: topics.lockedAt,
      pinnedUntil: topics.pinnedUntil,
      mergedIntoId: topics.mergedIntoId,
      openingPostId: sql`${topics.openingPostId}`.mapWith(posts.id),
    })
    .from(topics)
    .where(eq(topics.id, id))
    .for('no key update');
  return topic ?? notFound('There is no such topic.');
}

/** The post with its topic, both locked until the transaction ends. @throws Problem not-found. */
export async function lockPostRow(tx: Tx, id: PostId): Promise<PostSubject> {
  const [place] = await tx.select({ topicId: posts.topicId }).from(posts).where(eq(posts.id, id));
  if (!place) return notFound('There is no such post.');
  const topic = await lockTopicRow(tx, place.topicId);
  const [post] = await tx
    .select({
      id: posts.id,
      topicId: posts.topicId,
      authorId: posts.authorId,
      postedAt: posts.postedAt,
      state: posts.state,
      withdrawnAt: posts.withdrawnAt,
    })
    .from(posts)
    .where(eq(posts.id, id))
    .for('no key update');
  if (!post) return notFound('There is no such post.');
  mustStandIn(topic.id, post.topicId);
  return { ...post, topic, isOpening: post.id === topic.openingPostId };
}
