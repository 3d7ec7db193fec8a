import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  actions,
  events,
  members,
  posts,
  revisions,
  sanctions,
  topics,
} from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { eraseWithdrawn } from '../../../src/features/threads/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';

async function findPostRow(db: Database, id: PostId) {
  const [post] = await db.select().from(posts).where(eq(posts.id, id));
  return post;
}

test('a withdrawn reply keeps its place, blank, and counts no more', async ({ make, as, db, clock }) => {
  const anna = await make.member({ name: 'anna' });
  const topic = await make.topic();
  const before = await make.reply({ topic, postedAt: clock.ago({ hours: 2 }) });
  const reply = await make.reply({
    topic,
    author: anna,
    body: 'Regretted.',
    postedAt: clock.ago({ hours: 1 }),
  });
  await make.reply({ topic, parent: reply, body: 'An answer.', heldAt: clock.now() });
  const browser = await as.member(anna);
  await settleCounters(db);

  const page = await browser.visit(paths.postWithdraw(reply.id));
  expect(page.main).toContain('Delete your reply');
  const done = await page.press('Delete');
  expect(done.url).toBe(paths.postWithdraw(reply.id));
  expect(done.main).toContain('You can have it back until 3 April 2026, 14:40 UTC.');
  expect(await findPostRow(db, reply.id)).toMatchObject({ state: 'withdrawn', withdrawnAt: clock.now() });
  const [row] = await db.select().from(topics).where(eq(topics.id, topic.id));
  expect(row).toMatchObject({ replyCount: 1, replierCount: 1, lastActivityAt: before.postedAt });
  const [author] = await db.select().from(members).where(eq(members.id, anna.id));
  expect(author?.repliesKept).toBe(1);
  const seen = await as.visitor().visit(paths.topic(topic));
  expect(seen.main).not.toMatch(/Regretted|anna/);
  expect(seen.document.getElementById(`p${reply.id}`)).not.toBeNull();
  expect((await db.select().from(events)).map(({ kind }) => kind)).toEqual(['post-withdrawn']);
  await expectTrueCounters(db);
});

test('within ten minutes it can be undone, later it cannot', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author: anna, body: 'Regretted.' });
  const browser = await as.member(anna);
  await settleCounters(db);
  const done = await (await browser.visit(paths.postWithdraw(reply.id))).press('Delete');
  clock.advance({ minutes: 10 });
  const back = await done.press('Undo');
  expect(back.main).toContain('Regretted.');
  expect(back.main).toContain('Replies (1)');
  await expectTrueCounters(db);

  await (await browser.visit(paths.postWithdraw(reply.id))).press('Delete');
  clock.advance({ minutes: 10, seconds: 1 });
  const late = await browser.visit(paths.postWithdraw(reply.id));
  expect(late.document.querySelector('main button')).toBeNull();
  const answer = await browser.post(paths.postWithdraw(reply.id), { undo: '1' });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('A withdrawal can be undone for 10 minutes.');
});

test('where a deleted reply or topic stood, its author can undo it, and nobody else', async ({
  make,
  as,
  clock,
}) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, body: 'My topic.' });
  const reply = await make.reply({ topic, author: anna, body: 'My reply.' });
  await make.reply({ topic, body: 'Theirs.' });
  const browser = await as.member(anna);
  for (const id of [reply.id, topic.openingPostId])
    await (await browser.visit(paths.postWithdraw(id))).press('Delete');
  const undoIn = ({ document }: { document: Document }) =>
    [...document.querySelectorAll('button[name=undo]')].map(({ textContent }) => textContent);

  for (const other of [as.visitor(), await as.member(), await as.moderator()])
    expect(undoIn(await other.visit(paths.topic(topic)))).toEqual([]);
  const page = await browser.visit(paths.topic(topic));
  expect(undoIn(page)).toEqual(['Undo deleting your topic', 'Undo deleting your reply']);
  const back = await page.press('Undo deleting your reply');
  expect(back.main).toContain('My reply.');

  clock.advance({ minutes: 10, seconds: 1 });
  expect(undoIn(await browser.visit(paths.topic(topic)))).toEqual([]);
});

