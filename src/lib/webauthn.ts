// WebAuthn: what a browser is asked for a passkey, and whether its answer is one. The library behind it is loaded when the
// first passkey is used: it takes 27 MB, and a forum may have none.
import { randomBytes } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';

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

/** What a browser answered, in its shape; nothing of it is checked yet. */
export interface Answer<Response> {
  readonly id: string;
  readonly rawId: string;
  readonly type: 'public-key';
  readonly clientExtensionResults: Record<string, never>;
  readonly response: Response;
  /** What it says that it signed. */
  readonly challenge: string;
}
export type CreationAnswer = Answer<z.infer<typeof creation>>;
export type RequestAnswer = Answer<z.infer<typeof request>>;

/** EdDSA, ES256 and RS256 (COSE): what devices in use can make. */
const ALGORITHMS = [-8, -7, -257];
const CHALLENGE_BYTES = 32;
/** The longest that WebAuthn allows (4, "Credential ID": 1,023 bytes), in base64url; it is a key of a table. */
const LONGEST_ID = 1_364;
/** Answers have some 1,000 characters; RSA keys and certificates make them longer. Nothing larger is looked at. */
const LONGEST_ANSWER = 16_384;
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

const base64url = z.string().regex(/^[\w-]+$/);
const creation = z.object({
  clientDataJSON: base64url,
  attestationObject: base64url,
  transports: z
    .array(z.string())
    .transform((given) => TRANSPORTS.filter((known) => given.includes(known)))
    .default([]),
});
const request = z.object({
  clientDataJSON: base64url,
  authenticatorData: base64url,
  signature: base64url,
  userHandle: z
    .string()
    .regex(/^[\w-]*$/)
    .nullish()
    .transform((handle) => handle ?? ''),
});
const outside = z.object({ id: base64url.max(LONGEST_ID), rawId: base64url, type: z.literal('public-key') });
const clientData = z.object({ challenge: z.string() });

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

/** The answer of a browser that was to make a passkey; undefined when the text is none. */
export function readCreation(text: string): CreationAnswer | undefined {
  return readAnswer(text, creation);
}

/** The answer of a browser that was to show a passkey; undefined when the text is none. */
export function readRequest(text: string): RequestAnswer | undefined {
  return readAnswer(text, request);
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

function readAnswer<Response extends { readonly clientDataJSON: string }>(
  text: string,
  shape: z.ZodType<Response>,
): Answer<Response> | undefined {
  const sent = text.length > LONGEST_ANSWER ? undefined : parsed(text);
  const read = outside.extend({ response: shape }).safeParse(sent);
  if (!read.success) return undefined;
  const { clientDataJSON } = read.data.response;
  const said = clientData.safeParse(parsed(Buffer.from(clientDataJSON, 'base64url').toString()));
  if (!said.success) return undefined;
  return { ...read.data, clientExtensionResults: {}, challenge: said.data.challenge };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function described({ credentialId, transports }: KnownPasskey) {
  return { id: credentialId, transports: [...transports] };
}

function bytesOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(token, 'base64url'));
}
