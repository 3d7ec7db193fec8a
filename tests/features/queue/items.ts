// Queue items for tests: opened, decided, and what is open.
import { asc, isNull } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { queueItems, type QueueItemKind } from '../../../src/db/schema/index.ts';
import type { DecisionName } from '../../../src/domain/decisions.ts';
import type { ActionId, QueueItemId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { decideItem } from '../../../src/features/queue/commands/decide.ts';
import { openOverdueSuggestions, openUnresolvedLinks } from '../../../src/features/queue/jobs.ts';
import { openQueueItem, type QueueSubject } from '../../../src/features/queue-items/index.ts';
import type { TestClock } from '../../support/clock.ts';
import type { MemberRow } from '../../support/make.ts';

/** Puts something before the moderators, or raises the version of what is. */
export function open(
  db: Database,
  kind: QueueItemKind,
  subject: QueueSubject,
  now: Date,
): Promise<QueueItemId> {
  return db.transaction((tx) => openQueueItem(tx, { kind, subject, now }));
}

/** Kind and version of every open item, in the order in which they were opened. */
export function openItems(db: Database) {
  const { id, kind, version } = queueItems;
  return db
    .select({ id, kind, version })
    .from(queueItems)
    .where(isNull(queueItems.closedAt))
    .orderBy(asc(id));
}

/** A member in good standing, as a request would know them. */
export function asViewer(row: MemberRow): Member {
  const free = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  return { ...row, kind: 'member', ...free, trust: 'member' };
}

/** Decides an item as a request would. */
export function decide(
  db: Database,
  by: Member,
  order: {
    readonly itemId: QueueItemId;
    readonly decision: DecisionName;
    readonly seenVersion?: number;
    readonly now: Date;
  },
): Promise<ActionId> {
  const reason = { rule: 4, text: 'Spam or promotion' };
  return db.transaction((tx) => decideItem(tx, { by, reason, seenVersion: 1, ...order }));
}

/** The recurring work that opens items. */
export async function runHourly(db: Database, clock: TestClock): Promise<void> {
  await openOverdueSuggestions(db, {}, clock.now());
  await openUnresolvedLinks(db, {}, clock.now());
}
