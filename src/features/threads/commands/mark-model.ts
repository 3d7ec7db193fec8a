// The mark "written with a model", which an author puts on an own post (rule 6 of the house).
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';
import { mayMarkModelWritten } from '../../../domain/policy/posts.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { bumpQueueItems } from '../../queue-items/index.ts';
import { lockPost } from './locks.ts';

export interface ModelMark {
  readonly viewer: Member;
  readonly postId: PostId;
  readonly marked: boolean;
  readonly now: Date;
}

/** Puts the mark on, or takes it off. @throws Problem when the viewer may not (any more). */
export async function markModelWritten(tx: Tx, { viewer, postId, marked, now }: ModelMark): Promise<void> {
  const { post } = await lockPost(tx, viewer, postId);
  authorize(mayMarkModelWritten(viewer, post, marked, now));
  if (post.modelWritten === marked) return;
  // An open form still says what it said before: saving it would change the mark back.
  await tx
    .update(posts)
    .set({ modelWritten: marked, version: post.version + 1 })
    .where(eq(posts.id, post.id));
  await bumpQueueItems(tx, [post.id]);
}
