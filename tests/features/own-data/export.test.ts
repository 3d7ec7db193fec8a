// A copy of one's data: ordered once a day, made by a job, downloaded by its member alone, for seven days.
import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import {
  branchVisits,
  dataExportParts,
  dataExports,
  flags,
  members,
  noticeChoices,
  mailings,
  notifications,
  queueMessages,
  recoveryCodes,
  suggestions,
  totpFactors,
  drafts,
  followLevels,
  saves,
  visits,
} from '../../../src/db/schema/index.ts';
import type { DataExportId } from '../../../src/domain/ids.ts';
import { deviceName } from '../../../src/lib/device-name.ts';
import { makeExport } from '../../../src/features/own-data/make-export.ts';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { giveTwoStep } from '../members/factors.ts';
import { LAPTOP, logIn, PASSWORD } from '../members/logging-in.ts';
import { sanction } from '../members/sanctions.ts';
import { download, runJob, unzip } from './archive.ts';

const json = (files: Map<string, string>, name: string): unknown => JSON.parse(files.get(name) ?? '');

test('a member orders a copy, is told by mail, and finds everything in it', async ({
  app,
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', about: 'Chips & power', password: PASSWORD });
  const other = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({
    author: member,
    title: 'Transformers: "two years"?',
    body: '# Mine\n\nA topic.',
    source: 'https://grid.example/queue',
  });
  const elsewhere = await make.topic({ author: other });
  const reply = await make.reply({ topic: elsewhere, author: member, body: 'A reply of **mine**.' });
  const theirs = await make.reply({ topic, author: other, body: 'Not theirs to take along.' });
  await make.vote({ post: theirs.id, member });
  await make.flag({ post: theirs.id, member, note: 'Sells something' });
  await make.flag({ post: reply.id, member: other, note: 'Said by somebody else' });
  const flagged = { flaggerId: member.id, reason: 'other', weight: 1, flaggedAt: clock.now() } as const;
  await db.insert(flags).values({ ...flagged, memberId: other.id, note: 'The name' });
  const moderator = await make.member({ name: 'marta_l', role: 'moderator' });
  await make.hide({ post: reply.id, by: moderator, reason: 'Off topic here' });
  const queueItemId = await putInQueue(db, { post: reply.id });
  const said = { queueItemId, at: clock.now(), authorId: moderator.id };
  await db.insert(queueMessages).values([
    { ...said, toMember: true, body: 'Where is it from?' },
    { ...said, toMember: false, body: 'Not theirs: among moderators' },
    { ...said, toMember: true, body: 'From the grid.', authorId: member.id },
  ]);
  await sanction(db, member, 'warning', { startsAt: clock.ago({ days: 2 }), endsAt: null });
  await db.insert(branchVisits).values({
    ...{ memberId: member.id, branchId: reply.id, visitedAt: clock.now() },
    ...{ seenPostId: reply.id, previousSeenPostId: reply.id },
  });
  await db.insert(visits).values({
    memberId: member.id,
    topicId: elsewhere.id,
    seenPostId: reply.id,
    previousSeenPostId: reply.id,
    visitedAt: clock.now(),
  });
  await db
    .insert(followLevels)
    .values({ memberId: member.id, host: 'loud.example', level: 'nothing', setAt: clock.now() });
  await db
    .insert(saves)
    .values({ memberId: member.id, postId: theirs.id, note: 'Read again', savedAt: clock.now() });
  await db.insert(drafts).values({
    memberId: member.id,
    formId: 'abcdefghijklmnopqrst',
    topicId: topic.id,
    parentId: theirs.id,
    fields: { body: ['Not sent yet'] },
    savedAt: clock.now(),
  });
  await db.insert(noticeChoices).values([
    { memberId: member.id, kind: 'reply', inbox: true, mail: 'daily' },
    { memberId: other.id, kind: 'mention', inbox: false, mail: null },
  ]);
  await db.insert(notifications).values({
    mail: 'daily',
    memberId: member.id,
    kind: 'reply',
    at: clock.now(),
    actorId: other.id,
    topicId: topic.id,
    postId: theirs.id,
  });
  const mailing = { kind: 'daily' as const, orderedAt: clock.now() };
  await db.insert(mailings).values([
    { ...mailing, memberId: member.id, day: '2026-04-03' },
    { ...mailing, memberId: other.id, day: '2026-04-02' },
  ]);
  const suggested = { kind: 'title', topicId: elsewhere.id, suggestedAt: clock.now() } as const;
  await db.insert(suggestions).values([
    { ...suggested, memberId: member.id, value: 'A better one of hers', shown: 'A better one of hers' },
    { ...suggested, memberId: other.id, value: 'Not theirs either', shown: 'Not theirs either' },
  ]);
  const browser = as.visitor();
  await logIn(browser, { 'user-agent': LAPTOP });
  await giveTwoStep(app, member);
  const edit = await browser.visit(`/p/${topic.openingPostId}/edit`);
  await edit.press('Save', { body: 'A topic, improved.' });
  // That they saw the topic is noted after the answer.
  await expect.poll(() => db.$count(visits)).toBe(2);

  const page = await browser.visit('/settings/privacy');
  const ordered = await page.press('Order a copy');
  expect(ordered.main).toContain('The copy of your data is being made.');
  expect(ordered.main).toContain('is being made. A mail tells you');
  expect(ordered.main).not.toContain('Download');
  await drain();
  expect(mails()[0]?.subject).toBe('Your data on Tokenwire is ready');
  expect(mails()[0]?.text).toContain('/settings/privacy');

  const ready = await browser.visit('/settings/privacy');
  expect(ready.main).toContain('is ready, until 10 April 2026, 14:30 UTC');
  const answer = await browser.download('/settings/export/download');
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="data-of-diana_f-2026-04-03.zip"',
    'cache-control': 'no-store',
    'content-length': String((answer.body as Buffer).length),
  });
  const files = await unzip(answer.body as Buffer);
  expect([...files.keys()]).toEqual([
    'README.md',
    'account.json',
    'topics.json',
    'replies.json',
    'sources.json',
    'suggestions.json',
    'votes.json',
    'flags.json',
    'visits.json',
    'follows.json',
    'saves.json',
    'drafts.json',
    'notice-choices.json',
    'notifications.json',
    'mailings.json',
    'decisions.json',
    'sanctions.json',
    'notes.json',
    'appeals.json',
    'talks.json',
    `topics/${topic.id}-${topic.slug}.md`,
    'replies/2026-04.md',
  ]);
  for (const name of files.keys()) expect(name).toMatch(/^[A-Za-z0-9/.-]+$/);

  expect(json(files, 'account.json')).toMatchObject({
    name: 'diana_f',
    email: member.email,
    profile: { about: 'Chips & power' },
    trust: { topics_read: 31 },
    two_step_login_since: clock.ago({ days: 1 }).toISOString(),
    settings: { time_zone: 'UTC', mail_hour: 8, mail_day: 1, week_by_mail_since: null },
    sessions: [{ device: deviceName(LAPTOP), address_prefix: '127.0.0.x' }],
    logins: [{ device: deviceName(LAPTOP) }],
  });
  expect(json(files, 'topics.json')).toMatchObject([
    {
      id: topic.id,
      title: 'Transformers: "two years"?',
      section: 'Funding',
      sources: ['https://grid.example/queue'],
      markdown: 'A topic, improved.',
      revisions: [{ version: 1, markdown: '# Mine\n\nA topic.' }],
    },
  ]);
  expect(json(files, 'replies.json')).toMatchObject([
    { id: reply.id, state: 'hidden', markdown: 'A reply of **mine**.' },
  ]);
  const address = (path: string) => app.config.siteUrl + path;
  expect(json(files, 'sources.json')).toMatchObject([
    { topic: address(`/t/${topic.id}`), url: 'https://grid.example/queue', role: 'report', state: 'live' },
  ]);
  expect(json(files, 'suggestions.json')).toMatchObject([
    { topic: address(`/t/${elsewhere.id}`), kind: 'title', suggested: 'A better one of hers', outcome: null },
  ]);
  expect(json(files, 'votes.json')).toMatchObject([{ post: address(`/p/${theirs.id}`) }]);
  expect(json(files, 'flags.json')).toMatchObject([
    { post: address(`/p/${theirs.id}`), reason: 'spam', note: 'Sells something', outcome: null },
    { post: null, member: other.id, source: null, reason: 'other', note: 'The name' },
  ]);
  expect(json(files, 'visits.json')).toMatchObject([
    { topic: address(`/t/${topic.id}`), branches: [] },
    {
      topic: address(`/t/${elsewhere.id}`),
      seen_up_to: address(`/p/${reply.id}`),
      branches: [{ branch: address(`/p/${reply.id}`), seen_up_to: address(`/p/${reply.id}`) }],
    },
  ]);
  expect(json(files, 'follows.json')).toMatchObject([
    { level: 'nothing', site: 'loud.example', topic: null, member: null },
  ]);
  expect(json(files, 'saves.json')).toMatchObject([{ post: address(`/p/${theirs.id}`), note: 'Read again' }]);
  expect(json(files, 'drafts.json')).toMatchObject([
    { answers: address(`/p/${theirs.id}`), edits: null, fields: { body: ['Not sent yet'] } },
  ]);
  expect(json(files, 'notifications.json')).toMatchObject([
    { kind: 'reply', post: address(`/p/${theirs.id}`), inbox: true, mail: 'daily', mailed_at: null },
  ]);
  expect(json(files, 'notice-choices.json')).toEqual([{ kind: 'reply', inbox: true, mail: 'daily' }]);
  expect(json(files, 'mailings.json')).toEqual([
    { kind: 'daily', day: '2026-04-03', ordered_at: '2026-04-03T14:30:00.000Z' },
  ]);
  expect(json(files, 'decisions.json')).toMatchObject([
    { decision: 'hide', reason: 'Off topic here', rule: 4 },
    { decision: 'warn', reason: 'Spam' },
  ]);
  expect(json(files, 'talks.json')).toMatchObject([
    { by: 'a moderator', text: 'Where is it from?' },
    { by: 'you', text: 'From the grid.' },
  ]);
  expect(json(files, 'sanctions.json')).toMatchObject([{ kind: 'warning', reason: 'Spam' }]);
  expect(files.get(`topics/${topic.id}-${topic.slug}.md`)).toMatch(
    /^---\ntitle: "Transformers: \\"two years\\"\?"\naddress: [^]*\n---\n\nA topic, improved\.\n$/,
  );
  expect(files.get('replies/2026-04.md')).toContain('A reply of **mine**.');

  const all = [...files.values()].join('\n');
  const [row] = await db.select().from(members).where(eq(members.id, member.id));
  const [factor] = await db.select().from(totpFactors);
  const codes = await db.select().from(recoveryCodes);
  const secrets = [row?.passwordHash, factor?.box, ...codes.map(({ codeHash }) => codeHash)];
  expect(secrets).toHaveLength(12);
  const others = [
    'marta_l',
    'kevin_h',
    other.email,
    'Said by somebody else',
    'Not theirs to take along.',
    'Not theirs either',
  ];
  for (const text of [...secrets, ...others]) expect(all).not.toContain(text);
});

