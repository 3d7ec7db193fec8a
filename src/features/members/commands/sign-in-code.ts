// The second step of logging in: whether a code lets in who has given the right password.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, sessions } from '../../../db/schema/index.ts';
import { TWO_STEP } from '../../../domain/limits.ts';
import { mayTryCode } from '../../../domain/policy/factors.ts';
import type { TextSealer } from '../../../lib/sealed-text.ts';
import { type PendingSignIn, sessionHash } from '../../../web/session-store.ts';
import { passwordMark } from '../session.ts';
import { type GivenCode, takeCode } from './second-factor.ts';

export interface CodeAttempt {
  readonly sessionId: string;
  readonly pending: PendingSignIn;
  readonly given: GivenCode;
}

/**
 * Looks at a code for a sign-in that waits for one.
 * @returns 'right'; 'wrong' when another may be given; 'over' when the password is to be given again first
 */
export async function answerWithCode(
  tx: Tx,
  sealer: TextSealer,
  { sessionId, pending, given }: CodeAttempt,
  now: Date,
): Promise<'right' | 'wrong' | 'over'> {
  const tries = await countTry(tx, sessionId);
  // Ended meanwhile, by another request of the same browser.
  if (tries === undefined) return 'over';
  const verdict = mayTryCode({ since: new Date(pending.since), tries }, now);
  if (!verdict.allowed || !(await hasItsPassword(tx, pending))) return 'over';
  if (await takeCode(tx, sealer, pending.memberId, given, now)) return 'right';
  return tries < TWO_STEP.wrongCodes ? 'wrong' : 'over';
}

/** Counts before the code is looked at, under the row's lock: a thousand sent at once are a thousand tries. */
async function countTry(tx: Tx, sessionId: string): Promise<number | undefined> {
  const tries = sql<number>`(${sessions.data} #>> '{pendingSignIn,tries}')::int`;
  const [row] = await tx
    .update(sessions)
    .set({ data: sql`jsonb_set(${sessions.data}, '{pendingSignIn,tries}', to_jsonb(${tries} + 1))` })
    .where(eq(sessions.idHash, sessionHash(sessionId)))
    .returning({ tries });
  return row?.tries;
}

/** Whether the password that was right still is the member's. */
async function hasItsPassword(tx: Tx, pending: PendingSignIn): Promise<boolean> {
  const [row] = await tx
    .select({ passwordHash: members.passwordHash })
    .from(members)
    .where(eq(members.id, pending.memberId));
  return passwordMark(row?.passwordHash ?? '') === pending.passwordMark;
}
