// The record of what moderators and admins did: the only writer of actions and action_posts. Rows stand for good; an
// action that is undone keeps its row and names the one that undid it.
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { insertRows } from '../../db/insert-rows.ts';
import { actionPosts, actions } from '../../db/schema/index.ts';
import type { ActionKind } from '../../domain/actions.ts';
import type { CannedReason } from '../../domain/canned-reasons.ts';
import type { ActionId, MemberId, PostId, QueueItemId, TopicId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';
import { enqueue } from '../../jobs/queue.ts';

/** Why something was done: a sentence for the author and the log, and the number of the house rule that was broken. */
export type Reason = CannedReason;

/** What every decision of a moderator comes with. */
export interface Decision {
  readonly by: Member;
  readonly reason: Reason;
  readonly now: Date;
  /** The piece of work that led to it. */
  readonly queueItemId?: QueueItemId;
}

export interface NewAction {
  readonly kind: ActionKind;
  /** Null: the forum itself. */
  readonly actorId: MemberId | null;
  readonly reason: Reason;
  readonly at: Date;
  /** The topic acted upon, or the one in which the post stands. */
  readonly topicId?: TopicId;
  /** The reply acted upon; an opening post is named by its topic. */
  readonly postId?: PostId;
  readonly memberId?: MemberId;
  readonly queueItemId?: QueueItemId;
  /** The posts that it changes: exactly what undoing it must change back. */
  readonly postIds?: readonly PostId[];
  /**
   * What changed, for actions on settings, sections and roles. `data.what`, when it is a text, stands in the public
   * log where others have their topic ("tagline, accent"; "from member to moderator").
   */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Writes one action into the record, and so into the public log when its kind stands there. */
export async function recordAction(tx: Tx, action: NewAction): Promise<ActionId> {
  const { reason, postIds = [], data = {}, ...given } = action;
  const [recorded] = await tx
    .insert(actions)
    .values({ ...given, automatic: given.actorId === null, rule: reason.rule, reason: reason.text, data })
    .returning({ id: actions.id });
  if (!recorded) throw new Error('PostgreSQL returned no row for an insert.');
  await addActionPosts(tx, recorded.id, postIds);
  return recorded.id;
}

/** Adds to the posts that an action changed. */
export async function addActionPosts(tx: Tx, actionId: ActionId, postIds: readonly PostId[]): Promise<void> {
  const rows = postIds.map((postId) => ({ actionId, postId }));
  await insertRows(tx, actionPosts, rows);
}

/** Notes that `undoneId` was undone by `byId`. @returns false when something else had undone it before. */
export async function markUndone(tx: Tx, undoneId: ActionId, byId: ActionId): Promise<boolean> {
  const marked = await tx
    .update(actions)
    .set({ undoneById: byId })
    .where(and(eq(actions.id, undoneId), isNull(actions.undoneById)))
    .returning({ id: actions.id });
  await settleAppeals(tx, marked);
  return marked.length > 0;
}

/**
 * What is undone needs no decision about an appeal any more. By a job: an appeal's queue item is locked before all else
 * when it is decided, and here the posts are locked already.
 */
async function settleAppeals(tx: Tx, undone: readonly { readonly id: ActionId }[]): Promise<void> {
  for (const { id: actionId } of undone) await enqueue(tx, 'settle-appeal', { actionId });
}

/** Notes that every lock (or pin) of the topic that still stands was undone by `byId`. */
export async function markUndoneInTopic(
  tx: Tx,
  topicId: TopicId,
  kind: ActionKind,
  byId: ActionId,
): Promise<void> {
  const marked = await tx
    .update(actions)
    .set({ undoneById: byId })
    .where(and(eq(actions.topicId, topicId), eq(actions.kind, kind), isNull(actions.undoneById)))
    .returning({ id: actions.id });
  await settleAppeals(tx, marked);
}
