// Background work about newcomers who were where a suspended member was.
import { and, eq, lte, notExists, sql } from 'drizzle-orm';
import { members, signUpTraces } from '../../db/schema/index.ts';
import { endOfSanction } from '../../db/standing.ts';
import { WINDOWS } from '../../domain/limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { traceNewcomer } from './trace-newcomer.ts';

export const traceNewcomerJob: JobHandler<'trace-newcomer'> = (db, { memberId }, now) =>
  db.transaction((tx) => traceNewcomer(tx, memberId, now));

/** Deletes traces that are old, unless who they lead to is still suspended. */
export const sweepTraces: JobHandler<'sweep-traces'> = async (db, _payload, now) => {
  const suspended = db
    .select({ one: sql`1` })
    .from(members)
    .where(
      and(eq(members.id, signUpTraces.suspendedId), sql`${endOfSanction('suspension', now)} is not null`),
    );
  const tooOld = new Date(now.getTime() - WINDOWS.addressesKept);
  await db.delete(signUpTraces).where(and(lte(signUpTraces.at, tooOld), notExists(suspended)));
};
