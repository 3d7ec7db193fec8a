// Names: who may take one, and how a member changes theirs. A name that was given up is its member's for good.
import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { formerNames, members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { nameKey, skeletonOf } from '../../../domain/member-name.ts';
import { mayRename } from '../../../domain/policy/members.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { bumpItemsAbout } from '../../queue-items/index.ts';

/**
 * Whether nobody has the name, one that looks like it, or had one. Until the transaction ends nobody else takes such a one.
 * @param own whose present and former names are no obstacle; undefined: somebody who joins
 */
export async function isNameFree(tx: Tx, name: string, own?: MemberId): Promise<boolean> {
  const skeleton = skeletonOf(name);
  // No index can say "looks alike": of several who want such names at the same instant, one goes first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`name ${skeleton}`}, 0))`);
  const [member] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.nameSkeleton, skeleton), own === undefined ? undefined : ne(members.id, own)))
    .limit(1);
  if (member) return false;
  const isOthers = or(isNull(formerNames.memberId), ne(formerNames.memberId, own ?? sql`0`));
  const [former] = await tx
    .select({ key: formerNames.nameKey })
    .from(formerNames)
    .where(and(eq(formerNames.nameSkeleton, skeleton), isOthers))
    .limit(1);
  return former === undefined;
}

/** Gives a member another name. @returns false when it is taken, or looks too much like one that is or was. */
export async function rename(tx: Tx, member: Member, name: string, now: Date): Promise<boolean> {
  const [old] = await tx
    .select({ key: members.nameKey, skeleton: members.nameSkeleton, renamedAt: members.renamedAt })
    .from(members)
    .where(eq(members.id, member.id))
    .for('update');
  if (!old) notFound();
  authorize(mayRename(member, old, now));
  if (!(await isNameFree(tx, name, member.id))) return false;
  const key = nameKey(name);
  await tx
    .update(members)
    .set({ name, nameKey: key, nameSkeleton: skeletonOf(name), renamedAt: now })
    .where(eq(members.id, member.id));
  await bumpItemsAbout(tx, { memberId: member.id });
  if (key === old.key) return true;
  await tx.delete(formerNames).where(eq(formerNames.nameKey, key));
  await tx
    .insert(formerNames)
    .values({ nameKey: old.key, nameSkeleton: old.skeleton, memberId: member.id, usedUntil: now });
  return true;
}
