// Keys that only this forum can make: an id with a seal over it. What stores the id stores nothing that opens anything.
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * @param purpose what the key is for: one of another purpose does not open this
 * @returns the id and its seal (HMAC-SHA-256), for an address
 */
export function sealedKey(secret: string, purpose: string, id: string): string {
  return `${id}.${sealOf(secret, purpose, id)}`;
}

/** The id of a key that was made with this secret for this purpose; undefined for every other text. */
export function openSealedKey(secret: string, purpose: string, key: unknown): string | undefined {
  const [, id, seal] = typeof key === 'string' ? (/^([\w-]{1,64})\.([\w-]{43})$/.exec(key) ?? []) : [];
  if (id === undefined || seal === undefined) return undefined;
  // In constant time: how far a guess was right must not show in how long the answer took.
  return timingSafeEqual(Buffer.from(seal), Buffer.from(sealOf(secret, purpose, id))) ? id : undefined;
}

function sealOf(secret: string, purpose: string, id: string): string {
  return createHmac('sha256', secret).update(`${purpose}\n${id}`).digest('base64url');
}
