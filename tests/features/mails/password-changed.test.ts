// The mail after a change of password, for the case that it was somebody else.
import { settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { expect, test } from '../../support/forum.ts';

const OLD = 'the old sentence';
const CHANGE = { current: OLD, password: 'the new sentence' };

test('a member is told when the password was changed, and what to do about it', async ({
  app,
  as,
  clock,
  make,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@example.org', password: OLD });
  const browser = await as.member(member);
  expect((await browser.post('/settings/password', CHANGE)).status).toBe(303);
  clock.advance({ minutes: 10 });
  await drain();
  const [mail, ...more] = mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: 'diana@example.org',
    subject: 'Your password on Tokenwire was changed',
  });
  // The moment of the change, not of the mail.
  expect(mail?.text).toContain('3 April 2026, 14:30 UTC');
  expect(mail?.html).toContain('3 April 2026, 14:30 UTC');
  // Whoever was robbed does not know the new one.
  const forgot = `${app.config.siteUrl}/forgot`;
  expect(mail?.text).toContain(`\n${forgot}\n`);
  expect(mail?.html).toContain(`href="${forgot}"`);
  expect(mail?.text).not.toContain('write to');
  expect(mail?.text).not.toContain(CHANGE.password);
});

test('it names whom to write to when the forum has an address', async ({
  app,
  as,
  db,
  make,
  drain,
  mails,
}) => {
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, contact: 'desk@example.com' } });
  await app.site.refresh();
  const browser = await as.member(await make.member({ password: OLD }));
  await browser.post('/settings/password', CHANGE);
  await drain();
  expect(mails()[0]?.text).toContain('If that does not help, write to desk@example.com.');
  expect(mails()[0]?.html).toContain('<a href="mailto:desk@example.com">desk@example.com</a>');
  expect(mails()[0]?.replyTo).toBe('desk@example.com');
});

test.for([
  ['the old one is not known', { ...CHANGE, current: 'a guess at it' }],
  ['the new one is too short', { ...CHANGE, password: 'short' }],
] as const)('no mail when %s', async ([, change], { as, make, drain, mails }) => {
  const browser = await as.member(await make.member({ password: OLD }));
  expect((await browser.post('/settings/password', change)).status).toBe(422);
  await drain();
  expect(mails()).toEqual([]);
});

test('of two changes at the same instant one is told of', async ({ as, make, drain, mails }) => {
  const member = await make.member({ password: OLD });
  const browsers = [await as.member(member), await as.member(member)];
  await Promise.all(browsers.map((browser) => browser.post('/settings/password', CHANGE)));
  await drain();
  expect(mails()).toHaveLength(1);
});

test('a member without an address changes the password as well', async ({ as, make, drain, mails }) => {
  const browser = await as.member(await make.member({ email: null, password: OLD }));
  expect((await browser.post('/settings/password', CHANGE)).status).toBe(303);
  await drain();
  expect(mails()).toEqual([]);
});

test('an address that nobody has confirmed gets no mails but those it was asked by', async ({
  as,
  drain,
  mails,
  make,
}) => {
  const member = await make.member({ email: 'victim@example.org', confirmedAt: null, password: OLD });
  const browser = await as.member(member);
  await browser.post('/settings/password', CHANGE);
  await (await as.member(member)).post('/settings/delete', { texts: 'leave', name: member.name });
  await drain();
  expect(mails()).toEqual([]);
  await as.visitor().post('/forgot', { name: member.name });
  await make.member({ name: 'second', email: 'victim@example.org', confirmedAt: null });
  await drain();
  await as.visitor().post('/forgot', { name: 'second' });
  await drain();
  await drain();
  expect(mails().map(({ subject }) => subject)).toEqual(['A new password for Tokenwire']);
});
