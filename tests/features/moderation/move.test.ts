// /p/:id/move: a moderator puts a reply, with all below it, where it belongs.
import { eq } from 'drizzle-orm';
import { events, notifications, posts } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { actionRows, postRow, topicRow } from '../../support/moderation-rows.ts';
import { expectTrueCounters, settleCounters } from '../threads/counting.ts';

const AT = new Date('2026-04-03T13:00:00Z');

/** A branch of every state, and a topic to move into. */
async function twoTopics(make: Make) {
  const [from, to] = [await make.topic(), await make.topic()];
  const root = await make.reply({ topic: from });
  const moved = await make.reply({ topic: from, parent: root });
  const child = await make.reply({ topic: from, parent: moved });
  const hidden = await make.reply({ topic: from, parent: child, hiddenAt: AT });
  const held = await make.reply({ topic: from, parent: moved, heldAt: AT });
  const target = await make.reply({ topic: to, author: await make.member() });
  return { from, to, root, moved, child, hidden, held, target };
}

test('it goes below a reply of another topic with all below it, counters and address with it', async ({
  make,
  as,
  db,
  drain,
}) => {
  const { from, to, root, moved, child, hidden, held, target } = await twoTopics(make);
  const browser = await as.moderator();
  await settleCounters(db);
  const form = await browser.visit(paths.postMove(moved.id));
  expect(form.main).toContain('with the 2 replies below it');
  const shown = await form.press('Move', {
    to: `https://forum.example/t/${to.id}/x#p${target.id}`,
    reason: 'It answers this',
  });
  expect(shown.url).toContain(`/t/${to.id}/`);

  const place = async (id: typeof root.id) => {
    const { topicId, parentId, branchId, depth } = await postRow(db, id);
    return [topicId, parentId, branchId, depth];
  };
  expect(await place(moved.id)).toEqual([to.id, target.id, target.id, 1]);
  expect(await place(child.id)).toEqual([to.id, moved.id, target.id, 2]);
  expect(await place(hidden.id)).toEqual([to.id, child.id, target.id, 3]);
  expect(await place(held.id)).toEqual([to.id, moved.id, target.id, 2]);
  expect((await topicRow(db, from.id)).replyCount).toBe(1);
  expect((await topicRow(db, to.id)).replyCount).toBe(3);
  expect([(await postRow(db, root.id)).branchSize, (await postRow(db, target.id)).branchSize]).toEqual([
    1, 4,
  ]);
  await expectTrueCounters(db);

  const [action] = await actionRows(db);
  expect(action).toMatchObject({ kind: 'move-reply', topicId: to.id, postId: moved.id });
  const [event] = await db.select().from(events).where(eq(events.kind, 'reply-moved'));
  expect(event).toMatchObject({ topicId: to.id, postId: moved.id, data: { from: from.id } });
  const log = await as.visitor().visit(paths.moderationLog());
  expect(log.document.querySelectorAll('.log tbody tr:not(:first-child)')).toHaveLength(4);
  await drain();
  const told = await db.select({ memberId: notifications.memberId }).from(notifications);
  const authors = [moved, child, hidden, held].map(({ authorId }) => authorId);
  expect(told.map(({ memberId }) => memberId).sort()).toEqual(authors.sort());
});

test('to the top level of another topic, then of its own: it begins a branch with its own size', async ({
  make,
  as,
  db,
}) => {
  const { from, to, moved, child } = await twoTopics(make);
  const browser = await as.moderator();
  await settleCounters(db);
  expect((await browser.post(paths.postMove(moved.id), { to: String(to.id), reason: 'There' })).status).toBe(
    303,
  );
  expect(await postRow(db, moved.id)).toMatchObject({ branchId: moved.id, depth: 0, branchSize: 3 });
  expect((await postRow(db, child.id)).branchId).toBe(moved.id);
  await expectTrueCounters(db);
  await browser.post(paths.postMove(child.id), { to: `/t/${to.id}/any-slug`, reason: 'Beside' });
  expect(await postRow(db, child.id)).toMatchObject({ parentId: null, branchId: child.id, branchSize: 2 });
  expect((await postRow(db, moved.id)).branchSize).toBe(1);
  await browser.post(paths.postMove(child.id), { to: paths.post(from.openingPostId), reason: 'Back' });
  expect((await postRow(db, child.id)).topicId).toBe(from.id);
  await expectTrueCounters(db);
});

test('what cannot be is refused beside what was typed', async ({ make, as, db }) => {
  const { from, to, root, moved, child, target } = await twoTopics(make);
  const [locked] = [await make.topic({ lockedAt: AT })];
  const browser = await as.moderator();
  const refuse = async (typed: string, status: number, sentence: string) => {
    const answer = await (
      await browser.visit(paths.postMove(moved.id))
    ).press('Move', { to: typed, reason: 'Why not' });
    expect([typed, answer.status]).toEqual([typed, status]);
    expect(answer.main).toContain(sentence);
    expect(answer.field('to').value).toBe(typed);
    expect(answer.field('reason').value).toBe('Why not');
  };
  await refuse('nowhere', 422, 'There is no such topic or post.');
  await refuse('/p/999999', 422, 'There is no such topic or post.');
  await refuse(paths.post(child.id), 409, 'A reply cannot stand below itself.');
  await refuse(paths.post(root.id), 409, 'It stands there already.');
  await refuse(String(locked.id), 409, 'That topic is locked');
  expect((await browser.get(paths.postMove(from.openingPostId))).status).toBe(403);
  const bare = await (
    await browser.visit(paths.postMove(moved.id))
  ).press('Move', { to: paths.post(target.id) });
  expect([bare.status, bare.error('reason')]).toEqual([422, expect.stringContaining('Say why')]);
  expect((await db.select().from(posts).where(eq(posts.topicId, to.id))).length).toBe(2);
  expect((await (await as.member()).get(paths.postMove(moved.id))).status).toBe(403);
});

test('crosswise at one moment, nobody waits for ever and every counter is right', async ({
  make,
  as,
  db,
}) => {
  const [one, other] = [await make.topic(), await make.topic()];
  const [ofOne, ofOther] = [await make.reply({ topic: one }), await make.reply({ topic: other })];
  const browsers = [await as.moderator(), await as.moderator()];
  await settleCounters(db);
  const answers = await Promise.all(
    browsers.flatMap((browser) => [
      browser.post(paths.postMove(ofOne.id), { to: String(other.id), reason: 'Across' }),
      browser.post(paths.postMove(ofOther.id), { to: String(one.id), reason: 'Across' }),
    ]),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 409, 409]);
  await expectTrueCounters(db);
});