test('a copy can be ordered once a day, and the new one takes the place of the old', async ({
  as,
  clock,
  db,
  drain,
  make,
}) => {
  const browser = await as.member(await make.member());
  expect((await browser.post('/settings/export')).headers.location).toBe('/settings/privacy?saved=ordered');
  await drain();
  clock.advance({ hours: 24, seconds: -1 });
  const again = await browser.post('/settings/export');
  expect(again.status).toBe(429);
  expect(again.headers['retry-after']).toBe('1');
  expect(again.text).toContain('You can order another in 1 second.');
  expect((await browser.visit('/settings/privacy')).main).toContain(
    'You can order another from 4 April 2026',
  );
  clock.advance({ seconds: 1 });
  expect((await browser.post('/settings/export')).status).toBe(303);
  expect(await db.$count(dataExportParts)).toBe(0);
  await drain();
  expect(await db.$count(dataExports)).toBe(1);
  expect(await db.$count(dataExportParts)).toBe(1);
});

test('of two orders at the same instant one counts', async ({ as, db, drain, mails, make }) => {
  const member = await make.member();
  const browsers = [await as.member(member), await as.member(member)];
  const answers = await Promise.all(browsers.map((browser) => browser.post('/settings/export')));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 429]);
  await drain();
  expect(mails()).toHaveLength(1);
  expect(await db.$count(dataExports)).toBe(1);
});

