import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  actions,
  events,
  hides,
  members,
  posts,
  topicRepliers,
  topics,
} from '../../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import {
  approvePosts,
  findCounterFaults,
  refreshHidden,
  repairCounters,
} from '../../../src/features/threads/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { makeNewcomer } from './newcomers.ts';

async function findTopicRow(db: Database, id: TopicId) {
  const [topic] = await db.select().from(topics).where(eq(topics.id, id));
  return topic;
}

async function stateOf(db: Database, id: PostId) {
  const [post] = await db.select({ state: posts.state }).from(posts).where(eq(posts.id, id));
  return post?.state;
}

/** Writes a hide, as features/moderation does, and lets the state follow. @returns its id, to be lifted by */
async function hide(
  db: Database,
  now: Date,
  subject: { postId?: PostId; topicId?: TopicId },
): Promise<number> {
  return db.transaction(async (tx) => {
    const [action] = await tx
      .insert(actions)
      .values({ kind: 'hide', automatic: true, at: now, reason: 'Off topic here' })
      .returning();
    const [row] = await tx
      .insert(hides)
      .values({ actionId: action!.id, ...subject })
      .returning();
    const { postId, topicId } = subject;
    await refreshHidden(tx, { ...(topicId && { topicId }), ...(postId && { postIds: [postId] }) }, now);
    return row!.id;
  });
}

async function lift(db: Database, now: Date, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(hides).where(eq(hides.id, id));
    await tx.update(hides).set({ liftedAt: now, liftedById: row!.actionId }).where(eq(hides.id, id));
    const { postId, topicId } = row!;
    await refreshHidden(tx, { ...(topicId && { topicId }), ...(postId && { postIds: [postId] }) }, now);
  });
}

test('a hidden reply counts nowhere and comes back with all it counted', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const early = await make.reply({ topic, postedAt: clock.ago({ minutes: 90 }) });
  const late = await make.reply({ topic, parent: early, postedAt: clock.ago({ minutes: 10 }) });
  await settleCounters(db);
  const before = await findTopicRow(db, topic.id);
  const hidden = await hide(db, clock.now(), { postId: late.id });
  expect(await findTopicRow(db, topic.id)).toMatchObject({
    replyCount: 1,
    replierCount: 1,
    lastActivityAt: early.postedAt,
  });
  const [author] = await db.select().from(members).where(eq(members.id, late.authorId!));
  expect(author?.repliesKept).toBe(0);
  await expectTrueCounters(db);
  await lift(db, clock.now(), hidden);
  // What stays of it is the note that its ranks fell, for those who are walking through a list.
  const fell = { rankFellIn: expect.stringMatching(/^\d+$/) as string };
  expect(await findTopicRow(db, topic.id)).toEqual({ ...before, ...fell });
  await expectTrueCounters(db);
});

test('two hides do not undo each other', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  await settleCounters(db);
  const [one, other] = [
    await hide(db, clock.now(), { postId: reply.id }),
    await hide(db, clock.now(), { postId: reply.id }),
  ];
  expect((await findTopicRow(db, topic.id))?.replyCount).toBe(0);
  await lift(db, clock.now(), one);
  expect(await stateOf(db, reply.id)).toBe('hidden');
  await lift(db, clock.now(), other);
  expect(await stateOf(db, reply.id)).toBe('visible');
  await expectTrueCounters(db);
});

test('lifting a hide republishes nothing that its author withdrew', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, withdrawnAt: clock.now() });
  await settleCounters(db);
  const hidden = await hide(db, clock.now(), { postId: reply.id });
  await lift(db, clock.now(), hidden);
  expect(await stateOf(db, reply.id)).toBe('withdrawn');
  await expectTrueCounters(db);
});

test('a hide on a topic takes its opening post along, and the other way round', async ({
  make,
  db,
  clock,
}) => {
  for (const by of ['topic', 'opening post'] as const) {
    const topic = await make.topic();
    const subject = by === 'topic' ? { topicId: topic.id } : { postId: topic.openingPostId };
    const hidden = await hide(db, clock.now(), subject);
    expect((await findTopicRow(db, topic.id))?.state).toBe('hidden');
    expect(await stateOf(db, topic.openingPostId)).toBe('hidden');
    await lift(db, clock.now(), hidden);
    expect((await findTopicRow(db, topic.id))?.state).toBe('visible');
    expect(await stateOf(db, topic.openingPostId)).toBe('visible');
  }
});

test('an approved reply counts from now on, is recorded, and tells whom it answers', async ({
  make,
  db,
  clock,
  drain,
}) => {
  const kevin = await make.member();
  const topic = await make.topic({ author: kevin });
  const held = await make.reply({
    topic,
    heldAt: clock.ago({ hours: 1 }),
    postedAt: clock.ago({ hours: 1 }),
    branchSize: 0,
  });
  await settleCounters(db);
  expect((await findTopicRow(db, topic.id))?.replyCount).toBe(0);
  await Promise.all([1, 2].map(() => db.transaction((tx) => approvePosts(tx, [held.id], clock.now()))));
  const [reply] = await db.select().from(posts).where(eq(posts.id, held.id));
  expect(reply).toMatchObject({ state: 'visible', postedAt: clock.now(), branchSize: 1 });
  expect(await findTopicRow(db, topic.id)).toMatchObject({
    replyCount: 1,
    replierCount: 1,
    lastActivityAt: clock.now(),
  });
  expect(await db.select().from(events)).toMatchObject([
    { kind: 'reply-posted', postId: held.id, at: clock.now() },
  ]);
  await expectTrueCounters(db);
  await drain();
  const { rows } = await db.execute(sql`select member_id from notifications where post_id = ${held.id}`);
  expect(rows).toEqual([{ member_id: String(kevin.id) }]);
});

