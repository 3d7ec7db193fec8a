// What a member changes about a source alone: whether it is behind a paywall, and whether it stays.
import { and, count, eq, gte } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/connection.ts';
import { events } from '../../../db/schema/index.ts';
import type { MemberId, SourceId, TopicId } from '../../../domain/ids.ts';
import { mayRemoveSource, maySayPaywall } from '../../../domain/policy/sources.ts';
import { startOfDay } from '../../../domain/times.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { removeSource, setSourcePaywall } from '../../links/index.ts';
import type { Reason } from '../../log/index.ts';
import { closeOutdated } from '../../suggestions/index.ts';
import { lockMember, recordEvent } from '../../threads/index.ts';
import { lockSource } from '../at-hand.ts';
import { removeSourceAsDecided } from './decide-source.ts';

interface Order {
  readonly viewer: Member;
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
  readonly now: Date;
}

/** Says that the article is behind a paywall, or is not. @throws Problem when the member may not. */
export async function sayPaywall(
  tx: Tx,
  order: Order & { readonly paywall: boolean; readonly limitsInForce: boolean },
): Promise<void> {
  const { viewer, topicId, sourceId, paywall, limitsInForce, now } = order;
  const { topic, source } = await lockSource(tx, topicId, sourceId);
  if (source.paywall === paywall) return;
  await lockMember(tx, viewer.id);
  const editedToday = await countEditedToday(tx, viewer.id, now);
  authorize(maySayPaywall(viewer, { ...topic, editedToday, limitsInForce }, now));
  await setSourcePaywall(tx, sourceId, paywall);
  await recordEvent(tx, { kind: 'source-edited', actorId: viewer.id, topicId, data: { sourceId }, at: now });
}

/**
 * Takes a source off its topic; of a moderator it is a decision for the log.
 * @throws Problem when the viewer may not, or it is gone already.
 */
export async function takeSourceAway(
  tx: Tx,
  order: Order & { readonly reason: Reason | undefined },
): Promise<void> {
  const { viewer, topicId, sourceId, reason, now } = order;
  if (reason) {
    await removeSourceAsDecided(tx, { by: viewer, topicId, sourceId, reason, now });
    return;
  }
  const { topic, source } = await lockSource(tx, topicId, sourceId);
  authorize(mayRemoveSource(viewer, { topic, source }, now));
  await removeSource(tx, sourceId, { actionId: null, now });
  // Whoever takes an own source away agrees with those who flagged it.
  await lockConcerned(tx, [{ sourceId }]);
  await settleFlags(tx, [{ sourceId }], 'upheld');
  for (const kind of ['role', 'address'] as const) await closeOutdated(tx, { kind, topicId, sourceId }, now);
  const about = { actorId: viewer.id, topicId, at: now };
  await recordEvent(tx, { kind: 'source-removed', ...about, data: { sourceId } });
}

/** How many sources a member has changed since midnight (UTC). */
async function countEditedToday(db: Reader, memberId: MemberId, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(events)
    .where(
      and(eq(events.actorId, memberId), eq(events.kind, 'source-edited'), gte(events.at, startOfDay(now))),
    );
  return row?.n ?? 0;
}
