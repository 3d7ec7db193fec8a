// New members who sign up where a suspended member was: before the moderators, and kept from nothing.
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../../../src/db/connection.ts';
import {
  memberBrowsers,
  members,
  queueItems,
  sanctions,
  signUpTraces,
} from '../../../src/db/schema/index.ts';
import { DAY } from '../../../src/domain/times.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test as base } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { askToMake, HERE, ORIGIN } from '../members/passkeys.ts';
import { sanction } from '../members/sanctions.ts';
import { putMemberInQueue } from './rows.ts';

const PASSWORD = 'the old sentence';
const HOME = { 'x-forwarded-for': '203.0.113.9' };
const NEXT_DOOR = { 'x-forwarded-for': '203.0.113.77' };
const ELSEWHERE = { 'x-forwarded-for': '198.51.100.4' };

/** An application that believes the address that a test gives. */
const test = base.extend<{ proxied: FastifyInstance }>({
  proxied: async ({ forum, app }, use) => {
    void app;
    const proxied = await forum.build({ config: { trustProxy: ['127.0.0.1'] } });
    await proxied.ready();
    await use(proxied);
    await proxied.close();
  },
});

async function logIn(app: FastifyInstance, name: string, from: Record<string, string>): Promise<Browser> {
  const browser = new Browser(app);
  const { status } = await browser.post('/sign-in', { name, password: PASSWORD }, from);
  expect(status).toBe(303);
  return browser;
}

async function signUp(browser: Browser, name: string, from: Record<string, string>): Promise<void> {
  const sent = { name, email: `${name}@example.org`, password: 'another sentence', rules: '1' };
  const { status } = await browser.post('/sign-up', sent, from);
  expect(status).toBe(303);
}

async function suspend(db: Database, member: MemberRow, now: Date, days = 3): Promise<void> {
  await sanction(db, member, 'suspension', { startsAt: now, endsAt: new Date(now.getTime() + days * DAY) });
}

function traces(db: Database) {
  return db
    .select({ name: members.name, trace: signUpTraces.trace })
    .from(signUpTraces)
    .innerJoin(members, eq(members.id, signUpTraces.memberId))
    .orderBy(members.name, signUpTraces.trace);
}

const newcomers = (db: Database) => db.select().from(queueItems).where(eq(queueItems.kind, 'newcomer'));

test('in the same browser, from the same network, from elsewhere', async ({
  proxied,
  make,
  db,
  clock,
  drain,
  as,
}) => {
  const suspended = await make.member({ name: 'trouble', password: PASSWORD });
  const browser = await logIn(proxied, 'trouble', HOME);
  await suspend(db, suspended, clock.now());
  await browser.post('/sign-out');
  await signUp(browser, 'by_browser', ELSEWHERE);
  await signUp(new Browser(proxied), 'by_address', NEXT_DOOR);
  await signUp(new Browser(proxied), 'by_neither', { 'x-forwarded-for': '192.0.2.1' });
  await drain();
  expect(await traces(db)).toEqual([
    { name: 'by_address', trace: 'address' },
    { name: 'by_browser', trace: 'browser' },
  ]);
  expect(await newcomers(db)).toHaveLength(2);
  // Nothing is kept from them.
  const page = await (await as.moderator()).visit('/moderation/members/by_browser');
  expect(page.main).toContain('Signed up in the same browser as trouble, who was suspended.');
  const other = await (await as.moderator()).visit('/moderation/members/trouble');
  expect(other.main).toContain('by_address signed up from the same network as this member');
});

test('one item a newcomer, however many were suspended there, and however often it is looked into', async ({
  proxied,
  make,
  db,
  clock,
  drain,
}) => {
  const browser = new Browser(proxied);
  for (const name of ['one', 'two', 'three']) {
    const suspended = await make.member({ name, password: PASSWORD });
    await browser.post('/sign-in', { name, password: PASSWORD }, HOME);
    await suspend(db, suspended, clock.now());
    await browser.post('/sign-out');
  }
  await signUp(browser, 'newcomer', HOME);
  await drain();
  expect(await traces(db)).toHaveLength(6);
  expect(await newcomers(db)).toMatchObject([{ version: 1, closedAt: null }]);
});

