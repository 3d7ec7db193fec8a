// Two-step login: turned on in two steps, given new recovery codes, turned off.
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { recoveryCodes, totpFactors } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { TWO_STEP } from '../../../domain/limits.ts';
import { mayChangeTwoStep, mayTurnOnTwoStep } from '../../../domain/policy/factors.ts';
import { newCodeKey, stepOfCode } from '../../../lib/one-time-codes.ts';
import { newRecoveryCode, recoveryCodeHash } from '../../../lib/recovery-codes.ts';
import type { TextSealer } from '../../../lib/sealed-text.ts';
import { authorize } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { findNewKey, findTwoStep } from '../factor-queries.ts';
import { type GivenCode, openKey, takeCode } from './second-factor.ts';

/** Makes a key to be put into an app, in place of one that never was. It counts for nothing yet. */
export async function startTwoStep(tx: Tx, sealer: TextSealer, memberId: MemberId, now: Date): Promise<void> {
  authorize(mayTurnOnTwoStep((await findTwoStep(tx, memberId)).onSince));
  const key = { ...sealer.seal(newCodeKey(), String(memberId)), createdAt: now };
  await tx
    .insert(totpFactors)
    .values({ memberId, ...key })
    .onConflictDoUpdate({
      target: totpFactors.memberId,
      set: key,
      setWhere: isNull(totpFactors.confirmedAt),
    });
}

/**
 * Turns two-step login on with a code that shows that an app has the key.
 * @returns the recovery codes, which are never to be seen again; 'wrong' when the code is, 'gone' when there is no key
 */
export async function turnOnTwoStep(
  tx: Tx,
  sealer: TextSealer,
  memberId: MemberId,
  code: string,
  now: Date,
): Promise<readonly string[] | 'wrong' | 'gone'> {
  authorize(mayTurnOnTwoStep((await findTwoStep(tx, memberId)).onSince));
  const key = await findNewKey(tx, memberId, now);
  if (!key) return 'gone';
  const step = stepOfCode(code, openKey(sealer, memberId, key).text, now);
  if (step === undefined) return 'wrong';
  // Unless it was replaced or confirmed meanwhile. The code that is given here is used, too.
  const { rowCount } = await tx
    .update(totpFactors)
    .set({ confirmedAt: now, lastStep: step })
    .where(
      and(eq(totpFactors.memberId, memberId), eq(totpFactors.box, key.box), isNull(totpFactors.confirmedAt)),
    );
  if (rowCount !== 1) return 'gone';
  await sendMail(tx, { to: memberId, mail: 'two-step-on', changedAt: now.toISOString() });
  return replaceRecoveryCodes(tx, memberId);
}

/**
 * Makes new recovery codes; the old ones end. A mail tells the member, in case it was somebody else.
 * @returns them, which are never to be seen again
 */
export async function makeRecoveryCodes(tx: Tx, memberId: MemberId, now: Date): Promise<readonly string[]> {
  // Locked, so that of two who ask at once the later one's codes are there, and not those of both.
  await tx
    .select({ memberId: totpFactors.memberId })
    .from(totpFactors)
    .where(eq(totpFactors.memberId, memberId))
    .for('update');
  authorize(mayChangeTwoStep((await findTwoStep(tx, memberId)).onSince));
  await sendMail(tx, { to: memberId, mail: 'recovery-codes-made', changedAt: now.toISOString() });
  return replaceRecoveryCodes(tx, memberId);
}

/** Turns two-step login off, for a code of it. @returns false when the code is wrong */
export async function turnOffTwoStep(
  tx: Tx,
  sealer: TextSealer,
  memberId: MemberId,
  given: GivenCode,
  now: Date,
): Promise<boolean> {
  authorize(mayChangeTwoStep((await findTwoStep(tx, memberId)).onSince));
  if (!(await takeCode(tx, sealer, memberId, given, now))) return false;
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId));
  await tx.delete(totpFactors).where(eq(totpFactors.memberId, memberId));
  await sendMail(tx, { to: memberId, mail: 'two-step-off', changedAt: now.toISOString() });
  return true;
}

async function replaceRecoveryCodes(tx: Tx, memberId: MemberId): Promise<readonly string[]> {
  const codes = Array.from({ length: TWO_STEP.recoveryCodes }, newRecoveryCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.memberId, memberId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ memberId, codeHash: recoveryCodeHash(String(memberId), code) })));
  return codes;
}
