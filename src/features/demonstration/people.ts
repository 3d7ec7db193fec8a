// The members of the demonstration: added, and then looked up by name by whatever they do.
import type { Reader, Tx } from '../../db/connection.ts';
import { members } from '../../db/schema/index.ts';
import { trustOf } from '../../domain/policy/trust.ts';
import { DAY } from '../../domain/times.ts';
import type { Member } from '../../domain/viewer.ts';
import { importMembers } from '../members/index.ts';
import { demoMembers } from './content/index.ts';

/** Finds a member by name; a name that nobody has is a mistake in the content. */
export type FindMember = (name: string) => Member;

/** Adds everybody. Whoever has no password hash cannot log in. */
export async function addPeople(
  tx: Tx,
  passwordHashes: ReadonlyMap<string, string | null>,
  now: Date,
): Promise<void> {
  const imported = demoMembers.map(({ name, role, joinedDaysAgo, about = '', affiliation = '' }) => {
    const joinedAt = new Date(now.getTime() - joinedDaysAgo * DAY);
    return {
      name,
      role,
      about,
      affiliation,
      email: null,
      passwordHash: passwordHashes.get(name) ?? null,
      joinedAt,
      confirmedAt: joinedAt,
      // As if each had opened a topic a day.
      topicsRead: Math.floor(joinedDaysAgo),
    };
  });
  await importMembers(tx, imported);
}

/** The members as who they are now, with the standing that what they wrote gives them. */
export async function meetPeople(db: Reader, now: Date): Promise<FindMember> {
  const rows = await db.select().from(members);
  const people = new Map(
    rows.map(({ id, name, role, joinedAt, confirmedAt, ...standing }): [string, Member] => {
      const trust = trustOf({ ...standing, joinedAt, lastSanctionAt: null }, now);
      const free = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
      return [name, { kind: 'member', id, name, role, joinedAt, confirmedAt, trust, ...free }];
    }),
  );
  return (name) => {
    const member = people.get(name);
    if (!member) throw new Error(`The demonstration has no member "${name}".`);
    return member;
  };
}
