// What moderators change of a member; whether they may, the caller has asked, and holds the member's lock.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { formerNames, members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { nameKey, skeletonOf } from '../../../domain/member-name.ts';
import { notFound } from '../../../web/problem.ts';
import { isNameFree } from './names.ts';

/** What members say of themselves. */
export interface ProfileTexts {
  readonly about: string;
  readonly affiliation: string;
  readonly link: string;
  readonly pronouns: string;
}

/** Empties what a member says of themselves. @returns what stood there */
export async function clearProfile(tx: Tx, memberId: MemberId): Promise<ProfileTexts> {
  const { about, affiliation, link, pronouns } = members;
  const [texts] = await tx
    .select({ about, affiliation, link, pronouns })
    .from(members)
    .where(eq(members.id, memberId));
  await tx
    .update(members)
    .set({ about: '', affiliation: '', link: '', pronouns: '' })
    .where(eq(members.id, memberId));
  return texts ?? notFound('There is no such member.');
}

/**
 * Gives a member a neutral name in place of one that breaks the rules. The old one is reserved as if its member were
 * gone: it leads nowhere, and nobody gets it again, they least of all. They may choose another at once.
 */
export async function takeNameAway(
  tx: Tx,
  memberId: MemberId,
  now: Date,
): Promise<{ readonly before: string; readonly name: string }> {
  const [old] = await tx
    .select({ name: members.name, key: members.nameKey, skeleton: members.nameSkeleton })
    .from(members)
    .where(eq(members.id, memberId));
  if (!old) return notFound('There is no such member.');
  const name = await findNeutralName(tx, memberId);
  await tx
    .update(members)
    .set({ name, nameKey: nameKey(name), nameSkeleton: skeletonOf(name), renamedAt: null })
    .where(eq(members.id, memberId));
  const reserved = { nameSkeleton: old.skeleton, memberId: null, usedUntil: now };
  await tx
    .insert(formerNames)
    .values({ nameKey: old.key, ...reserved })
    .onConflictDoUpdate({ target: formerNames.nameKey, set: reserved });
  return { before: old.name, name };
}

/** "member-4711": by number, or by the next one that is free. */
async function findNeutralName(tx: Tx, memberId: MemberId): Promise<string> {
  for (let number: number = memberId; ; number += 1) {
    const name = `member-${number}`;
    if (await isNameFree(tx, name)) return name;
  }
}
