// Asking for the account to be deleted: behind the proof, with a week to think again, in which the member only reads.
import { eq } from 'drizzle-orm';
import { deletions, members, sessions } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { runJob } from './archive.ts';

const ASKED = { texts: 'leave', name: 'diana_f' };

test('a member is told what will happen, asks for it, and sees the day on every page', async ({
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  const member = await make.member({ name: 'diana_f' });
  const topic = await make.topic({ author: member });
  const reply = await make.reply({ topic: await make.topic(), author: member });
  await make.reply({ topic: await make.topic(), author: member, withdrawnAt: clock.now() });
  await make.vote({ post: (await make.topic()).openingPostId, member });
  await make.flag({ post: (await make.topic()).openingPostId, member });
  const browser = await as.member(member);
  const elsewhere = await as.member(member);

  const page = await (await browser.visit('/settings/privacy')).follow('Delete my account');
  for (const sentence of ['1 topic and 1 reply', '1 upvote in the counts', '1 flag with the moderators'])
    expect(page.main).toContain(sentence);
  const asked = await page.press('Delete my account', ASKED);
  expect(asked.url).toBe('/settings/privacy');
  const day = '10 April 2026, 14:30 UTC';
  expect(asked.text).toContain(`Your account will be deleted on ${day}.`);
  expect((await browser.visit('/')).text).toContain(`Your account will be deleted on ${day}.`);
  expect((await as.visitor().visit('/')).text).not.toContain('will be deleted');
  expect((await elsewhere.get('/settings')).headers.location).toContain('/sign-in');
  expect(await db.$count(sessions)).toBe(1);
  await drain();
  expect(mails()[0]?.subject).toBe('Your account on Tokenwire will be deleted');
  expect(mails()[0]?.text).toContain(day);
  expect(mails()[0]?.text).toContain('/sign-in?next=%2Fsettings%2Fprivacy');

  for (const path of [
    `/t/${topic.id}/reply`,
    `/p/${reply.id}/edit`,
    '/submit',
    '/settings',
    `/p/${reply.id}/flag`,
  ]) {
    const answer = await browser.post(path, { body: 'Hello', title: 'A new title', section: 'funding' });
    expect(answer.status, path).toBe(403);
    expect(answer.text).toContain('Your account is about to be deleted.');
  }
  expect((await browser.get('/settings/delete')).headers.location).toBe('/settings/privacy');

  const kept = await (await browser.visit('/rules')).press('Keep my account');
  expect(kept.main).toContain('Your account stays.');
  expect(kept.text).not.toContain('will be deleted on');
  clock.advance({ seconds: 6 });
  const answer = await browser.post(`/t/${topic.id}/reply`, { body: 'Hello again' });
  expect(answer.status).toBe(303);
  clock.advance({ days: 8 });
  await runJob({ db, drain }, 'delete-accounts');
  expect(await db.select().from(members).where(eq(members.id, member.id))).toHaveLength(1);
});

test.for([
  ['texts', { texts: '', name: 'diana_f' }, 'Choose what becomes'],
  ['texts', { texts: 'sell', name: 'diana_f' }, 'Choose what becomes'],
  ['name', { texts: 'leave', name: '' }, 'Type your name, diana_f'],
  ['name', { texts: 'leave', name: 'kevin_h' }, 'Type your name, diana_f'],
] as const)('asking is refused for its field %s: %j', async ([, typed, reason], { as, make, db }) => {
  const browser = await as.member(await make.member({ name: 'diana_f' }));
  const answer = await browser.post('/settings/delete', typed);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  if (typed.texts === 'leave') expect(answer.text).toMatch(/value="leave" checked/);
  expect(await db.select().from(deletions)).toEqual([]);
});

test('asking is behind the proof, keeping is not', async ({ as, clock, db, make }) => {
  const member = await make.member({ name: 'diana_f' });
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const asked = await browser.post('/settings/delete', ASKED, {
    referer: 'http://127.0.0.1/settings/delete',
  });
  expect(asked.headers.location).toContain('/confirm-identity');
  expect((await browser.get('/settings/delete')).headers.location).toContain('/confirm-identity');
  expect(await db.select().from(deletions)).toEqual([]);
  expect((await (await as.member(member)).post('/settings/delete', ASKED)).status).toBe(303);
  const later = await as.member(member);
  clock.advance({ minutes: 16 });
  expect((await later.post('/settings/delete/keep')).status).toBe(303);
  expect(await db.select().from(deletions)).toEqual([]);
  expect((await as.visitor().post('/settings/delete', ASKED)).headers.location).toContain('/sign-in');
});

test('of two who ask in two windows at once, one is told that it has been done', async ({ as, db, make }) => {
  const member = await make.member({ name: 'diana_f' });
  const browsers = [await as.member(member), await as.member(member)];
  const answers = await Promise.all(browsers.map((browser) => browser.post('/settings/delete', ASKED)));
  // The other session has ended, or finds it asked for.
  expect(answers.filter((answer) => answer.headers.location === '/settings/privacy')).toHaveLength(1);
  expect(await db.$count(deletions)).toBe(1);
});

test('the last admin stays until there is another', async ({ as, make, db }) => {
  const admin = await make.member({ name: 'astrid_w', role: 'admin' });
  const browser = await as.admin(admin);
  const order = { texts: 'leave', name: 'astrid_w' };
  expect((await browser.visit('/settings/delete')).main).toContain('You are the only admin.');
  const refused = await browser.post('/settings/delete', order);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('make another member admin first');
  await make.member({ role: 'admin' });
  expect((await browser.post('/settings/delete', order)).status).toBe(303);
  expect(await db.$count(deletions)).toBe(1);
  expect((await browser.get('/admin')).status).toBe(403);
});

test('of two admins who leave at the same instant one stays', async ({ as, make, db }) => {
  const admins = [await make.member({ role: 'admin' }), await make.member({ role: 'admin' })];
  const browsers = await Promise.all(admins.map((admin) => as.admin(admin)));
  const answers = await Promise.all(
    browsers.map((browser, n) =>
      browser.post('/settings/delete', { texts: 'leave', name: admins[n]?.name ?? '' }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect(await db.$count(deletions)).toBe(1);
});

test('a moderator who goes is out of the queue', async ({ as, make }) => {
  const moderator = await make.member({ name: 'marta_l', role: 'moderator' });
  const browser = await as.moderator(moderator);
  expect((await browser.get('/moderation')).status).toBe(200);
  expect((await browser.post('/settings/delete', { texts: 'leave', name: 'marta_l' })).status).toBe(303);
  expect((await browser.get('/moderation')).status).toBe(403);
});
