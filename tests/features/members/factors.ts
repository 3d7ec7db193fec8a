// Members with two-step login, and the codes that their apps show.
import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { recoveryCodes, totpFactors } from '../../../src/db/schema/index.ts';
import { createFactorSealer } from '../../../src/features/members/commands/second-factor.ts';
import { newRecoveryCode, recoveryCodeHash } from '../../../src/lib/recovery-codes.ts';
import type { MemberRow } from '../../support/make.ts';
import { SECRET } from '../../support/forum.ts';

export interface Factors {
  /** In base32, as the app has it. */
  readonly key: string;
  readonly recovery: readonly string[];
}

/** Two-step login as turning it on would leave it, a day ago. */
export async function giveTwoStep({ db, clock }: FastifyInstance, { id }: MemberRow): Promise<Factors> {
  const key = new Secret({ size: 20 }).base32;
  const recovery = Array.from({ length: 10 }, newRecoveryCode);
  const yesterday = new Date(clock.now().getTime() - 24 * 3_600_000);
  await db.insert(totpFactors).values({
    memberId: id,
    ...createFactorSealer([SECRET]).seal(key, String(id)),
    createdAt: yesterday,
    confirmedAt: yesterday,
    lastStep: Math.floor(yesterday.getTime() / 30_000),
  });
  await db
    .insert(recoveryCodes)
    .values(recovery.map((code) => ({ memberId: id, codeHash: recoveryCodeHash(String(id), code) })));
  return { key, recovery };
}

/** What an app with this key shows at a moment. */
export function codeAt(key: string, at: Date): string {
  return new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: key }).generate({
    timestamp: at.getTime(),
  });
}

/** Six digits that no app with this key shows around a moment. */
export function wrongCode(key: string, at: Date): string {
  const near = [-60, -30, 0, 30, 60].map((s) => codeAt(key, new Date(at.getTime() + s * 1_000)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
}

/** The session cookie that an answer set: NAME=VALUE; undefined when it set none. */
export function cookieOf(answer: { readonly headers: object }): string | undefined {
  const set = [(answer.headers as { 'set-cookie'?: string | string[] })['set-cookie'] ?? []].flat();
  return set.find((cookie) => cookie.startsWith('session='))?.split(';', 1)[0];
}
