// Members who come along with a whole forum: out of another one, or with the demonstration.
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
