// Asking a browser for a passkey, and taking its answer: alike wherever it is asked for.
import type { FastifyRequest } from 'fastify';
import type { PasskeyPurpose } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { WINDOWS } from '../../domain/limits.ts';
import {
  creationOptions,
  type KnownPasskey,
  type MadePasskey,
  type RelyingParty,
  requestOptions,
  verifyCreation,
  verifyRequest,
} from '../../lib/webauthn.ts';
import { formBody, readText } from '../../web/forms.ts';
import { sessionHash } from '../../web/session-store.ts';
import { makeChallenge, takeChallenge } from './commands/passkey-challenges.ts';
import { noteUse } from './commands/passkeys.ts';
import { findPasskey } from './passkey-queries.ts';

type Making = Extract<PasskeyPurpose, 'sign-up' | 'add'>;
type Showing = Extract<PasskeyPurpose, 'sign-in' | 'prove'>;

/** Why an answer was not taken: none came, too late, it does not fit, the passkey is not known, or it is a copy. */
export type PasskeyRefusal = 'missing' | 'late' | 'unfit' | 'unknown' | 'copied';
export type Taken<What> =
  ({ readonly ok: true } & What) | { readonly ok: false; readonly refusal: PasskeyRefusal };

/** What the browser needs to make a passkey for an account. */
export async function askToMake(
  request: FastifyRequest,
  purpose: Making,
  account: { readonly handle: string; readonly name: string },
  known: readonly KnownPasskey[] = [],
) {
  const challenge = await challengeFor(request, purpose, account.handle);
  const party = partyOf(request);
  return creationOptions({ party, challenge, account, known, timeout: WINDOWS.passkeyChallenge });
}

/** What the browser needs to show a passkey. @param known of which; none: of whichever account */
export async function askToShow(
  request: FastifyRequest,
  purpose: Showing,
  known: readonly KnownPasskey[] = [],
) {
  const challenge = await challengeFor(request, purpose, null);
  return requestOptions({ party: partyOf(request), challenge, known, timeout: WINDOWS.passkeyChallenge });
}

/** The passkey that was made, out of the form that was sent. It belongs to nobody yet. */
export async function takeMade(
  request: FastifyRequest,
  purpose: Making,
): Promise<Taken<{ readonly made: MadePasskey; readonly handle: string }>> {
  const { readCreation } = await import('../../lib/webauthn-answers.ts');
  const answer = readCreation(sentPasskey(request));
  if (!answer) return refused('missing');
  const asked = await takeBack(request, purpose, answer.challenge);
  if (!asked?.handle) return refused('late');
  const made = await verifyCreation(answer, partyOf(request));
  return made ? { ok: true, made, handle: asked.handle } : refused('unfit');
}

/**
 * The member whose passkey was shown, out of the form that was sent. It shows two things by itself: that they have the
 * device, and that they are who opened it.
 */
export async function takeShown(
  request: FastifyRequest,
  purpose: Showing,
): Promise<Taken<{ readonly memberId: MemberId }>> {
  const { server, viewer } = request;
  const { readRequest } = await import('../../lib/webauthn-answers.ts');
  const answer = readRequest(sentPasskey(request));
  if (!answer) return refused('missing');
  if (!(await takeBack(request, purpose, answer.challenge))) return refused('late');
  const passkey = await findPasskey(server.db, answer.id);
  if (!passkey) return refused('unknown');
  const { id, memberId, handle } = passkey;
  if (purpose === 'prove' && !(viewer.kind === 'member' && viewer.id === memberId)) return refused('unknown');
  // Who chose among all accounts on a device says which; who was asked for known ones need not.
  const { userHandle } = answer.response;
  if (userHandle !== handle && (userHandle !== '' || purpose === 'sign-in')) return refused('unfit');
  const use = await verifyRequest(answer, partyOf(request), passkey);
  if (!use) return refused('unfit');
  const outcome = await server.db.transaction((tx) => noteUse(tx, id, use, server.clock.now()));
  if (outcome === 'used') return { ok: true, memberId };
  if (outcome === 'gone') return refused('unknown');
  request.log.warn({ memberId, passkeyId: id }, 'a passkey whose counter went back was refused');
  return refused('copied');
}

function refused(refusal: PasskeyRefusal) {
  return { ok: false, refusal } as const;
}

function sentPasskey({ body }: FastifyRequest): string {
  return readText(formBody(body), 'passkey');
}

async function challengeFor(
  request: FastifyRequest,
  purpose: PasskeyPurpose,
  handle: string | null,
): Promise<string> {
  const { session, server } = request;
  // A visitor has none yet: it begins, so that nobody else can answer.
  if (!session.loaded) await session.save();
  const facts = { sessionHash: sessionHash(session.sessionId), purpose, handle };
  return server.db.transaction((tx) => makeChallenge(tx, facts, server.clock.now()));
}

async function takeBack({ session, server }: FastifyRequest, purpose: PasskeyPurpose, challenge: string) {
  const facts = { sessionHash: sessionHash(session.sessionId), purpose, challenge };
  return server.db.transaction((tx) => takeChallenge(tx, facts, server.clock.now()));
}

/** In development the forum is reached as localhost or through a forwarded port; elsewhere there is one address. */
function partyOf({ server, protocol, host }: FastifyRequest): RelyingParty {
  const { production, siteUrl } = server.config;
  const url = (production ? null : URL.parse(`${protocol}://${host}`)) ?? new URL(siteUrl);
  return { id: url.hostname, origin: url.origin, name: server.site.current().settings.name };
}
