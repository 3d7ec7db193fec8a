// Digests that only this forum can make: by them a text is known again that is not kept, and cannot be found by trying
// all likely ones.
import { createHmac, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;

/** @param label what the texts are: under another label they have other digests */
export function keyedDigest(secret: string, label: string, text: string): string {
  // HKDF (RFC 5869): the secret signs and seals other things too, and no two of these may share a key.
  const key = Buffer.from(hkdfSync('sha256', secret, '', `${label} digest`, KEY_BYTES));
  return createHmac('sha256', key).update(text).digest('base64url');
}
