// Whoever reads here reports illegal content without an account, and is answered by mail.
import { eq } from 'drizzle-orm';
import { flags, members, queueItems } from '../../../src/db/schema/index.ts';
import { forgetReporters, reportAnswerer } from '../../../src/features/flags/jobs.ts';
import { paths } from '../../../src/web/paths.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { postRow } from '../../support/moderation-rows.ts';
import { sanction } from '../members/sanctions.ts';

const SOUND = { why: 'It threatens my neighbour', name: 'Erika M.', email: 'Erika@example.org', faith: '1' };

test('a member who may not flag is led to the report, too', async ({ make, as, db, clock }) => {
  const silenced = await make.member();
  const topic = await make.topic();
  await make.reply({ topic });
  const browser = await as.member(silenced);
  expect((await browser.visit(paths.topic(topic))).main).toContain('Flag reply by');
  await sanction(db, silenced, 'silence', { startsAt: clock.now(), endsAt: null });
  const page = await browser.visit(paths.topic(topic));
  expect(page.main).not.toContain('Flag reply by');
  const form = await page.follow('Report reply by');
  expect((await form.press('Send the report', { ...SOUND, faith: true })).main).toContain('has come in');
});

test('a visitor reports a reply: moderators are called at once, and a mail says that it came in', async ({
  make,
  as,
  db,
  drain,
  mails,
  clock,
}) => {
  const topic = await make.topic({ title: 'A headline' });
  const reply = await make.reply({ topic, body: 'I know where he lives.' });
  const page = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
  const form = await page.follow('Report reply by');
  expect(form.main).toContain('I know where he lives.');
  const after = await form.press('Send the report', { ...SOUND, law: '§ 241 StGB', faith: true });
  expect(after.main).toContain('Your report has come in');
  expect(await db.select().from(flags)).toMatchObject([
    {
      postId: reply.id,
      flaggerId: null,
      reason: 'illegal',
      note: 'It threatens my neighbour\n\nLaw: § 241 StGB',
      reporterName: 'Erika M.',
      reporterEmail: 'Erika@example.org',
      weight: 0,
    },
  ]);
  expect(await db.select().from(queueItems)).toMatchObject([
    { postId: reply.id, kind: 'flagged', weight: 1_000, openedAt: clock.now() },
  ]);
  expect((await postRow(db, reply.id)).flagWeight).toBe(0);

  await drain();
  const [mail] = mails();
  expect(mail).toMatchObject({ to: 'Erika@example.org', subject: 'Your report to Tokenwire has come in' });
  expect(mail?.text).toContain(`/p/${reply.id}`);
  // Nothing that was typed: the address may be anybody's.
  expect(mail?.text).not.toMatch(/Erika M|neighbour|StGB|headline/);
  expect(mail?.html).not.toMatch(/Erika M|neighbour|StGB|headline/);
});

test.for([
  [{ why: ' ' }, 'why', 'Say why it is illegal'],
  [{ why: 'x'.repeat(2_001) }, 'why', 'too long by 1'],
  [{ name: '' }, 'name', 'The law asks for your name'],
  [{ email: '' }, 'email', 'Give the address to which the answer goes.'],
  [{ email: 'erika', abuse: '1' }, 'email', 'This is not an e-mail address'],
  [{ faith: '' }, 'faith', 'in good faith'],
] as const)('with %j it comes back as it was typed', async ([sent, field, sentence], { make, as, db }) => {
  const topic = await make.topic();
  const form = await as.visitor().visit(`/p/${topic.openingPostId}/report`);
  const fill = { ...SOUND, law: 'Some law', ...sent };
  const back = await form.press('Send the report', {
    ...fill,
    faith: fill.faith === '1',
    abuse: 'abuse' in fill,
  });
  expect(back.status).toBe(422);
  expect(back.error(field)).toContain(sentence);
  expect(back.field('law').value).toBe('Some law');
  expect(back.field('why').value).toBe(fill.why.trim());
  expect(await db.select().from(flags)).toEqual([]);
});

