// What becomes of a mail that was ordered: with the transaction, without a mailer, and when the mailer fails.
import { sql } from 'drizzle-orm';
import { sendMail } from '../../../src/features/mails/index.ts';
import { type MailServices, mailSender } from '../../../src/features/mails/jobs.ts';
import { writeNotice } from '../../../src/features/notifications/notice-mail.ts';
import { writeGathered, writeWeek } from '../../../src/features/weekly/jobs.ts';
import type { Mailer } from '../../../src/lib/mailer.ts';
import { expect, type Forum, test } from '../../support/forum.ts';

const WRITERS = { notice: writeNotice, week: writeWeek, gathered: writeGathered };
const FAILING: Mailer = {
  send: () => Promise.reject(new Error('The mail server is down')),
};

function services({ app, views }: Forum, mailer: Mailer | undefined, warned: unknown[] = []): MailServices {
  const log = { warn: (details: object, message: string) => warned.push({ ...details, message }) };
  return { mailer, views, site: app.site, siteUrl: app.config.siteUrl, secret: 'a secret', log };
}

test('a mail of a transaction that is undone is never sent', async ({ db, make, drain, mails }) => {
  const { id } = await make.member();
  const undone = db.transaction(async (tx) => {
    await sendMail(tx, { to: id, mail: 'address-in-use', newcomer: 'eve' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await drain();
  expect(mails()).toEqual([]);
});

test('without a mailer it is dropped, and the log says which one, but not to what address', async ({
  db,
  forum,
  make,
  clock,
}) => {
  const { id } = await make.member({ email: 'diana@example.org' });
  const warned: unknown[] = [];
  const send = mailSender(services(forum, undefined, warned), WRITERS);
  await send(db, { to: id, mail: 'address-in-use', newcomer: 'eve' }, clock.now());
  expect(warned).toEqual([
    { mail: 'address-in-use', memberId: id, message: 'a mail was dropped: SMTP_URL is not set' },
  ]);
});

test('a mail that fails stays ordered, to be tried again up to eight times', async ({
  db,
  forum,
  make,
  clock,
}) => {
  const { id } = await make.member();
  await db.transaction((tx) => sendMail(tx, { to: id, mail: 'address-in-use', newcomer: 'eve' }));
  const send = mailSender(services(forum, FAILING), WRITERS);
  await expect(send(db, { to: id, mail: 'address-in-use', newcomer: 'eve' }, clock.now())).rejects.toThrow(
    'The mail server is down',
  );
  const { rows } = await db.execute(
    sql`select task_identifier, attempts, max_attempts from graphile_worker.jobs`,
  );
  expect(rows).toEqual([{ task_identifier: 'send-mail', attempts: 0, max_attempts: 8 }]);
});

test('an address that would forge headers is not sent to', async ({
  db,
  make,
  drain,
  mails,
  expectFaults,
}) => {
  const email = 'diana@example.org\r\nBcc: others@example.org';
  const { id } = await make.member({ email });
  await db.transaction((tx) => sendMail(tx, { to: id, mail: 'address-in-use', newcomer: 'eve' }));
  await drain();
  expect(mails()).toEqual([]);
  expectFaults('send-mail');
});
