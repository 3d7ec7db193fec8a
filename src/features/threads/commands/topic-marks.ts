// What moderators set on a topic besides hiding it; the action, its reason and its event are theirs to write.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { topics } from '../../../db/schema/index.ts';
import type { TopicId } from '../../../domain/ids.ts';

/** A locked topic takes no replies; votes go on. */
export async function setTopicLocked(tx: Tx, id: TopicId, locked: boolean, now: Date): Promise<void> {
  await tx
    .update(topics)
    .set({ lockedAt: locked ? now : null })
    .where(eq(topics.id, id));
}

/** Keeps a topic at the top of lists until then; null takes it down. */
export async function setTopicPinned(tx: Tx, id: TopicId, until: Date | null): Promise<void> {
  await tx.update(topics).set({ pinnedUntil: until }).where(eq(topics.id, id));
}