test('the copy is behind the proof, and nobody else gets it', async ({ as, clock, drain, make }) => {
  const member = await make.member();
  const browser = await as.member(member);
  await browser.post('/settings/export');
  await drain();
  clock.advance({ minutes: 16 });
  expect((await browser.get('/settings/export/download')).headers.location).toBe(
    '/confirm-identity?next=%2Fsettings%2Fexport%2Fdownload',
  );
  const other = await (await as.member()).get('/settings/export/download');
  expect(other.status).toBe(404);
  expect(other.text).toContain('You have ordered no copy');
  expect((await as.visitor().get('/settings/export/download')).headers.location).toContain('/sign-in');
  expect((await (await as.member(member)).get('/settings/export/download')).status).toBe(200);
});

test('what is not ready, over its time, or swept is said in words', async ({
  as,
  clock,
  db,
  drain,
  make,
}) => {
  const member = await make.member();
  const browser = await as.member(member);
  await browser.post('/settings/export');
  const early = await browser.get('/settings/export/download');
  expect([early.status, early.text.includes('not ready yet')]).toEqual([404, true]);
  await drain();
  clock.advance({ days: 7, seconds: -1 });
  expect((await (await as.member(member)).get('/settings/export/download')).status).toBe(200);
  clock.advance({ seconds: 1 });
  const late = await (await as.member(member)).visit('/settings/export/download');
  expect([late.status, late.main.includes('is over')]).toEqual([410, true]);
  expect((await browser.visit('/settings/privacy')).main).not.toContain('Download');
  await runJob({ db, drain }, 'sweep-exports');
  expect(await db.$count(dataExportParts)).toBe(0);
  expect((await (await as.member(member)).get('/settings/export/download')).status).toBe(404);
});