test('a suspension that is over, a silence and a lifted suspension leave no trace', async ({
  proxied,
  make,
  db,
  clock,
  drain,
}) => {
  const start = clock.now();
  const endsAt = new Date(start.getTime() + DAY);
  const [over, silenced, lifted] = await Promise.all(
    ['over', 'silenced', 'lifted'].map((name) => make.member({ name, password: PASSWORD })),
  );
  if (!over || !silenced || !lifted) throw new Error('nobody was made');
  const browser = new Browser(proxied);
  for (const { name } of [over, silenced, lifted]) {
    await browser.post('/sign-in', { name, password: PASSWORD }, HOME);
    await browser.post('/sign-out');
  }
  await sanction(db, over, 'suspension', { startsAt: start, endsAt });
  clock.advance({ hours: 24 });
  const now = clock.now();
  await sanction(db, silenced, 'silence', { startsAt: now, endsAt: null });
  await sanction(db, lifted, 'suspension', { startsAt: now, endsAt: null });
  await db
    .update(sanctions)
    .set({ liftedAt: now, liftedById: null })
    .where(eq(sanctions.memberId, lifted.id));
  await signUp(browser, 'newcomer', HOME);
  await drain();
  expect(await traces(db)).toEqual([]);
  expect(await newcomers(db)).toEqual([]);
});

test('by a passkey it is looked into as well', async ({ make, db, clock, drain, as, app }) => {
  const suspended = await make.member({ name: 'trouble', password: PASSWORD });
  const browser = await logIn(app, 'trouble', {});
  await suspend(db, suspended, clock.now());
  await browser.post('/sign-out');
  const typed = { name: 'newcomer', email: 'n@example.org', rules: '1', next: '/' };
  const options = await askToMake(browser, '/sign-up/passkey', typed);
  const passkey = new Authenticator(ORIGIN).create(options);
  expect((await browser.post('/sign-up/passkey', { ...typed, passkey }, HERE)).status).toBe(303);
  await drain();
  expect(await traces(db)).toEqual([
    { name: 'newcomer', trace: 'address' },
    { name: 'newcomer', trace: 'browser' },
  ]);
  expect((await (await as.moderator()).visit('/moderation/members/newcomer')).main).toContain('network');
});

test('the cookie is random, opens nothing, and its hash goes a month after the last session', async ({
  app,
  make,
  db,
  clock,
  drain,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const trouble = await make.member({ name: 'trouble', password: PASSWORD });
  const browser = new Browser(app);
  expect((await browser.get('/')).headers['set-cookie']).toBeUndefined();
  const answer = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const given = [answer.headers['set-cookie'] ?? []].flat().find((cookie) => cookie.startsWith('browser='));
  expect(given).toMatch(/^browser=[\w-]{32}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
  const [row] = await db.select().from(memberBrowsers);
  expect(row?.browserHash).toMatch(/^[0-9a-f]{64}$/);
  expect(given).not.toContain(row?.browserHash);
  const thief = new Browser(app, given?.split(';')[0]);
  expect((await thief.visit('/settings')).url).toContain('/sign-in');

  await logIn(app, 'trouble', {});
  await suspend(db, trouble, clock.now(), 60);
  clock.advance({ hours: 31 * 24 });
  await drainSweep(db, drain);
  expect(await db.select({ id: memberBrowsers.memberId }).from(memberBrowsers)).toEqual([{ id: trouble.id }]);
  clock.advance({ hours: 30 * 24 });
  await drainSweep(db, drain);
  expect(await db.select().from(memberBrowsers)).toEqual([]);
});

test('what was found is swept a month later, unless the suspension lasts', async ({
  make,
  db,
  clock,
  drain,
}) => {
  const [first, second, newcomer] = [await make.member(), await make.member(), await make.member()];
  await suspend(db, first, clock.now(), 3);
  await suspend(db, second, clock.now(), 60);
  await putMemberInQueue(db, newcomer.id, 'newcomer');
  const at = clock.now();
  await db.insert(signUpTraces).values(
    [first, second].map(({ id }) => ({
      memberId: newcomer.id,
      suspendedId: id,
      trace: 'browser' as const,
      at,
    })),
  );
  clock.advance({ hours: 31 * 24 });
  await db.transaction((tx) => enqueue(tx, 'sweep-traces', {}));
  await drain();
  expect(await db.select({ id: signUpTraces.suspendedId }).from(signUpTraces)).toEqual([{ id: second.id }]);
});

async function drainSweep(db: Database, drain: () => Promise<void>): Promise<void> {
  await db.transaction((tx) => enqueue(tx, 'sweep-sessions', {}));
  await drain();
}
