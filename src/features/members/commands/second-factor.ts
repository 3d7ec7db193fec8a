// Taking a second factor: a code of the app or a recovery code, each of which counts once.
import { and, eq, lt } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { recoveryCodes, totpFactors } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { stepOfCode } from '../../../lib/one-time-codes.ts';
import { recoveryCodeHash } from '../../../lib/recovery-codes.ts';
import {
  createTextSealer,
  type OpenedText,
  type SealedText,
  type TextSealer,
} from '../../../lib/sealed-text.ts';
import { sendMail } from '../../mails/index.ts';
import { findKey } from '../factor-queries.ts';

/** What encrypts the keys of apps. @param secrets the forum's, then its earlier ones */
export function createFactorSealer(secrets: readonly [string, ...string[]]): TextSealer {
  return createTextSealer('second factor', secrets);
}

/** A code, and which kind it was given for. */
export interface GivenCode {
  readonly kind: 'app' | 'recovery';
  readonly code: string;
}

/**
 * Takes a code that a member gave, so that it is good for nothing any more; it changes nothing else. A mail tells of a
 * recovery code: nobody notices one missing from a drawer.
 * @returns whether it was theirs, and not used before.
 * @throws when the key cannot be read: the forum's secret was changed, and the old one is not named
 */
export async function takeCode(
  tx: Tx,
  sealer: TextSealer,
  memberId: MemberId,
  given: GivenCode,
  now: Date,
): Promise<boolean> {
  return given.kind === 'app'
    ? takeAppCode(tx, sealer, memberId, given.code, now)
    : takeRecoveryCode(tx, memberId, given.code, now);
}

async function takeAppCode(
  tx: Tx,
  sealer: TextSealer,
  memberId: MemberId,
  code: string,
  now: Date,
): Promise<boolean> {
  const key = await findKey(tx, memberId);
  if (!key?.confirmedAt) return false;
  const opened = openKey(sealer, memberId, key);
  const step = stepOfCode(code, opened.text, now);
  if (step === undefined) return false;
  // Of several who give the same code at once, the first moves the step on and the others find it moved.
  const { rowCount } = await tx
    .update(totpFactors)
    .set({ lastStep: step, ...(opened.current ? {} : sealer.seal(opened.text, String(memberId))) })
    .where(
      and(
        eq(totpFactors.memberId, memberId),
        eq(totpFactors.confirmedAt, key.confirmedAt),
        lt(totpFactors.lastStep, step),
      ),
    );
  return rowCount === 1;
}

async function takeRecoveryCode(tx: Tx, memberId: MemberId, code: string, now: Date): Promise<boolean> {
  const { rowCount } = await tx
    .delete(recoveryCodes)
    .where(
      and(
        eq(recoveryCodes.memberId, memberId),
        eq(recoveryCodes.codeHash, recoveryCodeHash(String(memberId), code)),
      ),
    );
  if (rowCount !== 1) return false;
  await sendMail(tx, { to: memberId, mail: 'recovery-code-used', changedAt: now.toISOString() });
  return true;
}

/** The key of a member's app as the app has it. @throws when it cannot be read */
export function openKey(sealer: TextSealer, memberId: MemberId, key: SealedText): OpenedText {
  const opened = sealer.open(key, String(memberId));
  if (!opened)
    throw new Error(
      'The key of a second factor cannot be read: SECRET was changed, and SECRET_PREVIOUS does not hold the earlier one.',
    );
  return opened;
}
