// One earlier text, for a moderator who is about to blank it.
import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { revisions } from '../../../db/schema/index.ts';
import type { PostId, RevisionId } from '../../../domain/ids.ts';

export interface RevisionShown {
  readonly id: RevisionId;
  /** Null when only the text changed, and for replies; '' when it was blanked. */
  readonly title: string | null;
  readonly bodyMd: string;
  readonly blankedAt: Date | null;
}

/** An earlier text of this post. */
export async function findRevision(
  db: Reader,
  postId: PostId,
  id: RevisionId,
): Promise<RevisionShown | undefined> {
  const { title, bodyMd, blankedAt } = revisions;
  const [revision] = await db
    .select({ id: revisions.id, title, bodyMd, blankedAt })
    .from(revisions)
    .where(and(eq(revisions.id, id), eq(revisions.postId, postId)));
  return revision;
}
