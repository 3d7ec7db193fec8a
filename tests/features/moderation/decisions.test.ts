// Deciding items of the queue: once, by one, about what that one saw.
import { eq } from 'drizzle-orm';
import { actionPosts, events, flags, hides } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import {
  actionRows,
  flagRecord,
  itemRow,
  postRow,
  putInQueue,
  topicRow,
} from '../../support/moderation-rows.ts';

test('hiding with a canned reason: the post, its flags, the record', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const [flagger, topic] = [await make.member(), await make.topic()];
  const reply = await make.reply({ topic, body: 'Quote TOKENWIRE for a discount' });
  await make.flag({ post: reply.id, member: flagger });
  const item = await putInQueue(db, { post: reply.id });

  const after = await (
    await (await as.moderator(moderator)).visit('/moderation')
  ).press('Hide', {
    canned: 'Spam or promotion',
  });
  expect(after.url).toBe(`/moderation?did=${(await actionRows(db))[0]?.id}`);
  expect(after.main).toContain('Nothing waits');
  const [action] = await actionRows(db);
  expect(action).toMatchObject({
    kind: 'hide',
    actorId: moderator.id,
    automatic: false,
    rule: 4,
    reason: 'Spam or promotion',
    topicId: topic.id,
    postId: reply.id,
    queueItemId: item,
    undoneById: null,
  });
  expect(await db.select().from(actionPosts)).toEqual([{ actionId: action?.id, postId: reply.id }]);
  expect(await db.select().from(hides)).toMatchObject([
    { actionId: action?.id, postId: reply.id, liftedAt: null },
  ]);
  expect(await postRow(db, reply.id)).toMatchObject({ state: 'hidden', hiddenAt: clock.now() });
  expect((await topicRow(db, topic.id)).replyCount).toBe(0);
  expect(await itemRow(db, item)).toMatchObject({ closedAt: clock.now(), closedByActionId: action?.id });
  expect(await db.select().from(flags)).toMatchObject([{ outcome: 'upheld' }]);
  expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 1 });
  expect(await db.select().from(events).where(eq(events.postId, reply.id))).toMatchObject([
    { kind: 'post-hidden', actorId: moderator.id, topicId: topic.id, data: { actionId: action?.id } },
  ]);
});

test('keeping needs no reason, rejects the flags and takes their weight off', async ({ make, as, db }) => {
  const [flagger, topic] = [await make.member(), await make.topic()];
  const reply = await make.reply({ topic });
  await (await as.member(flagger)).post(`/p/${reply.id}/flag`, { reason: 'illegal' });
  expect((await postRow(db, reply.id)).flagWeight).toBeGreaterThan(0);
  await (await (await as.moderator()).visit('/moderation')).press('Keep');
  expect(await actionRows(db)).toMatchObject([{ kind: 'keep', reason: 'Within the rules.' }]);
  expect(await postRow(db, reply.id)).toMatchObject({ state: 'visible', flagWeight: 0 });
  expect(await db.select().from(flags)).toMatchObject([{ outcome: 'rejected' }]);
  expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 0 });
  // The same member may flag it anew; moderators look at it anew.
  await (await as.member(flagger)).post(`/p/${reply.id}/flag`, { reason: 'illegal' });
  expect((await (await as.moderator()).visit('/moderation')).main).toContain('Flagged 1');
});

test('everything else needs a reason, and the form comes back as it was', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await putInQueue(db, { post: reply.id });
  const page = await (await as.moderator()).visit('/moderation');
  const bare = await page.press('Hide', { rule: '3' });
  expect(bare.status).toBe(422);
  expect(bare.error('reason')).toContain('Say why');
  expect(bare.field('rule').value).toBe('3');
  const long = await bare.press('Hide', { reason: 'x'.repeat(1_001) });
  expect(long.error('reason')).toContain('too long by 1');
  const wrongRule = await bare.press('Hide', { reason: 'It is', rule: '0' });
  expect(wrongRule.error('rule')).toContain('number of a rule');
  expect(wrongRule.field('reason').value).toBe('It is');
  expect(await actionRows(db)).toEqual([]);
  const done = await wrongRule.press('Hide', { reason: 'Off the subject', rule: '3' });
  expect(done.url).toMatch(/^\/moderation\?did=\d+$/);
  expect(await actionRows(db)).toMatchObject([{ rule: 3, reason: 'Off the subject' }]);
});

