// What a member began to write and has not sent, for their archive.
import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { drafts } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** There are never many. */
export async function* draftsOf(db: Reader, memberId: MemberId) {
  const { topicId, parentId, postId, fields, savedAt } = drafts;
  yield* await db
    .select({ topicId, parentId, postId, fields, savedAt })
    .from(drafts)
    .where(eq(drafts.memberId, memberId))
    .orderBy(asc(drafts.id));
}
