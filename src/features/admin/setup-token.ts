// The key to /setup. Derived from the secret, so that every process knows it and nothing has to be stored; it opens
// nothing once there is an admin.
import { createHmac, timingSafeEqual } from 'node:crypto';

const LENGTH = 32;

/** 32 hexadecimal digits (128 bits), for the address that the log shows while the forum has no admin. */
export function setupToken(secret: string): string {
  return createHmac('sha256', secret).update('setup').digest('hex').slice(0, LENGTH);
}

/** Compared in constant time: how far a guess was right must not show in how long the answer took. */
export function isSetupToken(given: string, secret: string): boolean {
  const expected = Buffer.from(setupToken(secret));
  const candidate = Buffer.from(given);
  return candidate.length === expected.length && timingSafeEqual(candidate, expected);
}
