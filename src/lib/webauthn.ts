// WebAuthn: what a browser is asked for a passkey, and whether its answer is one. The library behind it is loaded when the
// first passkey is used: it takes 27 MB, and a forum may have none.
import { randomBytes } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { CreationAnswer, RequestAnswer } from './webauthn-answers.ts';

/** The site that passkeys are for. */
export interface RelyingParty {
  /** Its host name: a passkey works there and nowhere else. */
  readonly id: string;
  readonly origin: string;
  /** What people call it. */
  readonly name: string;
}

/** A passkey as a browser is told of it. */
export interface KnownPasskey {
  readonly credentialId: string;
  readonly transports: readonly string[];
}

/** What is to be kept of a new passkey. */
export interface MadePasskey extends KnownPasskey {
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly backedUp: boolean;
}

/** What a signature tells besides being right. */
export interface PasskeyUse {
  readonly counter: number;
  readonly backedUp: boolean;
}

/** EdDSA, ES256 and RS256 (COSE): what devices in use can make. */
const ALGORITHMS = [-8, -7, -257];
/** The longest that WebAuthn allows (4, "Credential ID": 1,023 bytes), in base64url; it is a key of a table. */
export const LONGEST_ID = 1_364;
const CHALLENGE_BYTES = 32;

/** A new challenge, or a new handle of somebody who will have passkeys. */
export function randomToken(): string {
  return randomBytes(CHALLENGE_BYTES).toString('base64url');
}

/** What a browser needs to make a passkey: one that finds its account by itself, and asks who is there. */
export async function creationOptions(facts: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly account: { readonly handle: string; readonly name: string };
  /** Whoever holds one of these makes no second one. */
  readonly known: readonly KnownPasskey[];
  readonly timeout: number;
}): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { party, challenge, account, known, timeout } = facts;
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  return generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    challenge: bytesOf(challenge),
    userID: bytesOf(account.handle),
    userName: account.name,
    userDisplayName: account.name,
    excludeCredentials: known.map(described),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestationType: 'none',
    timeout,
  });
}

/** What a browser needs to show a passkey. @param known which of them; none: whichever the person chooses */
export async function requestOptions(facts: {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly known: readonly KnownPasskey[];
  readonly timeout: number;
}): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { party, challenge, known, timeout } = facts;
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: bytesOf(challenge),
    allowCredentials: known.map(described),
    userVerification: 'required',
    timeout,
  });
}

/**
 * The passkey that was made: for this challenge, on this site, by a person who has shown the device who they are.
 * Undefined when any of it is not so.
 */
export async function verifyCreation(
  answer: CreationAnswer,
  { id, origin }: RelyingParty,
): Promise<MadePasskey | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  try {
    if (!(await isPlain(answer.response.attestationObject))) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: answer.challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || registrationInfo.credential.id.length > LONGEST_ID) return undefined;
    const { credential, credentialBackedUp: backedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports,
      backedUp,
    };
  } catch {
    // The library throws whatever it finds wrong, down to single bytes: to people all of it is one thing.
    return undefined;
  }
}

/** As above, of the signature of a passkey that is known. Whether its counter may be that, the forum's rules say. */
export async function verifyRequest(
  answer: RequestAnswer,
  { id, origin }: RelyingParty,
  { credentialId, publicKey }: { readonly credentialId: string; readonly publicKey: Buffer },
): Promise<PasskeyUse | undefined> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: answer.challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      // With its own it would refuse before it looks at the signature, which anybody could cause.
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
    });
    if (!verified) return undefined;
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return undefined;
  }
}

/** Whether nothing is attested, or by the passkey itself. Certificates were not asked for, and are a lot of code to read. */
async function isPlain(attestationObject: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const decoded = decodeAttestationObject(bytesOf(attestationObject));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

function described({ credentialId, transports }: KnownPasskey) {
  return { id: credentialId, transports: [...transports] };
}

function bytesOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(token, 'base64url'));
}
