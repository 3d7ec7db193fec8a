// Two tags that are one: topics and followers go to the other, and the names lead there. Undone, and done again.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionId, TagId } from '../../../domain/ids.ts';
import { mayMergeTags } from '../../../domain/policy/tags.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { moveFollowers, takeFollowersBack } from '../../following/index.ts';
import { type Decision, markUndone, recordAction } from '../../log/index.ts';
import { findTagMerge, holdTagNames, isAbove, moveTopicsBack, moveTopicsToTag } from '../../tags/index.ts';
import { countTopicsOf, findTagRow } from '../queries.ts';

type Deciding = Omit<Decision, 'queueItemId'>;

export interface TagMergeOrder extends Deciding {
  readonly fromId: TagId;
  readonly intoId: TagId;
}

/** @throws Problem denied, or conflict when one of the two went into another meanwhile. */
export async function mergeTags(tx: Tx, order: TagMergeOrder): Promise<ActionId> {
  const { by, reason, now, fromId, intoId } = order;
  await holdTagNames(tx);
  const [from, into] = [await findTagRow(tx, fromId), await findTagRow(tx, intoId)];
  if (!from || !into) return notFound('There is no such tag.');
  const same = fromId === intoId;
  const facts = {
    gone: from.mergedIntoId !== null || into.mergedIntoId !== null,
    same,
    above: !same && (await isAbove(tx, fromId, intoId)),
  };
  authorize(mayMergeTags(by, facts, now));
  const topics = await countTopicsOf(tx, fromId);
  const actionId = await recordAction(tx, {
    ...{ kind: 'merge-tags', actorId: by.id, reason, at: now },
    data: { fromId, intoId, topics, what: `#${from.slug} into #${into.slug}` },
  });
  await moveTopicsToTag(tx, { actionId, fromId, intoId });
  await moveFollowers(tx, { fromId, intoId, at: now });
  return actionId;
}

/** Gives back what a merge moved; what came since stays with the other tag. */
export async function undoTagMerge(
  tx: Tx,
  order: Deciding & { readonly actionId: ActionId },
): Promise<ActionId> {
  const { by, reason, now, actionId } = order;
  await holdTagNames(tx);
  const merge = await findTagMerge(tx, actionId);
  const from = merge && (await findTagRow(tx, merge.fromId));
  const into = merge && (await findTagRow(tx, merge.intoId));
  const stands = from?.mergedIntoId === merge?.intoId && into?.mergedIntoId === null;
  authorize(mayReverse(by, { what: 'The other tag', stands: merge !== undefined && stands }, now));
  if (!merge || !from || !into) return notFound();
  const undoneId = await recordAction(tx, {
    ...{ kind: 'unmerge-tags', actorId: by.id, reason, at: now },
    data: { fromId: from.id, intoId: into.id, what: `#${from.slug} out of #${into.slug}` },
  });
  await moveTopicsBack(tx, merge, now);
  await takeFollowersBack(tx, { ...merge, at: (await findMoment(tx, actionId)) ?? notFound() });
  await markUndone(tx, actionId, undoneId);
  return undoneId;
}

async function findMoment(tx: Tx, actionId: ActionId): Promise<Date | undefined> {
  const [action] = await tx.select({ at: actions.at }).from(actions).where(eq(actions.id, actionId));
  return action?.at;
}

/** Merges two tags again, with what they have now. */
export async function undoTagUnmerge(
  tx: Tx,
  order: Deciding & { readonly actionId: ActionId },
): Promise<ActionId> {
  const { actionId, ...decision } = order;
  const [action] = await tx.select({ data: actions.data }).from(actions).where(eq(actions.id, actionId));
  const { fromId, intoId } = (action ?? notFound()).data as {
    readonly fromId: TagId;
    readonly intoId: TagId;
  };
  return mergeTags(tx, { ...decision, fromId, intoId });
}
