// "Moderator 2": the number by which the public log names whoever ever was a moderator, where the forum shows no names.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { actions, members } from '../../db/schema/index.ts';

/**
 * Gives every moderator and admin who has none the next number; whoever has one keeps it for good. One transaction after
 * the other, and no number twice: those that went with deleted accounts stand in the record of roles (`data.number`).
 */
export async function numberModerators(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('moderator numbers', 0))`);
  // A statement of its own: it sees what whoever held the lock before has written.
  await tx.execute(sql`
    with unnumbered as (
      select id, row_number() over (order by id) as n from ${members}
      where ${members.role} <> 'member' and ${members.moderatorNumber} is null),
    given as (
      select greatest(
        (select max(${members.moderatorNumber}) from ${members}),
        (select max((${actions.data}->>'number')::int) from ${actions} where ${actions.kind} = 'change-role'),
        0) as most)
    update ${members} set moderator_number = given.most + unnumbered.n
    from unnumbered, given where ${members.id} = unnumbered.id`);
}
