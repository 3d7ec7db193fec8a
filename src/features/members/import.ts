// Members who come along with a whole forum (out of another one, or with the demonstration), and what they had written.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { nameKey, skeletonOf } from '../../domain/member-name.ts';
import type { NewMember } from './commands.ts';

export interface ImportedMember extends NewMember {
  /** Distinct topics they had opened: a part of their standing that no imported row tells. */
  readonly topicsRead?: number;
  readonly originKey?: string;
}

/**
 * Adds members in one statement, all or none; that names look alike keeps nobody out.
 * @returns their ids by name.
 * @throws the database's error when a name or an e-mail address is taken.
 */
export async function importMembers(
  tx: Tx,
  imported: readonly ImportedMember[],
): Promise<ReadonlyMap<string, MemberId>> {
  if (imported.length === 0) return new Map();
  const rows = imported.map((member) => ({
    ...member,
    nameKey: nameKey(member.name),
    nameSkeleton: skeletonOf(member.name),
    emailKey: member.email === null ? null : emailKey(member.email),
  }));
  const added = await tx.insert(members).values(rows).returning({ id: members.id, name: members.name });
  return new Map(added.map(({ id, name }) => [name, id]));
}

/**
 * Adds to the replies kept of several members at once. Their rows are locked in ascending order first, as by all who
 * count for more than one.
 */
export async function addRepliesKept(tx: Tx, kept: ReadonlyMap<MemberId, number>): Promise<void> {
  if (kept.size === 0) return;
  await tx.execute(sql`
    with kept (id, n) as (
      select * from unnest(${sql.param([...kept.keys()])}::bigint[], ${sql.param([...kept.values()])}::integer[])),
    locked as (
      select ${members.id} from ${members} where ${members.id} in (select id from kept)
      order by ${members.id} for no key update)
    update ${members} set replies_kept = ${members.repliesKept} + kept.n
    from kept join locked using (id) where ${members.id} = kept.id`);
}
