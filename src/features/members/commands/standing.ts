// What others change about a member: the role, and the counters that trust is computed from.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { writtenOnce } from '../../../db/named-statements.ts';
import { pairs } from '../../../db/pairs.ts';
import { members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import type { Role } from '../../../domain/viewer.ts';
import { numberModerators } from '../moderator-numbers.ts';
import { endAllSessions } from './sessions.ts';

/**
 * Gives a member a role; whether the viewer may, the caller has asked. It ends the member's sessions: an id that somebody
 * got hold of must not come into rights that it did not have.
 * @returns the number by which the log may name them; null for who never was a moderator
 */
export async function setRole(tx: Tx, memberId: MemberId, role: Role): Promise<number | null> {
  await tx.update(members).set({ role }).where(eq(members.id, memberId));
  if (role !== 'member') await numberModerators(tx);
  await endAllSessions(tx, memberId);
  const [member] = await tx
    .select({ number: members.moderatorNumber })
    .from(members)
    .where(eq(members.id, memberId));
  return member?.number ?? null;
}

/** Counts a topic that a member opened for the first time; after having forgotten some, it may be one of these. */
export async function countTopicRead(tx: Tx, memberId: MemberId): Promise<void> {
  const { topicsRead, topicsForgotten } = members;
  await tx
    .update(members)
    .set({
      topicsRead: sql`${topicsRead} + (${topicsForgotten} = 0)::integer`,
      topicsForgotten: sql`greatest(0, ${topicsForgotten} - 1)`,
    })
    .where(eq(members.id, memberId));
}

/** Notes that the forum has forgotten which topics a member read: else reading them once more would raise the trust. */
export async function countTopicsForgotten(tx: Tx, memberId: MemberId, topics: number): Promise<void> {
  await tx
    .update(members)
    .set({ topicsForgotten: sql`${members.topicsForgotten} + ${topics}` })
    .where(eq(members.id, memberId));
}

/**
 * Counts replies that stand, for several members at once: those written or restored, less those that a moderator hid.
 * Rows are locked in ascending order first, as by all who change more than one.
 */
export async function addRepliesKept(tx: Tx, changes: ReadonlyMap<MemberId, number>): Promise<void> {
  if (changes.size === 0) return;
  const { form, rows, values } = pairs(changes);
  const keeping = writtenOnce(
    tx,
    `replies kept ${form}`,
    () => sql`
      with change (id, n) as (select * from ${rows} as given),
      locked as (
        select ${members.id} from ${members} where ${members.id} in (select id from change)
        order by ${members.id} for no key update)
      update ${members} set replies_kept = greatest(0, ${members.repliesKept} + change.n)
      from change join locked using (id) where ${members.id} = change.id`,
  );
  await keeping.execute(values);
}

/** Counts a flag of a member that a moderator decided about. */
export async function countFlagDecided(
  tx: Tx,
  memberId: MemberId,
  { upheld }: { readonly upheld: boolean },
): Promise<void> {
  await tx
    .update(members)
    .set({
      flagsDecided: sql`${members.flagsDecided} + 1`,
      flagsUpheld: sql`${members.flagsUpheld} + ${upheld ? 1 : 0}`,
    })
    .where(eq(members.id, memberId));
}
