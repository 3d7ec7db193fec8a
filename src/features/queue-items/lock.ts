// A queue item under decision: locked, so that each is decided once.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members, queueItems } from '../../db/schema/index.ts';
import type { CannedReason } from '../../domain/canned-reasons.ts';
import type { DecisionName } from '../../domain/decisions.ts';
import type {
  ActionId,
  MemberId,
  PostId,
  QueueItemId,
  SourceId,
  SuggestionId,
  TopicId,
} from '../../domain/ids.ts';
import type { QueueItemFacts } from '../../domain/policy/moderation.ts';
import type { UrlKey } from '../../domain/url-key.ts';
import type { Member } from '../../domain/viewer.ts';
import { notFound } from '../../web/problem.ts';

export interface LockedItem extends QueueItemFacts {
  readonly id: QueueItemId;
  readonly kind: typeof queueItems.$inferSelect.kind;
  /** What it is about: one of these. */
  readonly postId: PostId | null;
  readonly memberId: MemberId | null;
  readonly sourceId: SourceId | null;
  readonly topicId: TopicId | null;
  readonly appealedActionId: ActionId | null;
}

/** What a moderator has decided about an item as they saw it. */
export interface ItemDecision {
  readonly by: Member;
  readonly itemId: QueueItemId;
  readonly decision: DecisionName;
  readonly reason: CannedReason;
  /** What is applied, for items that offer it: a suggestion, or the address that a moderator typed. */
  readonly choice?: SuggestionId | undefined;
  readonly address?: UrlKey | undefined;
  /** The version of the item on the page; -1 when the form did not say. */
  readonly seenVersion: number;
  readonly now: Date;
}

/** The item, locked until the transaction ends: after what it is about. @throws Problem not-found. */
export async function lockItem(tx: Tx, id: QueueItemId): Promise<LockedItem> {
  const [item] = await tx
    .select({
      id: queueItems.id,
      kind: queueItems.kind,
      postId: queueItems.postId,
      memberId: queueItems.memberId,
      sourceId: queueItems.sourceId,
      topicId: queueItems.topicId,
      appealedActionId: queueItems.appealedActionId,
      closedAt: queueItems.closedAt,
      claimedById: queueItems.claimedById,
      claimedByName: members.name,
      claimedUntil: queueItems.claimedUntil,
      version: queueItems.version,
    })
    .from(queueItems)
    .leftJoin(members, eq(members.id, queueItems.claimedById))
    .where(eq(queueItems.id, id))
    .for('no key update', { of: queueItems });
  return item ?? notFound('There is no such piece of work.');
}
