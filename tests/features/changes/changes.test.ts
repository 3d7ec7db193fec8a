// What changed, as its readers find it: on a topic's page, in its list, and over all that a member takes part in.
import { eq } from 'drizzle-orm';
import { followLevels, visits } from '../../../src/db/schema/index.ts';
import { recordEvent } from '../../../src/features/threads/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { merge } from '../moderation/merging.ts';

test('what members and moderators did stands in one dated list, each line leading to its place', async ({
  make,
  as,
  clock,
}) => {
  const author = await make.member({ name: 'grid_ops' });
  const topic = await make.topic({ author, title: 'Queues for the grid', source: 'https://a.example/1' });
  const writer = await as.member(author);
  const anna = await as.member(await make.member({ name: 'anna' }));
  const ben = await as.member(await make.member({ name: 'ben' }));
  await anna.post(paths.topicReply(topic.id), { form_id: 'a', body: 'The first answer to it.' });
  await ben.post(paths.topicReply(topic.id), { form_id: 'b', body: 'And another answer.' });
  clock.advance({ minutes: 10 });
  await anna.post(paths.topicSources(topic.id), { url: 'https://b.example/2', role: 'analysis' });
  const form = await writer.visit(paths.postEdit(topic.openingPostId));
  await form.press('Save', { body: 'What do you make of this, all of you?' });
  const moderator = await as.moderator(await make.member({ name: 'marta_l', role: 'moderator' }));
  await moderator.post(paths.topicLock(topic.id), { reason: 'It goes round in circles' });
  const page = await (await as.visitor().visit(paths.topic(topic))).follow('What changed');
  expect(page.url).toBe(paths.topicChanges(topic.id));
  expect(page.main).toContain('2 replies by anna and ben');
  expect(page.main).toContain('A source was added: b.example');
  expect(page.main).toContain('The text was edited by grid_ops');
  expect(page.main).toContain('The topic was locked by a moderator');
  expect(page.main).not.toContain('marta_l');
  const order = ['locked', 'text was edited', 'source was added', '2 replies'].map((what) =>
    page.main.indexOf(what),
  );
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect((await page.follow('The text was edited by grid_ops')).url).toBe(
    paths.postHistory(topic.openingPostId),
  );
  const first = await page.follow('2 replies by anna and ben');
  expect(first.main).toContain('The first answer to it.');
});

test('held, hidden and withdrawn replies are told of by nobody’s name, and hidden topics not at all', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'A story that stays' });
  const secret = await make.member({ name: 'secretive' });
  const events = async (post: { id: (typeof topic)['openingPostId'] }) =>
    db.transaction(async (tx) => {
      const about = { topicId: topic.id, postId: post.id, actorId: secret.id, at: clock.now() };
      await recordEvent(tx, {
        ...{ kind: 'reply-posted', ...about },
        data: { parentId: null, branchId: post.id, purpose: null },
      });
      await recordEvent(tx, { kind: 'post-withdrawn', ...about, data: {} });
    });
  await events(await make.reply({ topic, author: secret, heldAt: clock.now() }));
  const page = async () => (await as.visitor().visit(paths.topicChanges(topic.id))).main;
  expect(await page()).toContain('Nothing has happened here yet.');
  await events(await make.reply({ topic, author: secret, withdrawnAt: clock.now() }));
  expect(await page()).toContain('A reply was deleted by its author');
  expect(await page()).not.toContain('secretive');
  await make.hide({ topic: topic.id });
  const gone = await as.visitor().visit(paths.topicChanges(topic.id));
  expect(gone.status).toBe(410);
  expect(gone.text).not.toContain('A story that stays');
});

test('the sources of a topic that its author took back are not named', async ({ make, as }) => {
  const author = await make.member();
  const topic = await make.topic({ author, source: 'https://a.example/1' });
  const other = await as.member();
  await other.post(paths.topicSources(topic.id), { url: 'https://b.example/2', role: 'analysis' });
  await other.post(paths.topicReply(topic.id), { body: 'An answer that keeps it open.' });
  const main = async () => (await as.visitor().visit(paths.topicChanges(topic.id))).main;
  expect(await main()).toContain('b.example');
  await (await as.member(author)).post(paths.postWithdraw(topic.openingPostId));
  expect(await main()).toContain('A source was added');
  expect(await main()).not.toContain('b.example');
});

