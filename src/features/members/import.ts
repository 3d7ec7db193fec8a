// Members who come along with a whole forum: out of another one, or with the demonstration.
import { and, gt, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { insertRows, takeIds } from '../../db/insert-rows.ts';
import { formerNames, members, type Theme } from '../../db/schema/index.ts';
import {
  DEFAULT_READING,
  type Density,
  type ListSort,
  type PageSize,
  type TextSize,
} from '../../domain/appearance.ts';
import type { MemberId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { nameKey, skeletonOf } from '../../domain/member-name.ts';
import type { ReplySort } from '../../domain/thread.ts';
import type { NewMember } from './commands/sign-up.ts';
import { numberModerators } from './moderator-numbers.ts';

export interface ImportedMember extends NewMember {
  /** Distinct topics they had opened: a part of their standing that no imported row tells. */
  readonly topicsRead?: number;
  readonly flagsDecided?: number;
  readonly flagsUpheld?: number;
  readonly link?: string;
  readonly pronouns?: string;
  readonly theme?: Theme;
  readonly density?: Density;
  readonly textSize?: TextSize;
  readonly usesKeys?: boolean;
  readonly pageSize?: PageSize;
  readonly replySort?: ReplySort;
  readonly listSort?: ListSort;
  readonly hidesModelWritten?: boolean;
  readonly renamedAt?: Date | null;
  /** Names they had given up; those that somebody has, or had, by now are left out. */
  readonly formerNames?: readonly { readonly name: string; readonly until: Date }[];
  readonly originKey?: string;
}

/** What is not said of an imported member. */
const UNSAID = {
  role: 'member',
  about: '',
  affiliation: '',
  link: '',
  pronouns: '',
  theme: 'auto',
  topicsRead: 0,
  flagsDecided: 0,
  flagsUpheld: 0,
  renamedAt: null,
  originKey: null,
  ...DEFAULT_READING,
} as const;

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
  const { ids } = await takeIds(tx, [{ name: 'ids', table: members, count: imported.length }]);
  const rows = imported.map((member, index) => ({
    ...UNSAID,
    ...member,
    id: ids[index] as MemberId,
    nameKey: nameKey(member.name),
    nameSkeleton: skeletonOf(member.name),
    emailKey: member.email === null ? null : emailKey(member.email),
  }));
  await insertRows(tx, members, rows);
  if (rows.some(({ role }) => role !== 'member')) await numberModerators(tx);
  await keepFormerNames(tx, imported, ids as MemberId[]);
  return new Map(rows.map(({ id, name }) => [name, id]));
}

async function keepFormerNames(
  tx: Tx,
  imported: readonly ImportedMember[],
  ids: readonly MemberId[],
): Promise<void> {
  const former = imported.flatMap(({ formerNames: given = [] }, index) =>
    given.map(({ name, until }) => ({
      nameKey: nameKey(name),
      nameSkeleton: skeletonOf(name),
      memberId: ids[index]!,
      usedUntil: until,
    })),
  );
  if (former.length === 0) return;
  const keys = former.map(({ nameKey: key }) => key);
  const present = await tx
    .select({ key: members.nameKey })
    .from(members)
    .where(inArray(members.nameKey, keys));
  const taken = new Set(present.map(({ key }) => key));
  const free = former.filter(({ nameKey: key }) => !taken.has(key));
  if (free.length > 0) await tx.insert(formerNames).values(free).onConflictDoNothing();
}

export interface Admission {
  /** In the order of those who came. */
  readonly ids: readonly MemberId[];
  /** A sentence on each who could not come in unchanged, with the place among those who came. */
  readonly told: readonly { readonly of: number; readonly text: string }[];
}

/**
 * Adds members beside those who are here. A name that somebody has, or had, gets a number ("anna_2"), and an e-mail address
 * that somebody has stays theirs: no file lets anyone into another's account.
 */
export async function importBesideOthers(tx: Tx, imported: readonly ImportedMember[]): Promise<Admission> {
  if (imported.length === 0) return { ids: [], told: [] };
  const told: { of: number; text: string }[] = [];
  const taken = await findTaken(tx, imported);
  const admitted: ImportedMember[] = [];
  for (const [of, member] of imported.entries()) {
    const name = await freeName(tx, member.name, taken.names);
    taken.names.add(nameKey(name));
    if (name !== member.name)
      told.push({ of, text: `the name ${member.name} is taken: imported as ${name}` });
    const key = member.email === null ? null : emailKey(member.email);
    if (key !== null && taken.emails.has(key)) {
      told.push({ of, text: `the e-mail address of ${name} is somebody else's: left out` });
      admitted.push({ ...member, name, email: null, confirmedAt: null });
    } else {
      if (key !== null) taken.emails.add(key);
      admitted.push({ ...member, name });
    }
  }
  const idOf = await importMembers(tx, admitted);
  return { ids: admitted.map(({ name }) => idOf.get(name)!), told };
}

/**
 * Lets imported members have joined with the earliest of what they wrote, in whichever file it stands. Rows are locked in
 * ascending order first, as by all who change more than one.
 */
export async function advanceJoining(tx: Tx, joined: ReadonlyMap<MemberId, Date>): Promise<void> {
  if (joined.size === 0) return;
  await tx.execute(sql`
    with given (id, at) as (
      select * from unnest(${sql.param([...joined.keys()])}::bigint[],
        ${sql.param([...joined.values()].map((at) => at.toISOString()))}::timestamptz[])),
    locked as (
      select ${members.id} from ${members} where ${members.id} in (select id from given)
      order by ${members.id} for no key update)
    update ${members} set joined_at = given.at
    from given join locked using (id)
    where ${members.id} = given.id and ${and(isNotNull(members.originKey), gt(members.joinedAt, sql`given.at`))}`);
}

interface Taken {
  readonly names: Set<string>;
  readonly emails: Set<string>;
}

async function findTaken(db: Reader, imported: readonly ImportedMember[]): Promise<Taken> {
  const names = imported.map(({ name }) => nameKey(name));
  const emails = imported.flatMap(({ email }) => (email === null ? [] : [emailKey(email)]));
  const rows = await db
    .select({ name: members.nameKey, email: members.emailKey })
    .from(members)
    .where(
      or(inArray(members.nameKey, names), emails.length > 0 ? inArray(members.emailKey, emails) : undefined),
    );
  const former = await db
    .select({ name: formerNames.nameKey })
    .from(formerNames)
    .where(inArray(formerNames.nameKey, names));
  return {
    names: new Set([...rows, ...former].map(({ name }) => name)),
    emails: new Set(rows.flatMap(({ email }) => email ?? [])),
  };
}

/** What a name keeps when it gets a number: together they have the column's 60 characters. */
const NUMBERED_LENGTH = 52;

/** The name itself, or the first of name_2, name_3 … that nobody has. */
async function freeName(db: Reader, wanted: string, taken: ReadonlySet<string>): Promise<string> {
  if (!taken.has(nameKey(wanted))) return wanted;
  const name = wanted.slice(0, NUMBERED_LENGTH);
  const begins = (key: typeof members.nameKey | typeof formerNames.nameKey) =>
    sql`starts_with(${key}, ${`${nameKey(name)}_`})`;
  const numbered = await db
    .select({ key: members.nameKey })
    .from(members)
    .where(begins(members.nameKey))
    .unionAll(db.select({ key: formerNames.nameKey }).from(formerNames).where(begins(formerNames.nameKey)));
  const all = new Set([...taken, ...numbered.map(({ key }) => key)]);
  let number = 2;
  while (all.has(`${nameKey(name)}_${number}`)) number += 1;
  return `${name}_${number}`;
}
