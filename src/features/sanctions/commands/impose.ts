// A sanction as it is decided on its page: about the member as the moderator saw them, and about the queue item that led
// to it.
import { eq, max } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts, queueItems, type SanctionKind, sanctions } from '../../../db/schema/index.ts';
import type { ActionId, MemberId, QueueItemId } from '../../../domain/ids.ts';
import { mayDecide } from '../../../domain/policy/moderation.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import { settleFlags } from '../../flags/index.ts';
import type { Decision } from '../../log/index.ts';
import { closeItem, type LockedItem, lockItem } from '../../queue-items/index.ts';
import { lockSubject } from '../lock-member.ts';
import { proposeBan } from './propose-ban.ts';
import { sanctionMember } from './sanction.ts';

export interface SanctionChoice extends Omit<Decision, 'queueItemId'> {
  readonly memberId: MemberId;
  readonly kind: SanctionKind;
  /** In milliseconds; null: a warning, or what is to be for good. */
  readonly length: number | null;
  readonly hideAll: boolean;
  /** The newest sanction that stood on the page; 0: none. */
  readonly seenSanction: number;
  /** The piece of work from which the page was opened. */
  readonly item?: { readonly id: QueueItemId; readonly seenVersion: number };
}

/** @throws Problem conflict when another moderator was faster: with the member, or with the item. */
export async function imposeSanction(tx: Tx, choice: SanctionChoice): Promise<ActionId> {
  const { by, memberId, kind, length, hideAll, reason, now, item: from } = choice;
  await lockSubject(tx, memberId, { withPosts: hideAll });
  const covered = from ? await lockCovered(tx, from.id, choice) : undefined;
  if (covered && from) authorize(mayDecide(by, covered, from.seenVersion, now));
  if ((await newestSanction(tx, memberId)) > choice.seenSanction) {
    throw new Problem('conflict', 'Another moderator has decided about this member meanwhile: see below.');
  }
  const queueItem = from ? { queueItemId: from.id } : {};
  const order = { by, memberId, kind, hideAll, reason, now, ...queueItem };
  const until = length === null ? null : new Date(now.getTime() + length);
  const isForGood = kind === 'suspension' && until === null;
  const actionId = isForGood ? await proposeBan(tx, order) : await sanctionMember(tx, { ...order, until });
  if (covered) {
    if (covered.kind === 'flagged' && covered.memberId !== null)
      await settleFlags(tx, [{ memberId }], 'upheld');
    await closeItem(tx, covered.id, { actionId, now });
  }
  return actionId;
}

/** Number of the newest sanction of a member, lifted or not; 0: there was none. */
async function newestSanction(tx: Tx, memberId: MemberId): Promise<number> {
  const [row] = await tx
    .select({ id: max(sanctions.id) })
    .from(sanctions)
    .where(eq(sanctions.memberId, memberId));
  return row?.id ?? 0;
}

/** The item if the sanction decides it: it is about the member, or about a post of theirs that is hidden with the others. */
async function lockCovered(
  tx: Tx,
  id: QueueItemId,
  { memberId, hideAll }: Pick<SanctionChoice, 'memberId' | 'hideAll'>,
): Promise<LockedItem | undefined> {
  const [about] = await tx
    .select({
      kind: queueItems.kind,
      memberId: queueItems.memberId,
      authorId: posts.authorId,
      state: posts.state,
    })
    .from(queueItems)
    .leftJoin(posts, eq(posts.id, queueItems.postId))
    .where(eq(queueItems.id, id));
  const isAboutThem = about?.memberId === memberId && (about.kind === 'flagged' || about.kind === 'newcomer');
  const stands = about?.state === 'visible' || about?.state === 'held';
  const isHidden = hideAll && stands && about.authorId === memberId;
  return isAboutThem || isHidden ? lockItem(tx, id) : undefined;
}
