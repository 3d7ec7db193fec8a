// Whether the viewer keeps a post.
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { posts, saves } from '../../../db/schema/index.ts';
import type { Viewer } from '../../../domain/viewer.ts';

/** Whether the viewer has saved the post in the given column; false for visitors, without a look at what is saved. */
export function savedBy(viewer: Viewer, postId: typeof posts.id): SQL<boolean> {
  if (viewer.kind !== 'member') return sql<boolean>`false`;
  const own = and(eq(saves.memberId, viewer.id), eq(saves.postId, postId));
  return sql<boolean>`exists (select from ${saves} where ${own})`;
}