test('the list of a member holds what others did where they follow, have posted or replied', async ({
  make,
  as,
  db,
  clock,
}) => {
  const reader = await make.member();
  const other = await as.member(await make.member({ name: 'oda' }));
  const own = await make.topic({ author: reader, title: 'A topic of their own' });
  const followed = await make.topic({ title: 'A topic they follow' });
  const answered = await make.topic({ title: 'A topic they answered' });
  const muted = await make.topic({ author: reader, title: 'A topic they muted' });
  const another = await make.topic({ title: 'A topic of others' });
  await make.reply({ topic: answered, author: reader });
  const level = { memberId: reader.id, setAt: clock.now() };
  await db.insert(followLevels).values([
    { ...level, topicId: followed.id, level: 'all' },
    { ...level, topicId: muted.id, level: 'nothing' },
  ]);
  for (const [index, topic] of [own, followed, answered, muted, another].entries()) {
    clock.advance({ minutes: 1 });
    await other.post(paths.topicReply(topic.id), {
      form_id: `f${index}`,
      body: `An answer to ${topic.title}`,
    });
  }
  const loud = await make.member({ name: 'loud' });
  await db.insert(followLevels).values({ ...level, aboutId: loud.id, level: 'nothing' });
  const shouting = await as.member(loud);
  await shouting.post(paths.topicReply(own.id), { form_id: 'loud', body: 'An answer nobody wants.' });
  const browser = await as.member(reader);
  await browser.post(paths.topicReply(own.id), { form_id: 'mine', body: 'An answer by the author.' });
  const { main, url } = await (await browser.visit(paths.followed())).follow('What changed');
  expect(url).toBe(paths.changes());
  expect([...main.matchAll(/Reply by oda in (.+)/g)].map(([, title]) => title)).toEqual([
    'A topic they answered',
    'A topic they follow',
    'A topic of their own',
  ]);
  expect(main).not.toContain('loud');
  expect((await as.visitor().get(paths.changes())).status).toBe(303);
});

test('a long list is read page by page, and every line once', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  await db.transaction(async (tx) => {
    for (let n = 0; n < 120; n += 1) {
      const about = { topicId: topic.id, actorId: null, at: clock.ago({ minutes: 120 - n }) };
      await recordEvent(tx, { kind: 'tags-edited', ...about, data: { added: [], removed: [] } });
    }
  });
  let page = await as.visitor().visit(paths.topicChanges(topic.id));
  const times = () =>
    [...page.document.querySelectorAll('.note time')].map((time) => time.getAttribute('datetime'));
  const seen = times();
  for (let n = 0; n < 2; n += 1) {
    page = await page.follow('Earlier');
    seen.push(...times());
  }
  expect(page.main).not.toContain('Earlier');
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
});

test('what a merge brings stands in the list of the topic that stays', async ({ make, as }) => {
  const [stays, goes] = [await make.topic({ title: 'The one that stays' }), await make.topic()];
  const anna = await as.member(await make.member({ name: 'anna' }));
  await anna.post(paths.topicReply(goes.id), { form_id: 'a', body: 'Written where it no longer stands.' });
  expect(await merge(await as.moderator(), goes, stays)).toBe(303);
  const { main } = await as.visitor().visit(paths.topicChanges(stays.id));
  expect(main).toContain('Another topic was merged into this one by a moderator');
  expect(main).toContain('Reply by anna');
});

test('a topic’s page says in one line what happened since the last visit', async ({
  make,
  as,
  clock,
  db,
}) => {
  const topic = await make.topic({ source: 'https://a.example/1' });
  const reader = await as.member();
  const seen = async () => {
    const { main } = await reader.visit(paths.topic(topic));
    await expect.poll(() => db.$count(visits, eq(visits.visitedAt, visit))).toBe(1);
    return main;
  };
  let visit = clock.now();
  expect(await seen()).not.toContain('Since your last visit');
  clock.advance({ hours: 2 });
  visit = clock.now();
  const anna = await as.member();
  await anna.post(paths.topicReply(topic.id), { form_id: 'a', body: 'An answer to it.' });
  await anna.post(paths.topicSources(topic.id), { url: 'https://b.example/2', role: 'analysis' });
  const told = /Since your last visit on 3 April 2026, 14:30 UTC: 1 reply, 1 source added\./;
  expect(await seen()).toMatch(told);
  // While the visit lasts, it goes on to be told.
  clock.advance({ minutes: 20 });
  expect(await seen()).toMatch(told);
  clock.advance({ minutes: 20 });
  visit = clock.now();
  expect(await seen()).not.toContain('Since your last visit');
});
