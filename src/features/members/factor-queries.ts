// What is known of a member's second factor.
import { and, count, eq, isNotNull, isNull, gte } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { recoveryCodes, totpFactors } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { WINDOWS } from '../../domain/limits.ts';
import type { SealedText } from '../../lib/sealed-text.ts';

export interface TwoStep {
  /** Null: off. */
  readonly onSince: Date | null;
  /** Recovery codes not used yet. */
  readonly codesLeft: number;
}

/** How a member's two-step login stands. */
export async function findTwoStep(db: Reader, memberId: MemberId): Promise<TwoStep> {
  const [row] = await db
    .select({ onSince: totpFactors.confirmedAt, codesLeft: count(recoveryCodes.codeHash) })
    .from(totpFactors)
    .leftJoin(recoveryCodes, eq(recoveryCodes.memberId, totpFactors.memberId))
    .where(and(eq(totpFactors.memberId, memberId), isNotNull(totpFactors.confirmedAt)))
    .groupBy(totpFactors.memberId);
  return row ?? { onSince: null, codesLeft: 0 };
}

/** The key of a member's app. */
export interface FactorKey extends SealedText {
  readonly confirmedAt: Date | null;
}

/** The key that counts. */
export async function findKey(db: Reader, memberId: MemberId): Promise<FactorKey | undefined> {
  const { box, keyId, confirmedAt } = totpFactors;
  const [row] = await db
    .select({ box, keyId, confirmedAt })
    .from(totpFactors)
    .where(and(eq(totpFactors.memberId, memberId), isNotNull(confirmedAt)));
  return row;
}

/** The key that is being put into an app; it counts when a code of it has been given, which takes an hour at most. */
export async function findNewKey(db: Reader, memberId: MemberId, now: Date): Promise<FactorKey | undefined> {
  const { box, keyId, confirmedAt, createdAt } = totpFactors;
  const oldest = new Date(now.getTime() - WINDOWS.twoStepSetUp);
  const [row] = await db
    .select({ box, keyId, confirmedAt })
    .from(totpFactors)
    .where(and(eq(totpFactors.memberId, memberId), isNull(confirmedAt), gte(createdAt, oldest)));
  return row;
}
