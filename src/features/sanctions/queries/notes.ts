// What moderators noted about members.
import { and, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actions, members } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';

export interface NoteRow {
  readonly id: ActionId;
  /** Whom it is about. */
  readonly memberId: MemberId;
  readonly text: string;
  readonly at: Date;
  /** Null: a former member. */
  readonly by: string | null;
}

/** The notes about these members, newest first. */
export async function listNotes(db: Reader, memberIds: readonly MemberId[]): Promise<NoteRow[]> {
  if (memberIds.length === 0) return [];
  return db
    .select({
      id: actions.id,
      memberId: sql`${actions.memberId}`.mapWith(members.id),
      text: actions.reason,
      at: actions.at,
      by: members.name,
    })
    .from(actions)
    .leftJoin(members, eq(members.id, actions.actorId))
    .where(
      and(eq(actions.kind, 'note'), isNotNull(actions.memberId), inArray(actions.memberId, [...memberIds])),
    )
    .orderBy(desc(actions.id));
}