test('an approved topic begins when it is approved', async ({ make, db, clock }) => {
  const topic = await make.topic({ heldAt: clock.ago({ days: 2 }), postedAt: clock.ago({ days: 2 }) });
  await settleCounters(db);
  const before = await findTopicRow(db, topic.id);
  await db.transaction((tx) => approvePosts(tx, [topic.openingPostId], clock.now()));
  const after = await findTopicRow(db, topic.id);
  expect(after).toMatchObject({ state: 'visible', postedAt: clock.now(), lastActivityAt: clock.now() });
  expect(after?.hotRank).toBeGreaterThan(before?.hotRank ?? Infinity);
  expect(await db.select().from(events)).toMatchObject([
    { kind: 'topic-posted', data: { topicKind: 'text' } },
  ]);
  await expectTrueCounters(db);
});

test('what its author withdrew while it was held is approved without a word', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const held = await make.reply({ topic, heldAt: clock.now(), withdrawnAt: clock.now(), branchSize: 0 });
  await settleCounters(db);
  await db.transaction((tx) => approvePosts(tx, [held.id], clock.now()));
  expect(await stateOf(db, held.id)).toBe('withdrawn');
  expect(await db.select().from(events)).toEqual([]);
  await expectTrueCounters(db);
});

test('every counter that is not what the rows say is found and repaired', async ({ make, db }) => {
  const topic = await make.topic();
  const branch = await make.reply({ topic });
  await make.reply({ topic, parent: branch });
  await make.vote({ post: branch.id });
  await make.vote({ post: topic.openingPostId });
  await make.flag({ post: branch.id, weight: 2 });
  await settleCounters(db);
  await expectTrueCounters(db);

  await db
    .update(posts)
    .set({ score: 9, flagWeight: 9, bestRank: 9, branchSize: 9 })
    .where(eq(posts.id, branch.id));
  const wrong = { replyCount: 9, replierCount: 9, score: 9, hotRank: 9, lastActivityAt: new Date(0) };
  await db.update(topics).set(wrong).where(eq(topics.id, topic.id));
  await db.update(members).set({ repliesKept: 9 }).where(eq(members.id, branch.authorId!));
  await db.update(topicRepliers).set({ n: 9 }).where(eq(topicRepliers.memberId, branch.authorId!));
  const [stranger] = await db.select().from(members).orderBy(asc(members.id)).limit(1);
  await db.insert(topicRepliers).values({ topicId: topic.id, memberId: stranger!.id, n: 1 });

  const found = await findCounterFaults(db);
  const ofBranch = String(branch.id);
  const ofTopic = String(topic.id);
  expect(
    Object.fromEntries(found.map(({ counter, id, counted }) => [`${counter} of ${id}`, counted])),
  ).toEqual({
    [`posts.score of ${ofBranch}`]: '1',
    [`posts.flag_weight of ${ofBranch}`]: '2',
    [`posts.best_rank of ${ofBranch}`]: expect.stringMatching(/^0\.\d+$/) as string,
    [`posts.branch_size of ${ofBranch}`]: '2',
    [`topics.reply_count of ${ofTopic}`]: '2',
    [`topics.replier_count of ${ofTopic}`]: '2',
    [`topics.last_activity_at of ${ofTopic}`]: expect.stringMatching(/^2026-04-03/) as string,
    [`topics.score of ${ofTopic}`]: '1',
    [`topics.hot_rank of ${ofTopic}`]: expect.stringMatching(/^\d+\.\d+$/) as string,
    [`members.replies_kept of ${branch.authorId}`]: '1',
    [`topic_repliers.n of ${ofTopic} ${branch.authorId}`]: '1',
    [`topic_repliers.n of ${ofTopic} ${stranger!.id}`]: '0',
  });
  await db.transaction((tx) => repairCounters(tx));
  await expectTrueCounters(db);
});

test('a reply to a reply that awaits approval is counted right, then and when it is approved', async ({
  app,
  make,
  as,
  db,
  clock,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const reply = await make.reply({ topic: await make.topic() });
  await settleCounters(db);
  clock.advance({ minutes: 1 });
  const sent = await (
    await as.member(newcomer)
  ).post(paths.postReply(reply.id), { body: 'See https://a.example/b.' });
  expect(sent.status).toBe(303);
  const [held] = await db.select().from(posts).where(eq(posts.authorId, newcomer.id));
  expect(held?.state).toBe('held');
  await expectTrueCounters(db);
  await db.transaction((tx) => approvePosts(tx, [held!.id], clock.now()));
  await expectTrueCounters(db);
});