test('about sexual abuse of children one reports without a name and an address', async ({
  make,
  as,
  db,
  drain,
  mails,
}) => {
  const topic = await make.topic();
  const address = `/p/${topic.openingPostId}/report`;
  const sent = await as.visitor().post(address, { why: 'See for yourself', abuse: '1', faith: '1' });
  expect(sent.status).toBe(303);
  expect(await db.select().from(flags)).toMatchObject([{ reporterName: '', reporterEmail: null }]);
  expect(await db.select().from(queueItems)).toHaveLength(1);
  await drain();
  expect(mails()).toEqual([]);
});

test('the same address about the same post is one report, even at one moment', async ({
  make,
  as,
  db,
  drain,
  mails,
}) => {
  const topic = await make.topic();
  const address = `/p/${topic.openingPostId}/report`;
  const emails = ['erika@example.org', 'ERIKA@example.org', 'erika@example.org', 'max@example.org'];
  const sent = await Promise.all(emails.map((email) => as.visitor().post(address, { ...SOUND, email })));
  expect(sent.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  expect(await db.select().from(flags)).toHaveLength(2);
  expect(await db.select().from(queueItems)).toMatchObject([{ weight: 2_000 }]);
  await drain();
  expect(mails()).toHaveLength(2);
});

test('what others cannot see is not there to be reported, and members report by their own right', async ({
  make,
  as,
  clock,
  db,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'A secret headline' });
  const hidden = await make.reply({ topic, body: 'Hidden words' });
  const withdrawn = await make.reply({ topic, body: 'Withdrawn words', withdrawnAt: clock.now() });
  const held = await make.reply({ topic, body: 'Held words', heldAt: clock.now() });
  await make.hide({ post: hidden.id });
  const statuses = { [hidden.id]: 409, [withdrawn.id]: 409, [held.id]: 404 };
  for (const [id, status] of Object.entries(statuses)) {
    const visitor = as.visitor();
    for (const answer of [
      await visitor.get(`/p/${id}/report`),
      await visitor.post(`/p/${id}/report`, SOUND),
      await visitor.post(`/p/${id}/report`, {}),
    ]) {
      expect(answer.status).toBe(status);
      expect(answer.text).not.toMatch(/(?:Hidden|Withdrawn|Held) words/);
    }
  }
  await make.hide({ topic: topic.id });
  const gone = await as.visitor().get(`/p/${topic.openingPostId}/report`);
  expect([gone.status, gone.text.includes('secret')]).toEqual([404, false]);
  // That it came in is said without a word of what it was about.
  const sent = await as.visitor().visit(`/p/${topic.openingPostId}/report?sent=1`);
  expect([sent.status, sent.html.includes('secret')]).toEqual([200, false]);

  const open = await make.topic({ author });
  const path = `/p/${open.openingPostId}/report`;
  expect((await (await as.member(author)).get(path)).status).toBe(403);
  const silenced = await as.member(await make.member({ confirmedAt: null }));
  expect((await silenced.post(path, SOUND)).status).toBe(303);
  expect(await db.select().from(flags)).toMatchObject([{ flaggerId: null, postId: open.openingPostId }]);
});

