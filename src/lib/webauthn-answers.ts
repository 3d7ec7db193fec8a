// What a browser answers when it was asked for a passkey: read out of its form, and of the shape that it must have. Loaded
// with the first passkey, as what reads it is large.
import { z } from 'zod';
import { LONGEST_ID } from './webauthn.ts';

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

/** The answer of a browser that was to make a passkey; undefined when the text is none. */
export function readCreation(text: string): CreationAnswer | undefined {
  return readAnswer(text, creation);
}

/** The answer of a browser that was to show a passkey; undefined when the text is none. */
export function readRequest(text: string): RequestAnswer | undefined {
  return readAnswer(text, request);
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
