// Member records become members: those that are here by their key stay as they are.
import type { Tx } from '../../db/connection.ts';
import { hasOriginKey, isOwnKey, originKeyOf } from '../../db/origin-keys.ts';
import { members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { advanceJoining, importBesideOthers, type ImportedMember } from '../members/index.ts';
import type { MemberRecord } from './format.ts';
import { LineFault, lostRow } from './records.ts';

export interface WrittenMembers {
  /** By their keys, whether they were here or not. */
  readonly ids: ReadonlyMap<string, MemberId>;
  /** How many were not here. */
  readonly added: number;
  /** A sentence on each who could not come in unchanged, with the place among the records. */
  readonly told: readonly { readonly of: number; readonly text: string }[];
}

/** Writes members in a few statements. Each key stands once among them. */
export async function writeMembers(
  tx: Tx,
  records: readonly MemberRecord[],
  forumKey: string,
): Promise<WrittenMembers> {
  if (records.length === 0) return { ids: new Map(), added: 0, told: [] };
  const here = await tx
    .select({ key: originKeyOf('member', forumKey), id: members.id, joinedAt: members.joinedAt })
    .from(members)
    .where(
      hasOriginKey(
        'member',
        forumKey,
        records.map(({ key }) => key),
      ),
    );
  const known = new Map(here.map(({ key, id }) => [key, id]));
  const recorded = new Map(records.map(({ key, joined_at }) => [key, joined_at]));
  const earlier = here.filter(({ key, joinedAt }) => recorded.get(key)! < joinedAt);
  await advanceJoining(tx, new Map(earlier.map(({ key, id }) => [id, recorded.get(key)!])));
  const missing = records.filter(({ key }) => !known.has(key));
  const lost = missing.find(({ key }) => isOwnKey('member', forumKey, key));
  if (lost) throw new LineFault(lostRow(lost.key));
  const { ids, told } = await importBesideOthers(tx, missing.map(memberOf));
  const added = missing.map(({ key }, index): [string, MemberId] => [key, ids[index]!]);
  const placed = told.map(({ of, text }) => ({ of: records.indexOf(missing[of]!), text }));
  return { ids: new Map([...known, ...added]), added: added.length, told: placed };
}

function memberOf(record: MemberRecord): ImportedMember {
  const { key: originKey, name, role, about, affiliation, link, pronouns, theme, density } = record;
  return {
    ...{ originKey, name, role, about, affiliation, link, pronouns, theme, density },
    textSize: record.text_size,
    usesKeys: record.uses_keys,
    pageSize: record.page_size,
    replySort: record.reply_sort,
    listSort: record.list_sort,
    hidesModelWritten: record.hides_model_written,
    renamedAt: record.renamed_at ?? null,
    formerNames: record.former_names,
    email: record.email ?? null,
    passwordHash: record.password_hash ?? null,
    joinedAt: record.joined_at,
    confirmedAt: record.confirmed_at ?? null,
    topicsRead: record.topics_read,
    flagsDecided: record.flags_decided,
    flagsUpheld: record.flags_upheld,
  };
}
