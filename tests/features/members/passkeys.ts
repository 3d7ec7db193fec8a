// Members with passkeys, and browsers that ask for them as the script does.
import type { FastifyInstance } from 'fastify';
import { passkeyHandles, passkeys } from '../../../src/db/schema/index.ts';
import { randomToken } from '../../../src/lib/webauthn.ts';
import {
  Authenticator,
  type CreationOptions,
  type Quirks,
  type RequestOptions,
} from '../../support/authenticator.ts';
import type { Browser } from '../../support/browser.ts';
import type { MemberRow } from '../../support/make.ts';

/** The address at which these browsers reach the forum. */
const HOST = 'forum.example';
export const ORIGIN = `http://${HOST}`;
export const HERE = { host: HOST };

type Fields = Readonly<Record<string, string>>;
type Answer = Awaited<ReturnType<Browser['post']>>;

/** A passkey as adding it would leave it, a day ago. */
export async function givePasskey(
  { db, clock }: FastifyInstance,
  { id }: MemberRow,
  facts: Partial<typeof passkeys.$inferInsert> = {},
): Promise<Authenticator> {
  const device = new Authenticator(ORIGIN);
  const [row] = await db
    .insert(passkeyHandles)
    .values({ memberId: id, handle: randomToken() })
    .onConflictDoUpdate({ target: passkeyHandles.memberId, set: { memberId: id } })
    .returning();
  device.handle = row?.handle ?? '';
  device.counter = facts.counter ?? 0;
  await db.insert(passkeys).values({
    memberId: id,
    credentialId: device.credentialId,
    publicKey: device.publicKey,
    counter: 0,
    transports: ['internal'],
    label: 'Laptop',
    backedUp: false,
    createdAt: new Date(clock.now().getTime() - 24 * 3_600_000),
    ...facts,
  });
  return device;
}

/** As the script sends it. */
export async function ask(browser: Browser, path: string, fields: Fields = {}): Promise<Answer> {
  return browser.post(`${path}/options`, fields, { ...HERE, accept: 'application/json' });
}

/** What the browser is to make. */
export async function askToMake(
  browser: Browser,
  path: string,
  fields: Fields = {},
): Promise<CreationOptions> {
  const answer = await ask(browser, path, fields);
  if (answer.status !== 200) throw new Error(`${path}/options was answered with ${answer.status}`);
  return answer.body as CreationOptions;
}

/** What the browser is to show. */
export async function askToShow(browser: Browser, path: string): Promise<RequestOptions> {
  const answer = await ask(browser, path);
  if (answer.status !== 200) throw new Error(`${path}/options was answered with ${answer.status}`);
  return answer.body as RequestOptions;
}

/** Logs in, or tries to. */
export async function logInBy(browser: Browser, device: Authenticator, quirks: Quirks = {}): Promise<Answer> {
  const options = await askToShow(browser, '/sign-in/passkey');
  return browser.post('/sign-in/passkey', { passkey: device.get(options, quirks) }, HERE);
}