test('a topic that is withdrawn goes, unless somebody else has replied', async ({ make, as, db }) => {
  const anna = await make.member({ name: 'anna' });
  const [lonely, answered] = [
    await make.topic({ author: anna }),
    await make.topic({ author: anna, body: 'Mine.' }),
  ];
  await make.reply({ topic: lonely, author: anna });
  await make.reply({ topic: answered, body: 'Theirs.' });
  const browser = await as.member(anna);
  await settleCounters(db);
  for (const topic of [lonely, answered]) {
    await (await browser.visit(paths.postWithdraw(topic.openingPostId))).press('Delete');
  }
  expect((await as.visitor().visit(paths.topic(lonely))).status).toBe(410);
  const stays = await as.visitor().visit(paths.topic(answered));
  expect(stays.status).toBe(200);
  expect(stays.main).toContain('Theirs.');
  expect(stays.main).not.toMatch(/Mine\.|Posted by anna/);
  expect((await as.visitor().visit('/new')).main).not.toContain(answered.title);
  await expectTrueCounters(db);
});

test('only its author withdraws a post, once, and others’ held ones do not exist', async ({
  make,
  as,
  clock,
}) => {
  const anna = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author: anna });
  const held = await make.reply({ topic, author: anna, heldAt: clock.now() });
  for (const browser of [await as.member(), await as.moderator()]) {
    expect((await browser.get(paths.postWithdraw(reply.id))).status).toBe(403);
    const answer = await browser.post(paths.postWithdraw(reply.id));
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Only its author can withdraw a post.');
  }
  expect((await (await as.member()).post(paths.postWithdraw(held.id))).status).toBe(404);
  const own = await as.member(anna);
  expect((await own.post(paths.postWithdraw(reply.id))).status).toBe(303);
  const again = await own.post(paths.postWithdraw(reply.id));
  expect(again.status).toBe(409);
  expect(again.text).toContain('You have withdrawn this post already.');
  expect((await own.post(paths.postWithdraw(999_999 as PostId))).status).toBe(404);
});

test('a suspended member can withdraw, and not take that back', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna });
  const [action] = await db
    .insert(actions)
    .values({ kind: 'suspend', automatic: true, at: clock.now(), reason: 'Spam', memberId: anna.id })
    .returning();
  const startsAt = clock.now();
  await db.insert(sanctions).values({
    memberId: anna.id,
    kind: 'suspension',
    actionId: action!.id,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 86_400_000),
  });
  const browser = await as.member(anna);
  const done = await (await browser.visit(paths.postWithdraw(reply.id))).press('Delete');
  expect(done.document.querySelector('main button')).toBeNull();
  const answer = await browser.post(paths.postWithdraw(reply.id), { undo: '1' });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('Your account is suspended');
});

test('after thirty days the text and its earlier texts are erased, and not before', async ({
  make,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const old = await make.reply({
    topic,
    body: 'Long gone.',
    withdrawnAt: clock.ago({ days: 30, seconds: 1 }),
  });
  const edited = await make.reply({ topic, body: '', withdrawnAt: clock.ago({ days: 31 }) });
  const young = await make.reply({ topic, body: 'Still in dispute.', withdrawnAt: clock.ago({ days: 30 }) });
  const kept = await make.reply({ topic, body: 'Kept.' });
  for (const { id } of [old, edited, young, kept]) {
    await db
      .insert(revisions)
      .values({ postId: id, version: 1, bodyMd: `Before ${id}`, replacedAt: clock.now() });
  }
  await eraseWithdrawn(db, {}, clock.now());
  await eraseWithdrawn(db, {}, clock.now());
  expect(await findPostRow(db, old.id)).toMatchObject({ bodyMd: '', bodyHtml: '', state: 'withdrawn' });
  expect((await findPostRow(db, young.id))?.bodyMd).toBe('Still in dispute.');
  expect((await findPostRow(db, kept.id))?.bodyMd).toBe('Kept.');
  const left = await db.select({ postId: revisions.postId }).from(revisions);
  expect(left.map(({ postId }) => postId).sort()).toEqual([young.id, kept.id].sort());
});
