// Where the secrets of two-step login must not be: in the tables, in pages, in mails, in the log. And what a change of
// SECRET does to them.
import { Writable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { buildApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { recoveryCodes, totpFactors } from '../../../src/db/schema/index.ts';
import { createFactorSealer } from '../../../src/features/members/commands/second-factor.ts';
import { Browser, type Page } from '../../support/browser.ts';
import { expect, SECRET, test } from '../../support/forum.ts';
import { codeAt, giveTwoStep } from './factors.ts';

const PASSWORD = 'a short sentence';
const NEXT_SECRET = 'the secret that came after it, also long';

function keyOn(page: Page): string {
  return (page.document.querySelector('code.key')?.textContent ?? '').replaceAll(' ', '');
}

test('the tables hold neither key nor codes, in any writing', async ({ as, clock, db }) => {
  const page = await (await (await as.member()).visit('/settings/two-step')).press('Set up');
  const key = keyOn(page);
  const sealed = JSON.stringify(await db.select().from(totpFactors));
  const done = await page.press('Turn on', { code: codeAt(key, clock.now()) });
  const codes = [...done.document.querySelectorAll('.codes code')].map((code) => code.textContent ?? '');
  expect(codes).toHaveLength(10);
  const stored =
    sealed +
    JSON.stringify(await db.select().from(totpFactors)) +
    JSON.stringify(await db.select().from(recoveryCodes)) +
    JSON.stringify(await db.query.sessions.findMany());
  const bytes = Buffer.from(key);
  for (const secret of [
    key,
    bytes.toString('hex'),
    bytes.toString('base64url'),
    ...codes,
    ...codes.map((code) => code.replaceAll('-', '')),
  ])
    expect(stored.toLowerCase()).not.toContain(secret.toLowerCase());
});

test('the key opens for its member and with the secret of this forum alone', async ({ app, db, make }) => {
  const [one, other] = [await make.member(), await make.member()];
  const { key } = await giveTwoStep(app, one);
  const [row] = await db.select().from(totpFactors).where(eq(totpFactors.memberId, one.id));
  expect(createFactorSealer([SECRET]).open(row!, String(one.id))?.text).toBe(key);
  expect(createFactorSealer([SECRET]).open(row!, String(other.id))).toBeUndefined();
  expect(createFactorSealer([NEXT_SECRET]).open(row!, String(one.id))).toBeUndefined();
});

test("a key that was copied into another's row is a fault, and lets nobody in", async ({
  app,
  as,
  clock,
  db,
  make,
  expectFaults,
}) => {
  const thief = await make.member({ name: 'thief', password: PASSWORD });
  const victim = await make.member({ name: 'diana_f', password: PASSWORD });
  const own = await giveTwoStep(app, thief);
  await giveTwoStep(app, victim);
  const [row] = await db.select().from(totpFactors).where(eq(totpFactors.memberId, thief.id));
  await db.update(totpFactors).set({ box: row!.box }).where(eq(totpFactors.memberId, victim.id));
  const browser = as.visitor();
  await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  expect((await browser.post('/sign-in/code', { code: codeAt(own.key, clock.now()) })).status).toBe(500);
  expect((await browser.get('/settings')).status).toBe(303);
  expectFaults('The key of a second factor cannot be read');
});

test('after SECRET was changed, SECRET_PREVIOUS reads what it encrypted, and a login encrypts it anew', async ({
  forum,
  app,
  clock,
  db,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const { key } = await giveTwoStep(app, member);
  const logIn = async (config: { secretPrevious: string[] }) => {
    clock.advance({ minutes: 1 });
    const changed = await forum.build({ secret: NEXT_SECRET, config });
    await changed.ready();
    const browser = new Browser(changed);
    await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
    const answer = await browser.post('/sign-in/code', { code: codeAt(key, clock.now()) });
    await changed.close();
    return answer.headers.location;
  };
  const [before] = await db.select().from(totpFactors);
  expect(await logIn({ secretPrevious: ['some secret from even longer ago', SECRET] })).toBe('/');
  const [after] = await db.select().from(totpFactors);
  expect(after?.keyId).not.toBe(before?.keyId);
  expect(createFactorSealer([NEXT_SECRET]).open(after!, String(member.id))).toEqual({
    text: key,
    current: true,
  });
  // Now the earlier one may be forgotten.
  expect(await logIn({ secretPrevious: [] })).toBe('/');
});

test('with the old secret forgotten too early, the log says why, and a recovery code still opens', async ({
  forum,
  app,
  clock,
  make,
  expectFaults,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const { key, recovery } = await giveTwoStep(app, member);
  const changed = await forum.build({ secret: NEXT_SECRET });
  await changed.ready();
  const browser = new Browser(changed);
  await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  expect((await browser.post('/sign-in/code', { code: codeAt(key, clock.now()) })).status).toBe(500);
  expect((await browser.post('/sign-in/code', { recovery: recovery[0]! })).headers.location).toBe('/');
  // There too it is turned off, and on again with a key that can be read.
  expect((await browser.post('/settings/two-step/off', { recovery: recovery[1]! })).status).toBe(303);
  expectFaults('SECRET_PREVIOUS does not hold the earlier one');
  await changed.close();
});

test('no page but the one that sets it up shows the key, no page but one the codes, no line of the log and no mail any of it', async ({
  forum,
  clock,
  make,
  drain,
  mails,
}) => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const { connection, markdown, passwords, mailbox, views } = forum;
  const app = await buildApp({
    config: { ...readConfig({}) },
    secret: SECRET,
    db: connection.db,
    pool: connection.pool,
    clock,
    markdown,
    passwords,
    mailer: mailbox,
    views,
    logger: { level: 'trace', stream },
  });
  await app.ready();
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = new Browser(app);
  await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const setUp = await (await browser.visit('/settings/two-step')).press('Set up');
  const key = keyOn(setUp);
  const first = codeAt(key, clock.now());
  const on = await setUp.press('Turn on', { code: first });
  const codes = [...on.document.querySelectorAll('.codes code')].map((code) => code.textContent ?? '');
  expect(on.html).not.toContain(key);
  clock.advance({ minutes: 1 });
  const second = codeAt(key, clock.now());
  const again = new Browser(app);
  await again.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const pages: string[] = [];
  for (const fields of [{ code: first }, { recovery: codes[0]! }] as const)
    pages.push((await again.post('/sign-in/code', fields)).text);
  pages.push((await again.post('/sign-in/code', { code: second })).text);
  for (const path of ['/settings', '/settings/two-step', '/confirm-identity', '/', '/u/diana_f'])
    pages.push((await again.visit(path)).html);
  pages.push((await again.post('/settings/two-step/off', { code: first, recovery: '' })).text);
  await drain();
  const said = [...pages, ...mails().flatMap(({ text, html }) => [text, html])].join('\n');
  expect(mails().length).toBeGreaterThan(1);
  expect(lines.join('')).toContain('"path":"/sign-in/code"');
  for (const secret of [key, key.replace(/(.{4})(?!$)/g, '$1 '), ...codes]) {
    expect(said).not.toContain(secret);
    expect(lines.join('')).not.toContain(secret);
  }
  for (const code of [first, second]) expect(lines.join('')).not.toContain(`"${code}`);
  await app.close();
});
