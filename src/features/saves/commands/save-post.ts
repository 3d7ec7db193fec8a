// Keeping a post, writing a note to it, and taking it off the list; either, done twice, changes nothing.
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { saves } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';
import { maySave } from '../../../domain/policy/saves.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { findReadable } from '../queries.ts';

export interface Save {
  readonly viewer: Member;
  readonly postId: PostId;
  /** Undefined: the note that is there stays. */
  readonly note: string | undefined;
  readonly now: Date;
}

/** Keeps a post; what is kept already gets the note. @throws Problem when there is no such post, or not for this member. */
export async function savePost(tx: Tx, { viewer, postId, note, now }: Save): Promise<void> {
  // A note is the member's own: it can be changed whatever became of the post.
  if (note !== undefined) {
    const noted = await tx
      .update(saves)
      .set({ note })
      .where(ownSave(viewer, postId))
      .returning({ postId: saves.postId });
    if (noted.length > 0) return;
  }
  const post = (await findReadable(tx, viewer, postId)) ?? notFound('There is no such post.');
  authorize(maySave(viewer, post));
  await tx
    .insert(saves)
    .values({ memberId: viewer.id, postId, note: note ?? '', savedAt: now })
    .onConflictDoNothing();
}

/** Takes a post off the member's list. */
export async function removeSave(tx: Tx, { viewer, postId }: Save): Promise<void> {
  await tx.delete(saves).where(ownSave(viewer, postId));
}

function ownSave(viewer: Member, postId: PostId) {
  return and(eq(saves.memberId, viewer.id), eq(saves.postId, postId));
}
