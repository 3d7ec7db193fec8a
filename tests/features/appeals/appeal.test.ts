// Appeals: one to each decision, by whoever it concerns, decided by somebody else.
import { eq } from 'drizzle-orm';
import { actions, appeals, members } from '../../../src/db/schema/index.ts';
import { settleAppealJob } from '../../../src/features/appeals/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, postRow } from '../../support/moderation-rows.ts';
import { sanction } from '../members/sanctions.ts';
import { appealRow, decide, hiddenReply, hide, itemOf } from './deciding.ts';

const TEXT = 'I gain nothing by it.\n\nAsk anybody.';

test('an appeal is made from the decision, read by moderators, and taken back until it is decided', async ({
  app,
  as,
  make,
}) => {
  const { author, path, actionId } = await hiddenReply({ app, as, make });
  const browser = await as.member(author);
  const page = await browser.visit(path);
  const empty = await page.press('Appeal', { text: ' ' });
  expect(empty.status).toBe(422);
  expect(empty.error('text')).toContain('Say why the decision is wrong');
  const long = await page.press('Appeal', { text: 'x'.repeat(2_001) });
  expect(long.status).toBe(422);
  expect(long.field('text').value).toHaveLength(2_001);

  const made = await page.press('Appeal', { text: TEXT });
  expect(made.main).toContain('Under appeal');
  expect(made.main).toContain('Ask anybody.');
  expect(made.document.querySelector('textarea[name=text]')).toBeNull();
  expect(await itemOf(app, actionId)).toMatchObject({ kind: 'appeal', closedAt: null });
  // The same form once more, and another text in an older tab.
  expect((await page.press('Appeal', { text: TEXT })).status).toBe(200);
  const second = await page.press('Appeal', { text: 'Another' });
  expect(second.status).toBe(409);
  expect(second.main).toContain('You have appealed against this decision.');
  expect(second.html).toContain('\nAnother</textarea>');
  expect(await app.db.$count(appeals)).toBe(1);

  const taken = await made.press('Take the appeal back');
  expect(taken.main).not.toContain('Under appeal');
  expect((await itemOf(app, actionId)).closedAt).not.toBeNull();
  expect(await app.db.$count(appeals)).toBe(0);
  expect((await taken.press('Appeal', { text: 'Once more' })).main).toContain('Under appeal');
});

test.for(['silence', 'suspension'] as const)(
  'a member under %s appeals',
  async (kind, { app, as, clock, make }) => {
    const member = await make.member();
    await sanction(app.db, member, kind, { startsAt: clock.now(), endsAt: clock.ago({ days: -1 }) });
    const [action] = await actionRows(app.db);
    const page = await (await as.member(member)).visit(`/decisions/${action?.id}`);
    expect((await page.press('Appeal', { text: TEXT })).main).toContain('Under appeal');
  },
);

test('after six months there is none, and the page says until when there was', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { author, path, actionId } = await hiddenReply({ app, as, make });
  clock.advance({ days: 183 });
  const late = await (await as.member(author)).visit(path);
  clock.advance({ seconds: 1 });
  const refused = await (await as.member(author)).post(`${path}/appeal`, { text: TEXT });
  expect(late.document.querySelector('textarea[name=text]')).not.toBeNull();
  expect(refused.status).toBe(409);
  expect(refused.text).toContain('An appeal was possible for six months, until 3 October 2026');
  expect(await appealRow(app, actionId)).toBeUndefined();
});

test('of a branch, the first appeal is everybody’s; its text is not', async ({ app, as, make }) => {
  const { author, actor, topic } = await hiddenReply({ app, as, make });
  const above = await make.reply({ topic, author });
  const other = await make.member();
  await make.reply({ topic, author: other, parent: above });
  const actionId = await hide({ app, as }, above, actor, 'branch');
  await (await (await as.member(author)).visit(`/decisions/${actionId}`)).press('Appeal', { text: TEXT });
  const page = await (await as.member(other)).visit(`/decisions/${actionId}`);
  expect(page.main).toContain('By somebody else whom the decision concerns.');
  expect(page.text).not.toContain('Ask anybody');
  expect(page.document.querySelector('button[type=submit].btn')).toBeNull();
});

test('granted: it is undone, in the log with its reason, and told once', async ({
  app,
  as,
  clock,
  drain,
  mails,
  make,
}) => {
  const { author, path, actionId, reply, topic } = await hiddenReply({ app, as, make });
  const browser = await as.member(author);
  await (await browser.visit(path)).press('Appeal', { text: TEXT });
  await drain();
  const before = mails().length;
  const other = await make.member({ name: 'ops_lena', role: 'moderator' });
  await decide(app, actionId, {
    by: other,
    decision: 'reverse',
    now: clock.now(),
    reason: 'No promotion at all',
  });
  await drain();
  expect((await postRow(app.db, reply.id)).state).toBe('visible');
  const rows = await actionRows(app.db);
  expect(rows.map(({ kind }) => kind)).toEqual(['hide', 'restore', 'reverse']);
  const [hidden, undoing, outcome] = rows;
  expect(hidden?.undoneById).toBe(undoing?.id);
  expect(outcome).toMatchObject({
    actorId: other.id,
    topicId: topic.id,
    postId: reply.id,
    reason: 'No promotion at all',
    data: { appealed: actionId },
  });
  expect(await appealRow(app, actionId)).toMatchObject({
    outcome: 'reversed',
    decidedById: other.id,
    decisionId: outcome?.id,
    decidedAt: clock.now(),
  });
  expect((await itemOf(app, actionId)).closedByActionId).toBe(outcome?.id);
  expect(mails().slice(0, mails().length - before)).toMatchObject([
    { subject: 'Your appeal was granted: the decision is undone on Tokenwire' },
  ]);
  const page = await browser.visit(path);
  expect(page.main).toContain('Granted: the decision is undone.');
  expect(page.main).toContain('No promotion at all');
  const inbox = await browser.visit('/inbox');
  expect(inbox.main).toContain('Reversed on appeal by a moderator');
  expect(inbox.main).not.toContain('Restored');
  expect((await as.visitor().visit('/moderation/log')).main).toContain('Reversed on appeal');
});

