// What moderators note about a member for each other: actions of the kind "note", in no public log.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { maySeeMemberFile } from '../../../domain/policy/sanctions.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';

export interface NewNote {
  readonly by: Member;
  readonly memberId: MemberId;
  readonly text: string;
  readonly now: Date;
}

export async function addNote(tx: Tx, { by, memberId, text, now }: NewNote): Promise<ActionId> {
  authorize(maySeeMemberFile(by, memberId, now));
  return recordAction(tx, { kind: 'note', actorId: by.id, reason: { rule: null, text }, at: now, memberId });
}