test('own words take the place of a canned reason and keep its rule', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await putInQueue(db, { post: reply.id });
  const page = await (await as.moderator()).visit('/moderation');
  await page.press('Hide', { canned: 'Spam or promotion', reason: 'The fourth advertisement today' });
  expect(await actionRows(db)).toMatchObject([{ rule: 4, reason: 'The fourth advertisement today' }]);
});

test('hiding with replies takes all below, locking the topic leaves them', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const below = await make.reply({ topic, parent: reply });
  const beside = await make.reply({ topic });
  await make.flag({ post: reply.id });
  await make.flag({ post: below.id });
  await putInQueue(db, { post: reply.id });
  const lower = await putInQueue(db, { post: below.id });
  const browser = await as.moderator();
  await (await browser.visit('/moderation')).press('Hide with replies', { canned: 'Off topic here' });
  expect((await postRow(db, below.id)).state).toBe('hidden');
  expect((await postRow(db, beside.id)).state).toBe('visible');
  // What waited for a decision about the reply below has got one.
  expect((await itemRow(db, lower)).closedAt).not.toBeNull();
  expect((await db.select().from(flags)).map(({ outcome }) => outcome)).toEqual(['upheld', 'upheld']);

  await make.flag({ post: beside.id });
  await putInQueue(db, { post: beside.id });
  await (await browser.visit('/moderation')).press('Lock topic', { reason: 'A quarrel of two' });
  expect((await topicRow(db, topic.id)).lockedAt).not.toBeNull();
  expect((await postRow(db, beside.id)).state).toBe('visible');
  expect((await browser.visit('/moderation?tab=flagged')).main).toContain('Nothing is flagged.');
});

test('hiding an opening post hides its topic', async ({ make, as, db }) => {
  const topic = await make.topic();
  await make.flag({ post: topic.openingPostId });
  await putInQueue(db, { post: topic.openingPostId });
  await (
    await (await as.moderator()).visit('/moderation')
  ).press('Hide topic', { canned: 'Spam or promotion' });
  expect(await db.select().from(hides)).toMatchObject([{ topicId: topic.id, postId: null }]);
  expect((await topicRow(db, topic.id)).state).toBe('hidden');
  expect((await postRow(db, topic.openingPostId)).state).toBe('hidden');
  expect(await actionRows(db)).toMatchObject([{ topicId: topic.id, postId: null }]);
});

test('ten moderators decide one item at once: it is decided exactly once', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const flagger = await make.member();
  await make.flag({ post: reply.id, member: flagger });
  const item = await putInQueue(db, { post: reply.id });
  const browsers = await Promise.all(Array.from({ length: 10 }, () => as.moderator()));
  const answers = await Promise.all(
    browsers.map((browser, n) =>
      browser.post(`/moderation/items/${item}`, {
        do: n % 2 === 0 ? 'hide' : 'keep',
        version: '1',
        reason: `Reason ${n}`,
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 9 }, () => 409)]);
  const made = await actionRows(db);
  expect(made).toHaveLength(1);
  expect((await itemRow(db, item)).closedByActionId).toBe(made[0]?.id);
  expect(await flagRecord(db, flagger.id)).toMatchObject({ decided: 1 });
});

