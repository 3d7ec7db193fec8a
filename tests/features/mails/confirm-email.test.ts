// The mail after signing up: it asks whether the address is theirs.
import { eq } from 'drizzle-orm';
import { members, settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { expect, test } from '../../support/forum.ts';

const SENT = { name: 'diana_f', email: 'Diana@Example.org', password: 'a short sentence', rules: '1' };

test('whoever signs up is asked by one mail, in text and HTML, with the link and the way to the rules', async ({
  app,
  as,
  drain,
  mails,
}) => {
  await as.visitor().post('/sign-up', SENT);
  expect(mails()).toEqual([]);
  await drain();
  await drain();
  const [mail, ...more] = mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: 'Diana@Example.org',
    senderName: 'Tokenwire',
    replyTo: undefined,
    subject: 'Confirm your e-mail address on Tokenwire',
  });
  expect(mail?.text).toMatch(/^Hello diana_f,\n\nWelcome to Tokenwire/);
  expect(mail?.text).toMatch(/\nhttp:\/\/localhost:3000\/confirm\?key=[\w.-]+\n/);
  expect(mail?.text).toContain('The link works for 2 days.');
  expect(mail?.text).toContain(`${app.config.siteUrl}/rules\n`);
  expect(mail?.html).toContain(`<a href="${app.config.siteUrl}/rules">`);
  expect(mail?.text).not.toContain('answer this mail');
});

test('nothing in the HTML is fetched, and nothing follows who reads it', async ({ as, drain, mails }) => {
  await as.visitor().post('/sign-up', SENT);
  await drain();
  const html = mails()[0]?.html ?? '';
  expect(html).toMatch(/^<!DOCTYPE html>/);
  expect(html).not.toMatch(/<img|<link|<script|<style|\sstyle=|\ssrc=|@import/i);
  const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
  expect(hrefs.filter((href) => href.includes('?'))).toEqual([expect.stringContaining('/confirm?key')]);
});

test('the forum speaks under its own name, as text in the text and escaped in the HTML', async ({
  app,
  as,
  db,
  drain,
  mails,
}) => {
  const values = {
    ...DEFAULT_SETTINGS,
    name: 'R&D <Wire>',
    tagline: "What's new",
    contact: 'desk@example.com',
  };
  await db.update(settings).set({ values });
  await app.site.refresh();
  await as.visitor().post('/sign-up', SENT);
  await drain();
  const [mail] = mails();
  expect(mail).toMatchObject({
    senderName: 'R&D <Wire>',
    subject: 'Confirm your e-mail address on R&D <Wire>',
    replyTo: 'desk@example.com',
  });
  expect(mail?.text).toContain("Welcome to R&D <Wire> (What's new).");
  expect(mail?.html).toContain('Welcome to R&amp;D &lt;Wire&gt; (What&#x27;s new).');
  expect(mail?.html).not.toContain('<Wire>');
  expect(mail?.text).toContain('answer this mail');
  expect(mail?.html).toContain('answer this mail');
});

test('whoever is refused gets none', async ({ as, make, drain, mails }) => {
  await make.member({ name: 'diana_f' });
  expect((await as.visitor().post('/sign-up', SENT)).status).toBe(422);
  await drain();
  expect(mails()).toEqual([]);
});

test('it goes to the address the member has when it is sent', async ({ as, db, drain, mails }) => {
  await as.visitor().post('/sign-up', SENT);
  const email = 'new@example.org';
  await db.update(members).set({ email, emailKey: email });
  await drain();
  expect(mails().map(({ to }) => to)).toEqual(['new@example.org']);
});

test('it goes nowhere when the member has no address any more', async ({ as, db, drain, mails }) => {
  await as.visitor().post('/sign-up', SENT);
  await db.update(members).set({ email: null, emailKey: null });
  await drain();
  expect(mails()).toEqual([]);
});

test('it goes nowhere when the member is gone', async ({ as, db, drain, mails }) => {
  await as.visitor().post('/sign-up', SENT);
  await db.delete(members).where(eq(members.nameKey, 'diana_f'));
  await drain();
  expect(mails()).toEqual([]);
});
