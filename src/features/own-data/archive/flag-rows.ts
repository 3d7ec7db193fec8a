// The flags of a member's archive, on whatever they were given.
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { flags, sources } from '../../../db/schema/index.ts';
import type { FlagId, MemberId } from '../../../domain/ids.ts';
import { inPages } from './rows.ts';

/** Flags that a member gave. */
export function flagsOf(db: Reader, memberId: MemberId) {
  const { id, postId, memberId: ofMember, reason, note, flaggedAt, takenBackAt, outcome } = flags;
  return inPages(
    (after, limit) =>
      db
        .select({
          ...{ id, postId, memberId: ofMember, reason, note, flaggedAt, takenBackAt, outcome },
          sourceUrl: sources.url,
        })
        .from(flags)
        .leftJoin(sources, eq(sources.id, flags.sourceId))
        .where(and(eq(flags.flaggerId, memberId), gt(id, after as FlagId)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}