test('the decision is told by mail: what was done, that a person did it, and how to object', async ({
  make,
  as,
  db,
  drain,
  mails,
}) => {
  const topic = await make.topic();
  const [bad, fine] = [await make.reply({ topic }), await make.reply({ topic })];
  for (const { id } of [bad, fine]) await as.visitor().post(`/p/${id}/report`, SOUND);
  const moderator = await as.moderator();
  await moderator.post(`/p/${bad.id}/hide`, { canned: 'Against the law' });
  const [, item] = await db.select().from(queueItems).orderBy(queueItems.id);
  await moderator.post(`/moderation/items/${item?.id}`, { do: 'keep', version: '1', canned: '' });
  await drain();
  const texts = mails()
    .filter(({ subject }) => subject === 'What became of your report to Tokenwire')
    .map(({ text }) => text);
  const about = (id: number) => texts.find((text) => text.includes(`/p/${id}\n`)) ?? '';
  expect(about(bad.id)).toContain('The moderators agreed. What was done: hidden.');
  expect(about(bad.id)).toContain('The reason: Against the law (rule 7).');
  expect(about(bad.id)).not.toContain('/report');
  expect(about(fine.id)).toContain('have looked at it and left it as it is');
  expect(about(fine.id)).toContain(`/p/${fine.id}/report`);
  for (const text of texts) {
    expect(text).toContain('This was decided by a person, not automatically.');
    expect(text).toContain('Article 21 of the Digital Services Act');
  }
  expect(texts).toHaveLength(2);
});

test('name and address are erased half a year after the decision, and nobody is written to then', async ({
  make,
  as,
  app,
  db,
  forum,
  clock,
  drain,
  mails,
}) => {
  const topic = await make.topic();
  const [decided, waiting] = [await make.reply({ topic }), await make.reply({ topic })];
  for (const { id } of [decided, waiting]) await as.visitor().post(`/p/${id}/report`, SOUND);
  // Not from the report on, but from the decision.
  clock.advance({ days: 10 });
  await (await as.moderator()).post(`/p/${decided.id}/hide`, { canned: 'Against the law' });
  await drain();
  const reporters = async () => {
    const rows = await db.select().from(flags).orderBy(flags.id);
    return rows.map(({ reporterName, reporterEmail }) => [reporterName, reporterEmail]);
  };
  const whole = [SOUND.name, SOUND.email];
  clock.advance({ days: 182 });
  await forgetReporters(db, {}, clock.now());
  expect(await reporters()).toEqual([whole, whole]);
  clock.advance({ days: 2 });
  await forgetReporters(db, {}, clock.now());
  expect(await reporters()).toEqual([['', null], whole]);

  const before = mails().length;
  const [flag] = await db.select().from(flags).orderBy(flags.id);
  if (!flag) throw new Error('no flag');
  const answer = reportAnswerer({
    mailer: forum.mailbox,
    views: forum.views,
    site: app.site,
    siteUrl: app.config.siteUrl,
    secret: '',
    log: { warn: () => undefined },
  });
  await answer(db, { flagId: flag.id, what: 'decided' }, clock.now());
  expect(mails()).toHaveLength(before);
});

test('ten reports an hour from one address, and what was typed is not lost', async ({
  forum,
  make,
  clock,
}) => {
  const app = await forum.build({ budgets: { ...BUDGETS, write: { max: 1_000, seconds: 60 } } });
  await app.ready();
  const visitor = new Browser(app);
  const topic = await make.topic();
  const report = async (n: number) => {
    const { id } = await make.reply({ topic });
    return visitor.post(`/p/${id}/report`, { ...SOUND, email: `e${n}@example.org` });
  };
  for (let n = 1; n <= 10; n += 1) expect((await report(n)).status).toBe(303);
  const refused = await report(11);
  expect(refused.status).toBe(429);
  expect(refused.text).toContain('>\nIt threatens my neighbour</textarea>');
  clock.advance({ hours: 1 });
  expect((await report(12)).status).toBe(303);
  await app.close();
});

test('reports of an address are no flags of the member who has it', async ({ make, as, db }) => {
  const topic = await make.topic();
  const member = await make.member({ email: 'erika@example.org' });
  await as.visitor().post(`/p/${topic.openingPostId}/report`, SOUND);
  await (await as.moderator()).post(`/p/${topic.openingPostId}/hide`, { canned: 'Against the law' });
  const [row] = await db.select().from(members).where(eq(members.id, member.id));
  expect(row).toMatchObject({ flagsDecided: 0, flagsUpheld: 0 });
});
