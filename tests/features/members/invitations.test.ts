// Invitations: who makes them, what they open and what not, and the tree that everybody can see.
import { eq, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../../../src/db/connection.ts';
import { invitations, members, settings } from '../../../src/db/schema/index.ts';
import type { SignUpMode } from '../../../src/domain/settings.ts';
import { sealedKey } from '../../../src/lib/sealed-key.ts';
import type { Browser, Page } from '../../support/browser.ts';
import { expect, SECRET, test } from '../../support/forum.ts';
import { Authenticator } from '../../support/authenticator.ts';
import type { MemberRow } from '../../support/make.ts';
import { ask, askToMake, HERE, ORIGIN } from './passkeys.ts';
import { sanction } from './sanctions.ts';

const PAGE = '/settings/invitations';
const FILLED = { email: 'new@example.org', password: 'three odd words', rules: true };

async function setMode(app: FastifyInstance, signUp: SignUpMode) {
  await app.db
    .update(settings)
    .set({ values: sql`${settings.values} || ${JSON.stringify({ signUp })}::jsonb` });
  await app.site.refresh();
}

/** The links of a page of invitations, as paths. */
function linksOn(page: Page): string[] {
  return [...page.document.querySelectorAll('input[readonly][id^="link-"]')].map((field) => {
    const { pathname, search } = new URL(field.getAttribute('value') ?? '');
    return pathname + search;
  });
}

async function inviteBy(browser: Browser, note = ''): Promise<string> {
  const page = await (await browser.visit(PAGE)).press('Make an invitation', { note });
  return linksOn(page)[0]!;
}

async function memberNames(db: Database): Promise<string[]> {
  const rows = await db.select({ name: members.name }).from(members).orderBy(members.id);
  return rows.map(({ name }) => name);
}

/** Has joined by an invitation of another. */
async function brought(db: Database, by: MemberRow, joined: MemberRow) {
  const at = joined.joinedAt;
  await db.insert(invitations).values({
    id: joined.name,
    invitedById: by.id,
    createdAt: at,
    expiresAt: at,
    usedAt: at,
    joinedId: joined.id,
  });
}

test('a member invites, somebody joins by the link, and it stands in public', async ({ app, as, make }) => {
  await setMode(app, 'invitation');
  const inviter = await make.member({ name: 'kevin_h' });
  const browser = await as.member(inviter);
  const made = await (await browser.visit(PAGE)).press('Make an invitation', { note: ' for  Anna ' });
  expect(made.main).toContain('Here is your invitation.');
  expect(made.main).toContain('for Anna');
  expect(made.main).toContain('1 of 15 are open.');

  const form = await as.visitor().visit(linksOn(made)[0]!);
  expect(form.main).toContain('kevin_h invites you.');
  const joined = await form.press('Create account', { name: 'anna_b', ...FILLED });
  expect(joined.url).toBe('/');

  const after = await browser.visit(PAGE);
  expect(linksOn(after)).toEqual([]);
  expect(after.main).toContain('Who came\nanna_b');
  const visitor = as.visitor();
  expect((await visitor.visit('/u/anna_b')).main).toContain('invited by kevin_h');
  const tree = await (await visitor.visit('/u/kevin_h')).follow('Invited others');
  expect(tree.main).toContain('Who came by kevin_h');
  expect(tree.main).toContain('anna_b');
  expect(tree.html).not.toContain('Anna');
});

test.for([
  ['open', false, true],
  ['open', true, true],
  ['invitation', false, false],
  ['invitation', true, true],
  ['closed', false, false],
  ['closed', true, false],
] as const)(
  'while sign-up is %s, invited: %s, joining works: %s',
  async ([mode, invited, works], { app, as, db }) => {
    const link = await inviteBy(await as.member());
    await setMode(app, mode);
    const url = new URL(invited ? link : '/sign-up', 'http://x');
    const form = await as.visitor().visit(url.pathname + url.search);
    expect(form.document.querySelector('form[action="/sign-up"]') !== null).toBe(works);
    const body = { name: 'anna_b', ...FILLED, rules: '1', key: url.searchParams.get('key') ?? '' };
    const answer = await as.visitor().post('/sign-up', body);
    expect(answer.status).toBe(works ? 303 : 403);
    expect((await memberNames(db)).includes('anna_b')).toBe(works);
  },
);

test.for([
  ['without one', 'New members come by invitation.'],
  ['one that nobody made', 'This invitation cannot be used'],
  ['one with another seal', 'This invitation cannot be used'],
  ['a used one', 'This invitation cannot be used'],
  ['one that ran out', 'This invitation cannot be used'],
  ['one that was taken back', 'This invitation cannot be used'],
  ['one of somebody suspended', 'This invitation cannot be used'],
  ['one of somebody who is gone', 'This invitation cannot be used'],
] as const)(
  'by invitation only, %s lets nobody in',
  async ([which, reason], { app, as, make, db, clock }) => {
    await setMode(app, 'invitation');
    const inviter = await make.member({ name: 'kevin_h' });
    const browser = await as.member(inviter);
    let link = await inviteBy(browser);
    switch (which) {
      case 'without one':
        link = '/sign-up';
        break;
      case 'one that nobody made':
        link = `/sign-up?key=${sealedKey(SECRET, 'invitation', 'AAAAAAAAAAAAAAAAAAAAAA')}`;
        break;
      case 'one with another seal': {
        const [row] = await db.select({ id: invitations.id }).from(invitations);
        link = `/sign-up?key=${sealedKey(SECRET, 'confirm', row!.id)}`;
        break;
      }
      case 'a used one':
        await (await as.visitor().visit(link)).press('Create account', { name: 'first_one', ...FILLED });
        break;
      case 'one that ran out':
        clock.advance({ days: 14 });
        break;
      case 'one that was taken back':
        await (await browser.visit(PAGE)).press('Take back the invitation');
        break;
      case 'one of somebody suspended':
        await sanction(db, inviter, 'suspension', { startsAt: clock.now(), endsAt: null });
        break;
      case 'one of somebody who is gone':
        await db.delete(members).where(eq(members.id, inviter.id));
        break;
    }
    const before = await memberNames(db);
    const page = await as.visitor().visit(link);
    expect(page.main).toContain(reason);
    expect(page.document.querySelector('form[action="/sign-up"]')).toBeNull();
    const key = new URL(link, 'http://x').searchParams.get('key') ?? '';
    const answer = await as.visitor().post('/sign-up', { name: 'anna_b', ...FILLED, rules: '1', key });
    expect(answer.status).toBe(403);
    expect(await memberNames(db)).toEqual(before);
  },
);

test('of two who come by one link at once one joins', async ({ app, as, db }) => {
  await setMode(app, 'invitation');
  const link = await inviteBy(await as.member());
  const key = new URL(link, 'http://x').searchParams.get('key')!;
  const answers = await Promise.all(
    ['anna_b', 'omar_t', 'lena_w'].map((name) =>
      as.visitor().post('/sign-up', { ...FILLED, name, email: `${name}@example.org`, rules: '1', key }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 403, 403]);
  expect(await memberNames(db)).toHaveLength(2);
});

test('an invitation opens the way by a passkey, too, and is spent by it', async ({ app, as, db }) => {
  await setMode(app, 'invitation');
  const link = new URL(await inviteBy(await as.member()), 'http://x');
  const key = link.searchParams.get('key')!;
  const fields = { name: 'anna_b', email: 'anna@example.org', rules: '1', key };
  const browser = as.visitor();
  const page = await browser.visit(link.pathname + link.search);
  expect(page.field('key').value).toBe(key);
  expect((await ask(as.visitor(), '/sign-up/passkey', { ...fields, key: '' })).status).toBe(403);
  const device = new Authenticator(ORIGIN);
  const join = async (who: Browser, name: string) => {
    const options = await askToMake(who, '/sign-up/passkey', { ...fields, name });
    return who.post('/sign-up/passkey', { ...fields, name, passkey: device.create(options) }, HERE);
  };
  expect((await join(browser, 'anna_b')).status).toBe(303);
  expect((await ask(as.visitor(), '/sign-up/passkey', { ...fields, name: 'omar_t' })).status).toBe(403);
  const [row] = await db.select({ joinedId: invitations.joinedId }).from(invitations);
  expect(row?.joinedId).not.toBeNull();
});

test('what was typed wrong does not spend an invitation, and it is still there', async ({ app, as, db }) => {
  await setMode(app, 'invitation');
  const link = await inviteBy(await as.member());
  const form = await as.visitor().visit(link);
  const wrong = await form.press('Create account', { name: 'x', ...FILLED });
  expect(wrong.status).toBe(422);
  expect(wrong.main).toContain('invites you.');
  const right = await wrong.press('Create account', { name: 'anna_b', ...FILLED });
  expect(right.url).toBe('/');
  expect(await memberNames(db)).toContain('anna_b');
});

test('a member has five open at most, however many are asked for at once', async ({
  as,
  db,
  make,
  clock,
}) => {
  const browser = await as.member(await make.member({ joinedAt: clock.ago({ days: 20 }) }));
  const answers = await Promise.all(Array.from({ length: 8 }, () => browser.post(PAGE, { note: '' })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
  expect(await db.select().from(invitations)).toHaveLength(5);
  const page = await browser.visit(PAGE);
  expect(page.main).toContain('5 of your invitations are still open.');
  expect(page.document.querySelector('button.btn-primary')).toBeNull();
});

test('new members are told what is missing', async ({ as, make, clock }) => {
  const newcomer = await make.member({ joinedAt: clock.ago({ days: 1 }) });
  const browser = await as.member(newcomer);
  expect((await browser.visit(PAGE)).main).toContain('New members cannot invite others yet.');
  const refused = await browser.post(PAGE, { note: 'for Anna' });
  expect(refused.status).toBe(403);
});

test("nobody takes back or sees another's", async ({ as, db }) => {
  await inviteBy(await as.member());
  const other = await as.member();
  const [row] = await db.select({ id: invitations.id }).from(invitations);
  await other.post('/settings/invitations/take-back', { invitation: row!.id });
  expect(await db.select().from(invitations)).toHaveLength(1);
  expect((await other.visit(PAGE)).html).not.toContain(row!.id);
});

test('a note that is too long comes back', async ({ as }) => {
  const page = await (await as.member()).visit(PAGE);
  const refused = await page.press('Make an invitation', { note: 'x'.repeat(81) });
  expect(refused.status).toBe(422);
  expect(refused.error('note')).toContain('too long by 1');
  expect(refused.field('note').value).toBe('x'.repeat(81));
});

test('the tree shows three levels, and the way up and down', async ({ as, db, make }) => {
  const names = ['alma_a', 'bela_b', 'carl_c', 'dora_d', 'emil_e'];
  const people: MemberRow[] = [];
  for (const name of names) people.push(await make.member({ name }));
  await make.member({ name: 'lone_wolf' });
  for (let n = 1; n < people.length; n++) await brought(db, people[n - 1]!, people[n]!);

  const visitor = as.visitor();
  const all = await visitor.visit('/invitations');
  expect(all.main).toMatch(/alma_a[^]*bela_b[^]*carl_c/);
  expect(all.main).not.toMatch(/dora_d|lone_wolf/);
  expect(all.document.querySelectorAll('main ul ul ul li')).toHaveLength(1);
  const below = await all.follow('invited others: show them');
  expect(below.main).toContain('Who came by carl_c');
  expect(below.main).toMatch(/Everybody › alma_a › bela_b › carl_c/);
  expect(below.main).toMatch(/dora_d[^]*emil_e/);
});

test('who was invited by somebody who is gone since begins the tree with those they brought', async ({
  as,
  db,
  make,
}) => {
  const [gone, bela, carl] = [
    await make.member({ name: 'gone_g' }),
    await make.member({ name: 'bela_b' }),
    await make.member({ name: 'carl_c' }),
  ];
  await brought(db, gone, bela);
  await brought(db, bela, carl);
  await db.delete(members).where(eq(members.id, gone.id));
  const all = await as.visitor().visit('/invitations');
  expect(all.main).toMatch(/bela_b[^]*carl_c/);
});

test('a long first level comes in pages without a gap and without a repeat', async ({ as, db, make }) => {
  const inviter = await make.member({ name: 'kevin_h' });
  for (let n = 0; n < 35; n++) await brought(db, inviter, await make.member());
  let page = await as.visitor().visit('/invitations?of=KEVIN_H');
  const seen = [...page.document.querySelectorAll('.tree a')].map((link) => link.textContent);
  page = await page.follow('More');
  seen.push(...[...page.document.querySelectorAll('.tree a')].map((link) => link.textContent));
  expect(seen).toHaveLength(35);
  expect(new Set(seen).size).toBe(35);
});

test.for(['/invitations?of=nobody', '/invitations?of=%00'])('%s is nobody', async (path, { as }) => {
  expect((await as.visitor().visit(path)).status).toBe(path.includes('%00') ? 200 : 404);
});

test.for([
  ['open', true],
  ['invitation', false],
  ['closed', false],
] as const)('while sign-up is %s, the masthead offers it: %s', async ([mode, offered], { app, as }) => {
  await setMode(app, mode);
  const page = await as.visitor().visit('/');
  expect(page.document.querySelector('a[href^="/sign-up"]') !== null).toBe(offered);
  expect(page.document.querySelector('a[href^="/sign-in"]')).not.toBeNull();
});
