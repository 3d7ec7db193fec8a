// Flags: members tell moderators what breaks the rules. Enough of them, a grave one, or an old one makes a queue item.
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { flags } from '../../../db/schema/index.ts';
import { flagWeight, opensQueueItem, type FlagReason } from '../../../domain/flags.ts';
import type { PostId } from '../../../domain/ids.ts';
import { mayFlagPost } from '../../../domain/policy/posts.ts';
import type { State } from '../../../domain/state.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { bumpQueueItems, closeQueueItemsAbout, openQueueItem } from '../../queue-items/index.ts';
import { addFlagWeight, lockPostRow } from '../../threads/index.ts';
import { countFlagsToday, findOwnFlag, loadFlagRecord, loadOpenFlags, undecided } from '../queries/flags.ts';

export interface NewFlag {
  readonly by: Member;
  readonly postId: PostId;
  readonly reason: FlagReason;
  readonly note: string;
  readonly now: Date;
}

/**
 * Flags a post. While an own flag waits, another takes its place: it keeps its weight and age, and counts once. The same
 * one again changes nothing: a form that was sent twice.
 */
export async function flagPost(tx: Tx, { by, postId, reason, note, now }: NewFlag): Promise<void> {
  const post = await lockPostRow(tx, postId);
  const own = await findOwnFlag(tx, by.id, postId);
  if (own?.reason === reason && own.note === note) return;
  const flagsToday = own ? 0 : await countFlagsToday(tx, by.id, now);
  const { authorId } = post;
  const state = effectiveState(post.state, post.topic.state);
  authorize(mayFlagPost(by, { authorId, state, alreadyFlagged: false, flagsToday }, now));
  if (own) {
    await tx.update(flags).set({ reason, note }).where(eq(flags.id, own.id));
  } else {
    const weight = flagWeight({ ...by, ...(await loadFlagRecord(tx, by.id)) });
    await tx.insert(flags).values({ postId, flaggerId: by.id, reason, note, weight, flaggedAt: now });
    await addFlagWeight(tx, postId, weight);
  }
  await callModerators(tx, postId, now);
}

/** Takes an own flag back, as long as nobody acted on it. @returns whether there was one. */
export async function takeBackFlag(
  tx: Tx,
  { by, postId, now }: Pick<NewFlag, 'by' | 'postId' | 'now'>,
): Promise<boolean> {
  await lockPostRow(tx, postId);
  const flag = await findOwnFlag(tx, by.id, postId);
  if (!flag) return false;
  await tx.update(flags).set({ takenBackAt: now }).where(eq(flags.id, flag.id));
  await addFlagWeight(tx, postId, -flag.weight);
  const { oldestAt } = await loadOpenFlags(tx, postId);
  if (oldestAt === null) await closeQueueItemsAbout(tx, [postId], { kind: 'flagged', actionId: null, now });
  else await bumpQueueItems(tx, [postId]);
  return true;
}

/**
 * Opens a queue item for a post when its flags ask for one; an item that is open is brought up to date. The post is
 * locked by the caller.
 */
export async function callModerators(tx: Tx, postId: PostId, now: Date): Promise<void> {
  const open = await loadOpenFlags(tx, postId);
  if (!open.inQueue && !opensQueueItem(open, now)) return;
  const queueItemId = await openQueueItem(tx, { kind: 'flagged', subject: { postId }, now });
  await tx
    .update(flags)
    .set({ queueItemId })
    .where(and(eq(flags.postId, postId), undecided()));
}

/** A post in a hidden or held topic is as little there for others as the topic; in a withdrawn one replies stay. */
function effectiveState(post: State, topic: State): State {
  return topic === 'hidden' || topic === 'held' ? topic : post;
}
