// Forms of settings change what they show and nothing else, whatever is sent along.
import { eq } from 'drizzle-orm';
import { members, passkeys } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { PASSWORD } from './logging-in.ts';
import { givePasskey } from './passkeys.ts';

/** What somebody would like to send along: columns and their names in SQL. */
const WANTED = {
  ...{ id: '1', member: '1', memberId: '1', member_id: '1' },
  ...{ role: 'admin', confirmedAt: '2020-01-01', confirmed_at: '2020-01-01', joinedAt: '2020-01-01' },
  ...{ topicsRead: '1000', repliesKept: '1000', flagsDecided: '9', flagsUpheld: '9', trust: 'trusted' },
  ...{ passwordHash: 'x', password_hash: 'x', emailKey: 'a@evil.example', email_key: 'a@evil.example' },
  ...{ nameKey: 'evil', nameSkeleton: 'evil', renamedAt: '', originKey: 'x', origin_key: 'x' },
  ...{ newAgreedAt: '2020-01-01', oldAgreedAt: '2020-01-01', expiresAt: '2030-01-01' },
};

const APPEARANCE = {
  theme: 'dark',
  density: 'compact',
  textSize: 'small',
  pageSize: '15',
  replySort: 'old',
  listSort: 'new',
};

test.for([
  ['/settings', { about: 'A', affiliation: 'B', link: '', pronouns: '' }, { about: 'A', affiliation: 'B' }],
  [
    '/settings/appearance',
    { ...APPEARANCE, modelWritten: 'hide', keys: 'off' },
    { ...APPEARANCE, pageSize: 15, hidesModelWritten: true, usesKeys: false },
  ],
  ['/settings/theme', { theme: 'dark' }, { theme: 'dark' }],
  ['/settings/sessions', { session: 'others' }, {}],
  ['/settings/email', { email: 'new@example.org', passwordForEmail: PASSWORD }, {}],
  ['/settings/email/again', {}, {}],
  ['/settings/email/cancel', {}, {}],
] as const)('%s with more than it asks for', async ([path, asked, changed], { as, make, db }) => {
  const before = await make.member({ name: 'diana_f', password: PASSWORD, topicsRead: 3 });
  const answer = await (await as.member(before)).post(path, { ...WANTED, ...asked });
  expect([303, 409]).toContain(answer.status);
  const [after] = await db.select().from(members).where(eq(members.id, before.id));
  expect(after).toEqual({ ...before, ...changed });
});

test('a new name for a passkey with more than it asks for', async ({ app, as, make, db }) => {
  const member = await make.member({ password: PASSWORD });
  const other = await make.member();
  await givePasskey(app, member, { counter: 3 });
  const [before] = await db.select().from(passkeys);
  const wanted = { ...WANTED, memberId: String(other.id), counter: '0', publicKey: 'x', credentialId: 'x' };
  const sent = { ...wanted, id: String(before?.id), label: 'Phone', copiedAt: '', backedUp: '1' };
  expect((await (await as.member(member)).post('/settings/passkeys/rename', sent)).status).toBe(303);
  expect(await db.select().from(passkeys)).toEqual([{ ...before, label: 'Phone' }]);
});

test('a rename and a new password with more than they ask for', async ({ as, clock, make, db }) => {
  const before = await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = await as.member(before);
  const name = { name: 'diana_new', passwordForName: PASSWORD };
  expect((await browser.post('/settings/name', { ...WANTED, ...name })).status).toBe(303);
  const password = { current: PASSWORD, password: 'another sentence' };
  expect((await browser.post('/settings/password', { ...WANTED, ...password })).status).toBe(303);
  const [after] = await db.select().from(members).where(eq(members.id, before.id));
  const renamed = {
    name: 'diana_new',
    nameKey: 'diana_new',
    nameSkeleton: 'dlana-new',
    renamedAt: clock.now(),
  };
  expect(after).toEqual({ ...before, ...renamed, passwordHash: after?.passwordHash });
  expect(after?.passwordHash).not.toBe('x');
});
