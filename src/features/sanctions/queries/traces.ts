// Where new members and suspended ones met.
import { desc, eq, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { members, signUpTraces, type SignUpTrace } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';

export interface TraceRow {
  readonly newcomer: string;
  readonly suspended: string;
  readonly trace: SignUpTrace;
  readonly at: Date;
}

/** The traces that lead from this member to suspended ones, and from newcomers to this one. */
export async function listTraces(db: Reader, memberId: MemberId): Promise<TraceRow[]> {
  const [newcomers, suspended] = [alias(members, 'newcomers'), alias(members, 'suspended')];
  const { trace, at } = signUpTraces;
  return db
    .select({ newcomer: newcomers.name, suspended: suspended.name, trace, at })
    .from(signUpTraces)
    .innerJoin(newcomers, eq(newcomers.id, signUpTraces.memberId))
    .innerJoin(suspended, eq(suspended.id, signUpTraces.suspendedId))
    .where(or(eq(signUpTraces.memberId, memberId), eq(signUpTraces.suspendedId, memberId)))
    .orderBy(desc(at), newcomers.id, suspended.id);
}
