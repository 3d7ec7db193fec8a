// Member records become members: those that are here by their key stay as they are.
import type { Tx } from '../../db/connection.ts';
import { findByOriginKeys } from '../../db/origin-keys.ts';
import type { MemberId } from '../../domain/ids.ts';
import { advanceJoining, importBesideOthers, type ImportedMember } from '../members/index.ts';
import type { MemberRecord } from './format.ts';

export interface WrittenMembers {
  /** How many were not there. */
  readonly added: number;
  /** A sentence on each who could not come in unchanged. */
  readonly told: readonly string[];
}

/** Writes members in a few statements. Each key stands once among them. */
export async function writeMembers(
  tx: Tx,
  records: readonly MemberRecord[],
  forumKey: string,
): Promise<WrittenMembers> {
  const keys = records.map(({ key }) => key);
  const known = await findByOriginKeys<MemberId>(tx, 'member', forumKey, keys);
  const joined = new Map<MemberId, Date>();
  const missing: MemberRecord[] = [];
  for (const record of records) {
    const id = known.get(record.key);
    if (id === undefined) missing.push(record);
    else joined.set(id, record.joined_at);
  }
  await advanceJoining(tx, joined);
  const told = await importBesideOthers(tx, missing.map(memberOf));
  return { added: missing.length, told };
}

function memberOf(record: MemberRecord): ImportedMember {
  const { key: originKey, name, role, about, affiliation, theme } = record;
  return {
    ...{ originKey, name, role, about, affiliation, theme },
    email: record.email ?? null,
    passwordHash: record.password_hash ?? null,
    joinedAt: record.joined_at,
    confirmedAt: record.confirmed_at ?? null,
    topicsRead: record.topics_read,
    flagsDecided: record.flags_decided,
    flagsUpheld: record.flags_upheld,
  };
}
