// /moderation/actions/:id/undo: one page for decisions of every kind.
import { and, eq } from 'drizzle-orm';
import { actions, notifications, watchRules } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, postRow, topicRow } from '../../support/moderation-rows.ts';
import { lastAction } from './scene.ts';

const because = { reason: 'A mistake' };

test('it says what was decided and what comes back; who it concerns is told', async ({
  make,
  as,
  db,
  drain,
}) => {
  const topic = await make.topic();
  const root = await make.reply({ topic });
  const child = await make.reply({ topic, parent: root });
  await make.reply({ topic, parent: root, withdrawnAt: new Date('2026-04-03T13:00:00Z') });
  const browser = await as.moderator();
  await browser.post(paths.postHide(root.id), { canned: 'Spam or promotion', extent: 'branch' });
  const id = await lastAction(db);
  await make.reply({ topic, parent: child });
  const page = await browser.visit(paths.undo(id));
  expect(page.main).toContain('Spam or promotion (rule 4)');
  expect(page.main).toContain('Restores 2 posts.');
  expect(page.main).toContain('1 post stays away');
  expect(page.main).toContain('1 reply below that was not part of it stays.');
  const bare = await page.press('Undo it', {});
  expect([bare.status, bare.error('reason')]).toEqual([422, expect.stringContaining('Say why')]);
  const done = await bare.press('Undo it', because);
  expect(done.url).toContain(paths.topic(topic));
  expect((await postRow(db, child.id)).state).toBe('visible');
  await drain();
  const restored = await lastAction(db);
  const told = await db
    .select({ memberId: notifications.memberId })
    .from(notifications)
    .where(eq(notifications.actionId, restored));
  expect(told.map(({ memberId }) => memberId)).toEqual(
    expect.arrayContaining([root.authorId, child.authorId]),
  );
});

test('of two moderators at the same instant one undoes it', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const browsers = [await as.moderator(), await as.moderator(), await as.moderator()];
  const [first] = browsers;
  const deeds = [
    () => first!.post(paths.postHide(reply.id), because),
    () => first!.post(paths.topicLock(topic.id), because),
    () => first!.post(paths.topicSection(topic.id), { ...because, section: 'regions' }),
    () =>
      first!.post(paths.topicSuggest(topic.id), { ...because, title: 'Another title for this', tags: '' }),
  ];
  for (const deed of deeds) {
    await deed();
    const id = await lastAction(db);
    const answers = await Promise.all(browsers.map((browser) => browser.post(paths.undo(id), because)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  }
  // Each decision, and what undid it: nothing was undone twice.
  expect((await actionRows(db)).length).toBe(deeds.length * 2);
});

test('what was changed again since is left alone, and said', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'The first title of this' });
  const browser = await as.moderator();
  const retitle = (title: string) => browser.post(paths.topicSuggest(topic.id), { ...because, title });
  await retitle('The second title of this');
  const id = await lastAction(db);
  await retitle('The third title of this');
  const refused = await (await browser.visit(paths.undo(id))).press('Undo it', because);
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('The title has been changed again since.');
  expect(refused.field('reason').value).toBe(because.reason);
  expect((await topicRow(db, topic.id)).title).toBe('The third title of this');
});

test('a pin that was set over another gives way to it', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.moderator();
  await browser.post(paths.topicPin(topic.id), { ...because, days: '3' });
  const until = (await topicRow(db, topic.id)).pinnedUntil;
  await browser.post(paths.topicPin(topic.id), { ...because, days: '7' });
  expect((await browser.post(paths.undo(await lastAction(db)), because)).status).toBe(303);
  expect((await topicRow(db, topic.id)).pinnedUntil).toEqual(until);
});

test('a watched word is watched no more', async ({ make, as, db }) => {
  const browser = await as.moderator();
  const moderator = await make.member({ role: 'moderator' });
  const [rule] = await db
    .insert(watchRules)
    .values({
      ...{ kind: 'word', pattern: 'casino', shown: 'Casino', effect: 'hold', reason: 'Spam' },
      ...{ madeById: moderator.id, madeAt: new Date('2026-04-03T13:00:00Z') },
    })
    .returning({ id: watchRules.id });
  const [made] = await db
    .insert(actions)
    .values({
      ...{ kind: 'watch', actorId: moderator.id, at: new Date('2026-04-03T13:00:00Z'), reason: 'Spam' },
      data: { ruleId: rule!.id, what: 'Casino' },
    })
    .returning({ id: actions.id });
  expect((await browser.post(paths.undo(made!.id), because)).status).toBe(303);
  const [ended] = await db.select().from(watchRules);
  expect(ended?.endedAt).not.toBeNull();
  const [mark] = await db
    .select()
    .from(actions)
    .where(and(eq(actions.id, made!.id)));
  expect(mark?.undoneById).toBe(await lastAction(db));
});

test('nobody undoes what is about them, nor what nothing undoes', async ({ make, as, db }) => {
  const concerned = await make.member({ role: 'moderator' });
  const topic = await make.topic({ author: concerned });
  await (await as.moderator()).post(paths.topicLock(topic.id), because);
  const id = await lastAction(db);
  const own = await as.moderator(concerned);
  expect((await own.get(paths.undo(id))).status).toBe(403);
  expect((await own.post(paths.undo(id), because)).status).toBe(403);
  expect((await topicRow(db, topic.id)).lockedAt).not.toBeNull();
  expect((await (await as.member()).get(paths.undo(id))).status).toBe(403);
  expect((await own.get('/moderation/actions/999999/undo')).status).toBe(404);
});