test('a copy that cannot be made is told, and can be ordered again at once', async ({
  as,
  db,
  drain,
  expectFaults,
  mails,
  make,
}) => {
  const browser = await as.member(await make.member());
  await db.execute(
    sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`,
  );
  await db.execute(
    sql`create trigger full_disk before insert on data_export_parts execute function refuse()`,
  );
  try {
    await browser.post('/settings/export');
    await drain();
  } finally {
    await db.execute(sql`drop function refuse cascade`);
  }
  expectFaults('P0001');
  expect(mails()[0]?.subject).toBe('The copy of your data on Tokenwire could not be made');
  const page = await browser.visit('/settings/privacy');
  expect(page.main).toContain('could not be made');
  expect((await browser.get('/settings/export/download')).status).toBe(404);
  await page.press('Order a copy');
  await drain();
  expect(await download(browser)).toBeInstanceOf(Map);
});

test('a worker that was killed halfway leaves nothing that the next one trips over', async ({
  as,
  clock,
  db,
  drain,
  make,
}) => {
  const browser = await as.member(await make.member({ name: 'diana_f' }));
  await browser.post('/settings/export');
  const [order] = await db.select().from(dataExports);
  const exportId = order?.id as DataExportId;
  const parts = [0, 1, 2].map((n) => ({ exportId, n, bytes: Buffer.from(`half of part ${n}`) }));
  await db.insert(dataExportParts).values(parts);
  await drain();
  expect((await download(browser)).get('README.md')).toContain('# The data of diana_f');
  // Done again, since its end was not noted, it leaves what is there.
  const before = await db.select().from(dataExportParts);
  await makeExport(db, exportId, 'https://forum.example', clock.now());
  expect(await db.select().from(dataExportParts)).toEqual(before);
});

test('of two workers on one order one makes it', async ({ app, as, clock, db, make, mails, drain }) => {
  const member = await make.member();
  await make.topic({ author: member });
  const browser = await as.member(member);
  await browser.post('/settings/export');
  const [order] = await db.select().from(dataExports);
  const exportId = order?.id as DataExportId;
  await Promise.all([1, 2, 3].map(() => makeExport(db, exportId, app.config.siteUrl, clock.now())));
  await drain();
  expect(mails()).toHaveLength(1);
  expect((await download(browser)).size).toBe(21);
});

test('a copy is of one moment, however long it takes', async ({ app, as, clock, db, make }) => {
  const member = await make.member();
  // More than a part, however it is packed: the texts are read once more when the first part is stored.
  for (let n = 0; n < 30; n += 1)
    await make.topic({ author: member, body: randomBytes(50_000).toString('hex') });
  const browser = await as.member(member);
  await browser.post('/settings/export');
  const [order] = await db.select().from(dataExports);
  await db.execute(sql`create function meanwhile() returns trigger language plpgsql as
    $$ begin update topics set title = 'Written meanwhile';
      insert into page_changes (effect, told_by) values ('everything', 'a test'); return new; end $$`);
  await db.execute(
    sql`create trigger writing before insert on data_export_parts for each row execute function meanwhile()`,
  );
  try {
    await makeExport(db, order?.id as DataExportId, app.config.siteUrl, clock.now());
  } finally {
    await db.execute(sql`drop function meanwhile cascade`);
  }
  expect(await db.$count(dataExportParts)).toBeGreaterThan(1);
  const files = await download(browser);
  expect(files.size).toBe(50);
  expect([...files].filter(([, text]) => text.includes('Written meanwhile'))).toEqual([]);
});

test('the copy names no topic that was hidden since, but for the own one', async ({ as, drain, make }) => {
  const member = await make.member({ password: PASSWORD, name: 'diana_f' });
  const moderator = await as.moderator();
  const hidden = await make.topic({ title: 'Defamed by a headline' });
  const own = await make.topic({ title: 'Hers to keep', author: member });
  for (const topic of [hidden, own]) {
    await make.reply({ topic, author: member, body: 'What she said.' });
    await moderator.post(`/p/${topic.openingPostId}/hide`, { reason: 'Off topic' });
  }
  const browser = await as.member(member);
  await (await browser.visit('/settings/privacy')).press('Order a copy');
  await drain();
  const files = await download(browser);
  const all = [...files].flat().join('\n');
  expect(all).not.toMatch(/Defamed|defamed/);
  expect(all).toContain(`# A topic (${hidden.id})`);
  expect(all).toContain('# Hers to keep');
  expect(json(files, 'replies.json')).toMatchObject([
    { topic: { title: null, address: expect.stringMatching(/\/t\/\d+$/) as string } },
    { topic: { title: 'Hers to keep' } },
  ]);
});
