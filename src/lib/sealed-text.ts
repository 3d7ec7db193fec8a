// Texts that only this forum can read, for what is stored and has to be read again: AES-256-GCM under a key made of the
// forum's secret. A changed secret makes another key; what an earlier one sealed is opened as long as that one is named.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface SealedText {
  /** Which key sealed it. Tells nothing about the key. */
  readonly keyId: string;
  /** Nonce, encrypted text and tag, in base64url. */
  readonly box: string;
}

export interface OpenedText {
  readonly text: string;
  /** False: an earlier secret sealed it, which is to be forgotten some day. Seal it again. */
  readonly current: boolean;
}

export interface TextSealer {
  /** @param owner whose text it is: moved into another's row it does not open */
  seal(text: string, owner: string): SealedText;
  /** @returns undefined when it was sealed with a secret that is not known, for another owner, or has been changed */
  open(sealed: SealedText, owner: string): OpenedText | undefined;
}

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 9;
/** Random: of one key a forum seals far fewer texts than the 2^32 up to which NIST SP 800-38D (8.3) allows that. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param label what the texts are: those of another label do not open
 * @param secrets the forum's secret, then the earlier ones
 */
export function createTextSealer(label: string, secrets: readonly [string, ...string[]]): TextSealer {
  const [first, ...others] = secrets;
  const current = keyOf(first, label);
  const keys = [current, ...others.map((secret) => keyOf(secret, label))];
  return {
    seal(text, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, current.bytes, nonce).setAAD(Buffer.from(owner));
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const box = Buffer.concat([nonce, encrypted, cipher.getAuthTag()]).toString('base64url');
      return { keyId: current.id, box };
    },
    open({ keyId, box }, owner) {
      const key = keys.find(({ id }) => id === keyId);
      const text = key && decrypt(key, Buffer.from(box, 'base64url'), owner);
      return text === undefined ? undefined : { text, current: key === current };
    },
  };
}

function decrypt({ bytes }: Key, box: Buffer, owner: string): string | undefined {
  if (box.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, bytes, box.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(owner))
    .setAuthTag(box.subarray(-TAG_BYTES));
  const text = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** HKDF (RFC 5869): the secret signs and seals other things too, and no two of these may share a key. */
function keyOf(secret: string, label: string): Key {
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `${label} ${what}`, bytes));
  return { id: derive('key id', KEY_ID_BYTES).toString('base64url'), bytes: derive('key', KEY_BYTES) };
}
