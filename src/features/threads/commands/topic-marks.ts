// What moderators set on a topic besides hiding it; the action, its reason and its event are theirs to write.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { topics } from '../../../db/schema/index.ts';
import type { TopicId } from '../../../domain/ids.ts';

/** A locked topic takes no replies; votes go on. Null opens it. */
export async function setTopicLocked(tx: Tx, id: TopicId, lockedAt: Date | null): Promise<void> {
  await tx.update(topics).set({ lockedAt }).where(eq(topics.id, id));
}

/** Keeps a topic at the top of lists until then; null takes it down. */
export async function setTopicPinned(tx: Tx, id: TopicId, until: Date | null): Promise<void> {
  await tx.update(topics).set({ pinnedUntil: until }).where(eq(topics.id, id));
}
