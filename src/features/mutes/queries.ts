// What a member has muted.
import { and, asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { mutes } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

export interface MutedSite {
  readonly host: string;
  readonly mutedAt: Date;
}

/** The sites that a member has muted, by name. */
export async function listMutedSites(db: Reader, memberId: MemberId): Promise<MutedSite[]> {
  return db
    .select({ host: mutes.value, mutedAt: mutes.mutedAt })
    .from(mutes)
    .where(and(eq(mutes.memberId, memberId), eq(mutes.kind, 'site')))
    .orderBy(asc(mutes.value));
}