test('rejected: it stands, and that is told with the reason', async ({
  app,
  as,
  clock,
  drain,
  mails,
  make,
}) => {
  const { author, path, actionId, reply } = await hiddenReply({ app, as, make });
  await (await (await as.member(author)).visit(path)).press('Appeal', { text: TEXT });
  const other = await make.member({ role: 'moderator' });
  await decide(app, actionId, { by: other, decision: 'uphold', now: clock.now(), reason: 'Rule 4 is plain' });
  await drain();
  expect((await postRow(app.db, reply.id)).state).toBe('hidden');
  expect(mails()[0]?.subject).toBe('Your appeal was rejected: the decision stands on Tokenwire');
  expect(mails()[0]?.text).toContain('Rule 4 is plain');
  const page = await (await as.member(author)).visit(path);
  expect(page.main).toContain('Stands');
  expect(page.main).toContain('Rejected: the decision stands.');
  await expect(
    decide(app, actionId, { by: other, decision: 'reverse', now: clock.now() }),
  ).rejects.toMatchObject({
    kind: 'conflict',
  });
});

test('of two who decide at the same instant, one does', async ({ app, as, clock, make }) => {
  const { author, path, actionId } = await hiddenReply({ app, as, make });
  await (await (await as.member(author)).visit(path)).press('Appeal', { text: TEXT });
  const others = await Promise.all([0, 1].map(() => make.member({ role: 'moderator' })));
  const outcomes = await Promise.allSettled(
    others.map((by, n) =>
      decide(app, actionId, { by, decision: n === 0 ? 'uphold' : 'reverse', now: clock.now() }),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { kind: 'conflict' },
  });
  const kinds = (await actionRows(app.db)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'uphold' || kind === 'reverse')).toHaveLength(1);
});

test('whoever decided does not decide the appeal; alone in office after a day, and the log says so', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { author, actor, path, actionId } = await hiddenReply({ app, as, make });
  await (await (await as.member(author)).visit(path)).press('Appeal', { text: TEXT });
  const other = await make.member({ role: 'admin' });
  const own = () => decide(app, actionId, { by: actor, decision: 'uphold', now: clock.now() });
  clock.advance({ days: 30 });
  await expect(own()).rejects.toMatchObject({ kind: 'denied' });
  await sanction(app.db, other, 'suspension', { startsAt: clock.now(), endsAt: null });
  await app.db.update(appeals).set({ openedAt: clock.ago({ hours: 23 }) });
  await expect(own()).rejects.toMatchObject({ kind: 'conflict' });
  clock.advance({ hours: 1 });
  await own();
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('by the same moderator, the only one in office');
});

test('whom it concerns does not decide, though in office', async ({ app, as, clock, make }) => {
  const { author, path, actionId } = await hiddenReply({ app, as, make });
  await (await (await as.member(author)).visit(path)).press('Appeal', { text: TEXT });
  await app.db.update(members).set({ role: 'admin' }).where(eq(members.id, author.id));
  const by = { ...author, role: 'admin' as const };
  await expect(decide(app, actionId, { by, decision: 'reverse', now: clock.now() })).rejects.toMatchObject({
    kind: 'denied',
  });
});

test('an appeal against what is undone otherwise is settled', async ({ app, as, clock, drain, make }) => {
  const { author, actor, path, actionId, reply } = await hiddenReply({ app, as, make });
  const browser = await as.member(author);
  await (await browser.visit(path)).press('Appeal', { text: TEXT });
  await (
    await (await as.moderator(actor)).visit(`/p/${reply.id}/restore`)
  ).press('Restore', {
    reason: 'My mistake',
  });
  const other = await make.member({ role: 'moderator' });
  await expect(
    decide(app, actionId, { by: other, decision: 'reverse', now: clock.now() }),
  ).rejects.toMatchObject({
    kind: 'conflict',
  });
  await drain();
  await settleAppealJob(app.db, { actionId }, clock.now());
  expect((await itemOf(app, actionId)).closedAt).toEqual(clock.now());
  expect((await browser.visit(path)).main).toContain(
    'The decision was undone before the appeal was decided.',
  );
  expect((await browser.post(`${path}/appeal`, { withdraw: '1' })).status).toBe(409);
});

test('what no button can put back is reversed in the log', async ({ app, as, clock, db, make }) => {
  const { author, actor } = await hiddenReply({ app, as, make });
  const given = { actorId: actor.id, memberId: author.id, at: clock.now(), reason: 'A brand' };
  const [row] = await db
    .insert(actions)
    .values({ kind: 'rename-member', ...given })
    .returning();
  if (!row) throw new Error('nothing was inserted');
  await (await (await as.member(author)).visit(`/decisions/${row.id}`)).press('Appeal', { text: TEXT });
  const by = await make.member({ role: 'moderator' });
  const outcome = await decide(app, row.id, { by, decision: 'reverse', now: clock.now() });
  expect((await actionRows(db)).find(({ id }) => id === row.id)?.undoneById).toBe(outcome);
});
