// Flagging a post, a member or a source, changing the flag, and taking it back.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { flags } from '../../../db/schema/index.ts';
import { type FlagReason, type FlagSubject, flagWeight } from '../../../domain/flags.ts';
import { mayFlag } from '../../../domain/policy/flags.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { addFlagWeight } from '../../threads/index.ts';
import { callModerators } from '../call-moderators.ts';
import { lockSubject } from '../lock-subject.ts';
import { countFlagsToday, findOwnFlag, loadFlagRecord } from '../queries/flags.ts';

export interface NewFlag {
  readonly by: Member;
  readonly subject: FlagSubject;
  readonly reason: FlagReason;
  readonly note: string;
  readonly now: Date;
}

/**
 * Flags something. While an own flag waits, another takes its place: it keeps its weight and age, and counts once. The
 * same one again changes nothing: a form that was sent twice.
 */
export async function giveFlag(tx: Tx, { by, subject, reason, note, now }: NewFlag): Promise<void> {
  const flagged = await lockSubject(tx, subject, by.id);
  const own = await findOwnFlag(tx, by.id, subject);
  if (own?.reason === reason && own.note === note) return;
  const flagsToday = own ? 0 : await countFlagsToday(tx, by.id, now);
  authorize(mayFlag(by, flagged, { alreadyFlagged: false, flagsToday }, now));
  if (own) {
    await tx.update(flags).set({ reason, note }).where(eq(flags.id, own.id));
  } else {
    const weight = flagWeight({ ...by, ...(await loadFlagRecord(tx, by.id)) });
    await tx.insert(flags).values({ ...subject, flaggerId: by.id, reason, note, weight, flaggedAt: now });
    if ('postId' in subject) await addFlagWeight(tx, subject.postId, weight);
  }
  await callModerators(tx, subject, now);
}

/** Takes an own flag back, as long as nobody acted on it. @returns whether there was one. */
export async function takeBackFlag(
  tx: Tx,
  { by, subject, now }: Pick<NewFlag, 'by' | 'subject' | 'now'>,
): Promise<boolean> {
  await lockSubject(tx, subject, by.id);
  const flag = await findOwnFlag(tx, by.id, subject);
  if (!flag) return false;
  await tx.update(flags).set({ takenBackAt: now }).where(eq(flags.id, flag.id));
  if ('postId' in subject) await addFlagWeight(tx, subject.postId, -flag.weight);
  await callModerators(tx, subject, now);
  return true;
}
