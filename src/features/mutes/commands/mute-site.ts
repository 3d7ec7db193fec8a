// Muting a site and taking that back; either, done twice, changes nothing.
import { and, count, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { mutes } from '../../../db/schema/index.ts';
import { mayMute } from '../../../domain/policy/mutes.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';

export interface SiteMute {
  readonly viewer: Member;
  readonly host: string;
  readonly now: Date;
}

/** Keeps what is only on this site out of the member's lists. @throws Problem when they have muted too many. */
export async function muteSite(tx: Tx, { viewer, host, now }: SiteMute): Promise<void> {
  const [present] = await tx.select({ n: count() }).from(mutes).where(eq(mutes.memberId, viewer.id));
  authorize(mayMute(viewer, present?.n ?? 0));
  await tx
    .insert(mutes)
    .values({ memberId: viewer.id, kind: 'site', value: host, mutedAt: now })
    .onConflictDoNothing();
}

/** Lets a site back into the member's lists. */
export async function unmuteSite(tx: Tx, { viewer, host }: SiteMute): Promise<void> {
  const ofSite = and(eq(mutes.kind, 'site'), eq(mutes.value, host));
  await tx.delete(mutes).where(and(eq(mutes.memberId, viewer.id), ofSite));
}
