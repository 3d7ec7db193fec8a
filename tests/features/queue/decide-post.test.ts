// Decisions about posts: one look settles all that was asked about a post.
import { eq } from 'drizzle-orm';
import { flags, sanctions } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, itemRow, postRow, putInQueue } from '../../support/moderation-rows.ts';

const SPAM = { canned: 'Spam or promotion', version: '1' };

test('hide and warn: two actions for one reason, the author is told of both', async ({
  make,
  as,
  db,
  clock,
  drain,
}) => {
  const author = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author, body: 'Buy at once' });
  const item = await putInQueue(db, { post: reply.id });
  const answer = await (await as.moderator()).post(paths.queueItem(item), { do: 'hide-warn', ...SPAM });
  expect(answer.status).toBe(303);
  const [hide, warning] = await actionRows(db);
  expect(hide).toMatchObject({ kind: 'hide', postId: reply.id, queueItemId: item, rule: 4 });
  expect(warning).toMatchObject({
    kind: 'warn',
    memberId: author.id,
    queueItemId: item,
    reason: hide?.reason,
  });
  expect(await db.select().from(sanctions)).toMatchObject([
    { memberId: author.id, kind: 'warning', endsAt: null, startsAt: clock.now() },
  ]);
  expect((await postRow(db, reply.id)).state).toBe('hidden');
  expect(await itemRow(db, item)).toMatchObject({ closedByActionId: hide?.id });
  await drain();
  const inbox = (await (await as.member(author)).visit('/inbox')).main;
  expect(inbox).toContain('Hidden by a moderator: your reply');
  expect(inbox).toContain('Warned by a moderator');
});

test('nobody is warned who cannot be, and then nothing is hidden either', async ({ make, as, db }) => {
  const topic = await make.topic();
  const colleague = await make.member({ role: 'moderator' });
  const reply = await make.reply({ topic, author: colleague });
  const item = await putInQueue(db, { post: reply.id });
  const browser = await as.moderator();
  expect((await browser.post(paths.queueItem(item), { do: 'hide-warn', ...SPAM })).status).toBe(403);
  expect((await postRow(db, reply.id)).state).toBe('visible');
  expect(await actionRows(db)).toEqual([]);
  expect((await browser.post(paths.queueItem(item), { do: 'hide', ...SPAM })).status).toBe(303);
});

test('one decision answers flags and watched words alike', async ({ make, as, db, clock }) => {
  const browser = await as.moderator();
  const topic = await make.topic();
  const cases = [
    { decision: 'keep', from: 'watched', outcome: 'rejected' },
    { decision: 'keep', from: 'flagged', outcome: 'rejected' },
    { decision: 'hide', from: 'watched', outcome: 'upheld' },
    { decision: 'hide-branch', from: 'flagged', outcome: 'upheld' },
    { decision: 'lock', from: 'watched', outcome: 'upheld' },
  ] as const;
  for (const { decision, from, outcome } of cases) {
    const reply = await make.reply({ topic });
    await make.flag({ post: reply.id });
    const items = {
      flagged: await putInQueue(db, { post: reply.id }),
      watched: await putInQueue(db, { post: reply.id, kind: 'watched' }),
    };
    const answer = await browser.post(paths.queueItem(items[from]), { do: decision, ...SPAM });
    expect([decision, from, answer.status]).toEqual([decision, from, 303]);
    const action = (await actionRows(db)).at(-1);
    expect(action?.queueItemId).toBe(items[from]);
    for (const item of Object.values(items))
      expect(await itemRow(db, item)).toMatchObject({ closedAt: clock.now(), closedByActionId: action?.id });
    expect(await db.select().from(flags).where(eq(flags.postId, reply.id))).toMatchObject([{ outcome }]);
  }
});

test('what is approved has been looked at: the watched word in it, too', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }) });
  const watched = await putInQueue(db, { post: held.id, kind: 'watched' });
  const item = await putInQueue(db, { post: held.id, kind: 'held' });
  const browser = await as.moderator();
  expect((await browser.post(paths.queueItem(item), { do: 'approve', version: '1' })).status).toBe(303);
  const [approval] = await actionRows(db);
  for (const id of [item, watched]) expect((await itemRow(db, id)).closedByActionId).toBe(approval?.id);
});
