// When flags become a piece of the moderators' work: enough weight, the word "illegal", or a day without an answer.
import { and } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { flags } from '../../db/schema/index.ts';
import { type FlagSubject, itemWeight, opensQueueItem } from '../../domain/flags.ts';
import { closeItemAbout, openQueueItem } from '../queue-items/index.ts';
import { isOn, loadOpenFlags, undecided } from './queries/flags.ts';

/**
 * Brings the queue up to date with the flags on a subject, which the caller has locked: opens an item when they ask for
 * one, renews the one that is open with what they weigh now, and closes it once none is left.
 */
export async function callModerators(tx: Tx, subject: FlagSubject, now: Date): Promise<void> {
  const open = await loadOpenFlags(tx, subject);
  if (open.oldestAt === null) {
    return closeItemAbout(tx, subject, { kind: 'flagged', actionId: null, now });
  }
  if (!open.inQueue && !opensQueueItem(open, now)) return;
  const queueItemId = await openQueueItem(tx, { kind: 'flagged', subject, weight: itemWeight(open), now });
  await tx
    .update(flags)
    .set({ queueItemId })
    .where(and(isOn(subject), undecided()));
}