test('whoever comes too late is told what was decided, and keeps what was typed', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await putInQueue(db, { post: reply.id });
  const late = await (await as.moderator()).visit('/moderation');
  const first = await as.moderator(await make.member({ name: 'tomas_r', role: 'moderator' }));
  await (await first.visit('/moderation')).press('Hide', { canned: 'Spam or promotion' });
  const page = await late.press('Hide', { reason: 'A paragraph I thought about' });
  expect(page.status).toBe(409);
  expect(page.main).toContain('This has been decided meanwhile.');
  expect(page.main).toContain('Hidden by tomas_r, 3 April 2026, 14:30 UTC: Spam or promotion');
  expect(page.main).toContain('A paragraph I thought about');
  expect(await actionRows(db)).toHaveLength(1);
});

test('what changed since is told before the decision is taken', async ({ make, as, db }) => {
  const topic = await make.topic();
  const author = await make.member();
  const reply = await make.reply({ topic, author, body: 'Before' });
  const flagIt = async () => (await as.member()).post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await flagIt();
  await flagIt();
  const page = await (await as.moderator()).visit('/moderation');
  await flagIt();
  const stale = await page.press('Hide', { reason: 'Considered at length', rule: '3' });
  expect(stale.status).toBe(409);
  expect(stale.main).toContain('This has changed since you opened it.');
  expect(stale.main).toContain('Another flag has come in.');
  expect(stale.field('reason').value).toBe('Considered at length');
  expect(stale.field('rule').value).toBe('3');
  expect(await actionRows(db)).toEqual([]);
  // The page shows what is there now: the same button works.
  expect((await stale.press('Hide')).url).toMatch(/^\/moderation\?did=\d+$/);
  expect(await actionRows(db)).toMatchObject([{ reason: 'Considered at length', rule: 3 }]);
});

const FLAGGED = ['keep', 'hide', 'hide-branch', 'hide-warn', 'lock'];

test('nobody decides about themselves', async ({ make, as, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const flagged = await make.reply({ topic, author: moderator });
  const held = await make.reply({ topic, author: moderator, heldAt: clock.ago({ hours: 1 }) });
  const browser = await as.moderator(moderator);
  const items = [
    { item: await putInQueue(db, { post: flagged.id }), decisions: FLAGGED },
    { item: await putInQueue(db, { post: held.id, kind: 'held' }), decisions: ['approve', 'refuse'] },
  ];
  expect((await browser.visit('/moderation')).main).toContain(
    'This is your own post: another moderator decides.',
  );
  for (const { item, decisions } of items) {
    for (const decision of decisions) {
      const answer = await browser.post(`/moderation/items/${item}`, {
        do: decision,
        version: '1',
        reason: 'Fine',
      });
      expect([decision, answer.status]).toEqual([decision, 403]);
    }
  }
  expect(await actionRows(db)).toEqual([]);
});

test('a decision that the item does not offer is refused', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }) });
  const item = await putInQueue(db, { post: held.id, kind: 'held' });
  const browser = await as.moderator();
  for (const decision of ['keep', 'lock', 'hide', 'nonsense', '']) {
    const answer = await browser.post(`/moderation/items/${item}`, {
      do: decision,
      version: '1',
      reason: 'Fine',
    });
    expect([decision, answer.status]).toEqual([decision, 400]);
  }
  expect((await browser.post('/moderation/items/999999', { do: 'keep', version: '1' })).status).toBe(404);
  expect((await browser.get('/moderation/items/x')).status).toBe(404);
  expect((await postRow(db, held.id)).state).toBe('held');
});

test('the author is told of a hide and nobody of a keep', async ({ make, as, db, drain }) => {
  const author = await make.member();
  const topic = await make.topic();
  const [kept, hidden] = [await make.reply({ topic, author }), await make.reply({ topic, author })];
  const browser = await as.moderator();
  await browser.post(`/moderation/items/${await putInQueue(db, { post: kept.id })}`, {
    do: 'keep',
    version: '1',
  });
  const item = await putInQueue(db, { post: hidden.id });
  await browser.post(`/moderation/items/${item}`, { do: 'hide', version: '1', canned: 'Off topic here' });
  await drain();
  const inbox = await (await as.member(author)).visit('/inbox');
  expect(inbox.main).toContain('Off topic here');
  expect(inbox.main).not.toContain('Within the rules.');
});
