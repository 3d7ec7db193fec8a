// Rows that tests of moderation put in place or compare.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../src/db/connection.ts';
import {
  actions,
  flags,
  members,
  posts,
  queueItems,
  topicRepliers,
  topics,
  type QueueItemKind,
} from '../../src/db/schema/index.ts';
import type { MemberId, PostId, QueueItemId, TopicId } from '../../src/domain/ids.ts';

interface InQueue {
  readonly post: PostId;
  readonly kind?: QueueItemKind;
  readonly at?: Date;
}

/** Puts a post before the moderators, with the flags on it. */
export async function putInQueue(
  db: Database,
  { post, kind = 'flagged', at }: InQueue,
): Promise<QueueItemId> {
  const openedAt = at ?? new Date('2026-04-03T14:00:00Z');
  const [item] = await db.insert(queueItems).values({ kind, postId: post, openedAt }).returning();
  if (!item) throw new Error('nothing was inserted');
  if (kind === 'flagged') await db.update(flags).set({ queueItemId: item.id }).where(eq(flags.postId, post));
  return item.id;
}

/** Everything about a topic that hiding may change, so that what undoing it leaves can be compared. */
export async function standing(db: Database, topicId: TopicId) {
  const rows = await db.select().from(topics).where(eq(topics.id, topicId));
  return {
    // That it fell in between is not forgotten: whoever walks through a list meets no topic twice.
    topic: rows.map((topic) => ({ ...topic, rankFellIn: null })),
    posts: await db.select().from(posts).where(eq(posts.topicId, topicId)).orderBy(asc(posts.id)),
    repliers: await db
      .select()
      .from(topicRepliers)
      .where(eq(topicRepliers.topicId, topicId))
      .orderBy(asc(topicRepliers.memberId)),
  };
}

export async function postRow(db: Database, id: PostId) {
  const [row] = await db.select().from(posts).where(eq(posts.id, id));
  if (!row) throw new Error(`there is no post ${id}`);
  return row;
}

export async function topicRow(db: Database, id: TopicId) {
  const [row] = await db.select().from(topics).where(eq(topics.id, id));
  if (!row) throw new Error(`there is no topic ${id}`);
  return row;
}

export async function itemRow(db: Database, id: QueueItemId) {
  const [row] = await db.select().from(queueItems).where(eq(queueItems.id, id));
  if (!row) throw new Error(`there is no item ${id}`);
  return row;
}

/** Every action so far, in order. */
export function actionRows(db: Database) {
  return db.select().from(actions).orderBy(asc(actions.id));
}

/** What became of a member's flags. */
export async function flagRecord(db: Database, id: MemberId) {
  const [row] = await db
    .select({ decided: members.flagsDecided, upheld: members.flagsUpheld })
    .from(members)
    .where(eq(members.id, id));
  return row;
}
