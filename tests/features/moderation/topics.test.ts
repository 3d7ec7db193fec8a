// Locking and pinning topics, and undoing it, each with a reason.
import { events } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, topicRow } from '../../support/moderation-rows.ts';

test('a moderator locks a topic and unlocks it', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'A quarrel' });
  const browser = await as.moderator();
  const form = await browser.visit(`/t/${topic.id}/lock`);
  expect(form.main).toContain('Lock this topic');
  const bare = await form.press('Lock');
  expect(bare.status).toBe(422);
  expect(bare.error('reason')).toContain('Say why');
  const locked = await form.press('Lock', { reason: 'A quarrel of two', rule: '2' });
  expect(locked.url).toBe(`/t/${topic.id}/${topic.slug}`);
  expect((await topicRow(db, topic.id)).lockedAt).not.toBeNull();
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).toContain('A quarrel of two');

  const unlocking = await browser.visit(`/t/${topic.id}/lock`);
  expect(unlocking.main).toContain('Unlock this topic');
  await unlocking.press('Unlock', { reason: 'They have slept on it' });
  expect((await topicRow(db, topic.id)).lockedAt).toBeNull();
  const [lock, unlock] = await actionRows(db);
  expect(lock).toMatchObject({ kind: 'lock', rule: 2, topicId: topic.id, undoneById: unlock?.id });
  expect(unlock).toMatchObject({ kind: 'unlock', undoneById: null });
  const happened = await db.select().from(events).orderBy(events.id);
  expect(happened.map(({ kind }) => kind)).toEqual(['topic-locked', 'topic-unlocked']);
});

test('of two who lock at once, the second does not unlock', async ({ make, as, db }) => {
  const topic = await make.topic();
  const forms = [
    await (await as.moderator()).visit(`/t/${topic.id}/lock`),
    await (await as.moderator()).visit(`/t/${topic.id}/lock`),
  ];
  const answers = await Promise.all(forms.map((form) => form.press('Lock', { reason: 'Enough' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await topicRow(db, topic.id)).lockedAt).not.toBeNull();
});

test('a moderator pins a topic for some days, and takes it down', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const browser = await as.moderator();
  const form = await browser.visit(`/t/${topic.id}/pin`);
  const bare = await form.press('Pin', { reason: 'A typed reason' });
  expect(bare.status).toBe(422);
  expect(bare.main).toContain('Choose how long.');
  expect(bare.field('reason').value).toBe('A typed reason');
  await bare.press('Pin', { days: '3' });
  expect((await topicRow(db, topic.id)).pinnedUntil).toEqual(
    new Date(clock.now().getTime() + 3 * 86_400_000),
  );

  const pinned = await browser.visit(`/t/${topic.id}/pin`);
  expect(pinned.main).toContain('until 6 April 2026, 14:30 UTC');
  await pinned.press('Save', { days: 'none', reason: 'Settled' });
  expect((await topicRow(db, topic.id)).pinnedUntil).toBeNull();
  const [pin, unpin] = await actionRows(db);
  expect(pin).toMatchObject({ kind: 'pin', undoneById: unpin?.id });
  expect(unpin).toMatchObject({ kind: 'unpin', reason: 'Settled' });
  expect((await browser.post(`/t/${topic.id}/pin`, { days: '2', reason: 'Two days' })).status).toBe(422);
});

test('what others cannot see is not pinned', async ({ make, as }) => {
  const topic = await make.topic();
  await make.hide({ topic: topic.id });
  const browser = await as.moderator();
  expect((await browser.get(`/t/${topic.id}/pin`)).status).toBe(409);
  expect((await browser.post(`/t/${topic.id}/pin`, { days: '3', reason: 'News' })).status).toBe(409);
  expect((await browser.get('/t/999999/pin')).status).toBe(404);
  expect((await browser.get('/t/x/lock')).status).toBe(404);
});
