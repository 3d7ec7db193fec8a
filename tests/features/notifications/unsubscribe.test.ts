// Ending mails: with one click of a mail program, from nowhere and without a session, or on the page of the link.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, noticeChoices, notifications } from '../../../src/db/schema/index.ts';
import { unsubscribeLink } from '../../../src/features/mails/index.ts';
import type { KeptMail } from '../../../src/lib/mailer.ts';
import { sealedKey } from '../../../src/lib/sealed-key.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, SECRET, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { asking, reply } from './mailed.ts';

/** A member, a topic of theirs, and the address in the header of a mail about a reply to it. */
async function mailed(
  db: Database,
  make: Make,
  drain: () => Promise<void>,
  mails: () => readonly KeptMail[],
) {
  const { member, topic } = await asking(db, make);
  await reply(db, make, topic);
  await drain();
  const header = mails()[0]?.headers?.['List-Unsubscribe'] ?? '';
  return { member, topic, link: header.slice('<http://localhost:3000'.length, -1) };
}

const ended = (db: Database) => db.$count(noticeChoices, sql`mail is null`);

test('one click ends the mails of that kind; the inbox stays', async ({ app, db, make, drain, mails }) => {
  const { member, topic, link } = await mailed(db, make, drain, mails);
  const answer = await app.inject({
    method: 'POST',
    url: link,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toContain('You get no more of these');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['set-cookie']).toBeUndefined();
  const choices = await db.select().from(noticeChoices).where(eq(noticeChoices.memberId, member.id));
  expect(choices.filter(({ mail }) => mail === null)).toMatchObject([{ kind: 'reply', inbox: true }]);
  await reply(db, make, topic);
  await drain();
  expect(mails()).toHaveLength(1);
  expect(await db.$count(notifications)).toBe(2);
});

test('the click may come as multipart/form-data, which is what RFC 8058 wants', async ({ app, db, make }) => {
  const { id } = await make.member();
  const boundary = 'of-a-mail-program';
  const answer = await app.inject({
    method: 'POST',
    url: unsubscribeLink(SECRET, id, 'reply'),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: [
      `--${boundary}`,
      'Content-Disposition: form-data; name="List-Unsubscribe"',
      '',
      'One-Click',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  });
  expect(answer.statusCode).toBe(200);
  expect(await ended(db)).toBe(1);
});

test('the link opens a page with one button, and changes nothing by itself', async ({
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const { link } = await mailed(db, make, drain, mails);
  const page = await as.visitor().visit(link);
  expect(page.main).toContain('This ends mails about: replies to you.');
  expect(page.main).not.toContain('priya_n');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(await ended(db)).toBe(0);
  const done = await page.press('End these mails');
  expect(done.status).toBe(200);
  expect(done.main).toContain('You get no more of these');
  expect(await ended(db)).toBe(1);
});

test('whoever is mailed by the forum’s own choice can end that, too', async ({ app, db, make }) => {
  const { id } = await make.member();
  await app.inject({ method: 'POST', url: unsubscribeLink(SECRET, id, 'action') });
  expect(await db.select().from(noticeChoices)).toEqual([
    { memberId: id, kind: 'action', inbox: true, mail: null },
  ]);
});

test.for(['daily', 'weekly'] as const)(
  'the %s mail is ended whole, and what waits for it with it',
  async (what, { as, app, db, make }) => {
    const member = await make.member();
    const other = what === 'daily' ? 'weekly' : 'daily';
    const choice = { memberId: member.id, inbox: true } as const;
    await db.insert(noticeChoices).values([
      { ...choice, kind: 'reply', mail: what },
      { ...choice, kind: 'mention', mail: other },
    ]);
    await reply(db, make, await make.topic({ author: member }));
    const link = unsubscribeLink(SECRET, member.id, what);
    expect((await as.visitor().visit(link)).main).toContain(`This ends the ${what} mail`);
    expect((await app.inject({ method: 'POST', url: link })).statusCode).toBe(200);
    const { kind, mail } = noticeChoices;
    expect(await db.select({ kind, mail }).from(noticeChoices).orderBy(kind)).toEqual([
      { kind: 'mention', mail: other },
      { kind: 'reply', mail: null },
    ]);
    expect(await db.select({ mail: notifications.mail }).from(notifications)).toEqual([{ mail: null }]);
  },
);

test('a key of somebody else, of something else, or none ends nothing', async ({ app, as, db, make }) => {
  const { member } = await asking(db, make);
  const sealed = unsubscribeLink(SECRET, member.id, 'reply');
  const forged = [
    paths.unsubscribe(),
    paths.unsubscribe({ key: 'x' }),
    sealed.slice(0, -1),
    sealed.replace(`${member.id}-`, `${member.id + 1}-`),
    sealed.replace('-reply', '-topic'),
    paths.unsubscribe({ key: sealedKey(SECRET, 'confirm', `${member.id}-reply`) }),
    paths.unsubscribe({ key: sealedKey(SECRET, 'unsubscribe', `${member.id}-everything`) }),
    unsubscribeLink('another secret', member.id, 'reply'),
  ];
  for (const url of forged) {
    // Without a right of its own it is a request like any other: from nowhere it is refused, from here there is nothing.
    expect((await app.inject({ method: 'POST', url })).statusCode, url).toBe(403);
    expect((await as.visitor().post(url)).status, url).toBe(404);
    expect((await as.visitor().get(url)).status, url).toBe(404);
  }
  expect(await ended(db)).toBe(0);
  // Nor does a key let a request of another site pass anywhere else.
  for (const path of ['/inbox/read', '/settings/notices', '/sign-out'])
    expect(
      (await app.inject({ method: 'POST', url: path + sealed.slice(sealed.indexOf('?')) })).statusCode,
    ).toBe(403);
});

test('the key of an account that is gone ends nothing', async ({ as, db, make }) => {
  const member = await make.member();
  await db.delete(members).where(eq(members.id, member.id));
  expect((await as.visitor().get(unsubscribeLink(SECRET, member.id, 'reply'))).status).toBe(404);
});

test('links of an earlier secret still end mails', async ({ forum, make }) => {
  const { id } = await make.member();
  const app = await forum.build({
    secret: 'a newer secret of tests, long enough',
    config: { secretPrevious: [SECRET] },
  });
  for (const [secret, status] of [
    [SECRET, 200],
    ['another secret', 403],
  ] as const) {
    const answer = await app.inject({ method: 'POST', url: unsubscribeLink(secret, id, 'topic') });
    expect(answer.statusCode).toBe(status);
  }
  await app.close();
});
