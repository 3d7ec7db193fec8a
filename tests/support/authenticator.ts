// A device with passkeys, in software: it makes them and signs with them as WebAuthn says, and on demand not quite so.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface CreationOptions {
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly challenge: string;
  readonly excludeCredentials: readonly { readonly id: string }[];
  readonly authenticatorSelection: object;
  readonly attestation: string;
  readonly timeout: number;
}
export interface RequestOptions {
  readonly rpId: string;
  readonly challenge: string;
  readonly allowCredentials: readonly { readonly id: string }[];
  readonly userVerification: string;
  readonly timeout: number;
}

/** What it does otherwise than it should. */
export interface Quirks {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  /** Null: none is sent. */
  readonly userHandle?: string | null;
  readonly counter?: number;
  readonly credentialId?: string;
  readonly backedUp?: boolean;
  /** Somebody else's key. */
  readonly signWith?: KeyObject;
  readonly attestation?: readonly [format: string, statement: Cbor];
  readonly transports?: unknown;
}

type Cbor = number | string | Buffer | Map<number | string, Cbor> | readonly Cbor[];

export class Authenticator {
  readonly credentialId = randomBytes(32).toString('base64url');
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  /** How often it has signed; it stays 0 in those that do not count. */
  counter = 0;
  handle = '';

  /** @param origin of the page that it is used on */
  constructor(origin: string) {
    this.#origin = origin;
  }

  get privateKey(): KeyObject {
    return this.#keys.privateKey;
  }

  /** Its public key as a COSE_Key (RFC 9053, 7.1.1): ES256 on P-256. */
  get publicKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return encode(
      new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]),
    );
  }

  /** Its answer when it is to make a passkey, as the browser's script sends it. */
  create(options: CreationOptions, quirks: Quirks = {}): string {
    this.handle = options.user.id;
    const { credentialId = this.credentialId, attestation = ['none', new Map()] } = quirks;
    const id = Buffer.from(credentialId, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, this.publicKey]);
    const authData = Buffer.concat([this.#data(options.rp.id, AT, quirks), credential]);
    const [fmt, attStmt] = attestation;
    const attestationObject = encode(
      new Map<string, Cbor>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', authData],
      ]),
    );
    return this.#answer(quirks, {
      clientDataJSON: this.#clientData('webauthn.create', options.challenge, quirks).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: quirks.transports ?? ['internal', 'hybrid'],
    });
  }

  /** Its answer when it is to show its passkey. */
  get(options: RequestOptions, quirks: Quirks = {}): string {
    const clientData = this.#clientData('webauthn.get', options.challenge, quirks);
    const authData = this.#data(options.rpId, 0, quirks);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    const { userHandle = this.handle, signWith = this.privateKey } = quirks;
    return this.#answer(quirks, {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, signWith).toString('base64url'),
      ...(userHandle !== null && { userHandle }),
    });
  }

  #answer({ credentialId: id = this.credentialId }: Quirks, response: object): string {
    const outside = { id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform' };
    return JSON.stringify({ ...outside, response, clientExtensionResults: {} });
  }

  #clientData(usual: string, asked: string, quirks: Quirks): Buffer {
    const { type = usual, challenge = asked, origin = this.#origin } = quirks;
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #data(asked: string, more: number, quirks: Quirks): Buffer {
    const { rpId = asked, userPresent = true, userVerified = true, backedUp = false } = quirks;
    const { counter = this.counter } = quirks;
    const flags = (userPresent ? UP : 0) | (userVerified ? UV : 0) | (backedUp ? BE | BS : 0) | more;
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counted]);
  }
}

/** Flags of authenticator data (WebAuthn, 6.1). */
const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

/** CBOR (RFC 8949), as much of it as is needed. */
function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const pairs = [...value].flatMap(([key, held]) => [encode(key), encode(held)]);
    return Buffer.concat([head(5, value.size), ...pairs]);
  }
  return Buffer.concat([head(4, value.length), ...value.map(encode)]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
