// Hiding everything of a member under one action, and lifting it: compared row by row.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actionPosts, flags, hides, members, queueItems, sources } from '../../../src/db/schema/index.ts';
import type { ActionId, TopicId } from '../../../src/domain/ids.ts';
import { DAY } from '../../../src/domain/times.ts';
import { hidePosts } from '../../../src/features/moderation/index.ts';
import { liftSanction, sanctionMember } from '../../../src/features/sanctions/index.ts';
import { findCounterFaults } from '../../../src/features/threads/index.ts';
import { expect, test } from '../../support/forum.ts';
import {
  actionRows,
  flagRecord,
  itemRow,
  postRow,
  putInQueue,
  standing,
} from '../../support/moderation-rows.ts';
import { asModerator } from './rows.ts';

const reason = { rule: 4, text: 'Spam' };

async function whole(db: Database, topicIds: readonly TopicId[]) {
  return {
    topics: await Promise.all(topicIds.map((id) => standing(db, id))),
    members: await db.select().from(members).orderBy(asc(members.id)),
    sources: await db.select().from(sources).orderBy(asc(sources.id)),
  };
}

test('what stands or awaits approval is hidden under the suspension, and comes back with it', async ({
  make,
  db,
  clock,
}) => {
  const by = asModerator(await make.member({ role: 'moderator' }));
  const spammer = await make.member();
  const own = await make.topic({ author: spammer, source: 'https://spam.example/one' });
  const others = await make.topic();
  const answered = await make.reply({ topic: others, author: spammer });
  await make.reply({ topic: others, parent: answered });
  const held = await make.reply({ topic: others, author: spammer, heldAt: clock.now(), branchSize: 0 });
  const withdrawn = await make.reply({ topic: others, author: spammer, withdrawnAt: clock.now() });
  const hiddenBefore = await make.reply({ topic: others, author: spammer });
  const hiding = { by, reason, postId: hiddenBefore.id, withReplies: false, now: clock.now() };
  await db.transaction((tx) => hidePosts(tx, hiding));
  const untouched = await make.topic();
  const topicIds = [own.id, others.id, untouched.id];
  const before = await whole(db, topicIds);

  const order = { by, memberId: spammer.id, reason, hideAll: true, now: clock.now() };
  const until = new Date(clock.now().getTime() + DAY);
  const actionId = await db.transaction((tx) => sanctionMember(tx, { ...order, kind: 'suspension', until }));
  expect((await postRow(db, answered.id)).state).toBe('hidden');
  expect((await postRow(db, held.id)).state).toBe('hidden');
  expect((await postRow(db, own.openingPostId)).state).toBe('hidden');
  expect((await postRow(db, withdrawn.id)).hiddenAt).toBeNull();
  const rows = await db.select().from(hides).where(eq(hides.actionId, actionId)).orderBy(asc(hides.id));
  expect(rows.map(({ postId, topicId }) => ({ postId, topicId }))).toEqual(
    expect.arrayContaining([
      { postId: null, topicId: own.id },
      { postId: answered.id, topicId: null },
      { postId: held.id, topicId: null },
    ]),
  );
  expect(rows).toHaveLength(3);
  expect(await touchedBy(db, actionId)).toEqual(
    [own.openingPostId, answered.id, held.id].sort((a, b) => a - b),
  );
  expect(await faultsOf(db)).toEqual([]);

  clock.advance({ hours: 1 });
  const lift = { by, reason, actionId, now: clock.now() };
  await db.transaction((tx) => liftSanction(tx, lift));
  expect(await whole(db, topicIds)).toEqual(before);
  const open = await db.select().from(queueItems);
  expect(open).toMatchObject([{ kind: 'held', postId: held.id, closedAt: null }]);
});

test('what came after it stays when it is lifted, and another hide holds', async ({
  make,
  db,
  as,
  clock,
}) => {
  const moderator = await make.member({ role: 'moderator' });
  const by = asModerator(moderator);
  const spammer = await make.member();
  const topic = await make.topic({ author: spammer });
  const reply = await make.reply({ topic: await make.topic(), author: spammer });
  const order = { by, memberId: spammer.id, reason, hideAll: true, until: null, now: clock.now() };
  const actionId = await db.transaction((tx) => sanctionMember(tx, { ...order, kind: 'warning' }));
  // Warned members go on writing.
  const another = await make.topic();
  await (await as.member(spammer)).post(`/p/${another.openingPostId}/reply`, { body: 'And another thing.' });
  await make.hide({ post: reply.id, by: moderator });
  await db.transaction((tx) => liftSanction(tx, { by, reason, actionId, now: clock.now() }));
  expect((await standing(db, another.id)).topic).toMatchObject([{ replyCount: 1 }]);
  expect((await postRow(db, topic.openingPostId)).state).toBe('visible');
  expect((await postRow(db, reply.id)).state).toBe('hidden');
  await expect(
    db.transaction((tx) => liftSanction(tx, { by, reason, actionId, now: clock.now() })),
  ).rejects.toThrow('This has been lifted already.');
});

test('what was open about the posts is closed by it, and flags on them are upheld', async ({
  make,
  db,
  clock,
}) => {
  const by = asModerator(await make.member({ role: 'moderator' }));
  const spammer = await make.member();
  const flagger = await make.member();
  const topic = await make.topic({ author: spammer });
  await make.flag({ post: topic.openingPostId, member: flagger });
  const itemId = await putInQueue(db, { post: topic.openingPostId });
  const until = new Date(clock.now().getTime() + DAY);
  const order = { by, memberId: spammer.id, reason, hideAll: true, until, now: clock.now() };
  const actionId = await db.transaction((tx) => sanctionMember(tx, { ...order, kind: 'silence' }));
  expect(await itemRow(db, itemId)).toMatchObject({ closedByActionId: actionId, claimedById: null });
  expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 1 });
  expect(await db.select({ outcome: flags.outcome }).from(flags)).toEqual([{ outcome: 'upheld' }]);
  expect(await actionRows(db)).toHaveLength(1);
});

test('it and the member posting at the same instant neither deadlock nor leave a wrong count', async ({
  make,
  db,
  as,
  clock,
}) => {
  const by = asModerator(await make.member({ role: 'moderator' }));
  const spammer = await make.member();
  const topics = await Promise.all(Array.from({ length: 4 }, () => make.topic()));
  await make.reply({ topic: topics[0] ?? (await make.topic()), author: spammer });
  const browser = await as.member(spammer);
  const until = new Date(clock.now().getTime() + DAY);
  const order = { by, memberId: spammer.id, reason, hideAll: true, until, now: clock.now() } as const;
  const suspended = db
    .transaction((tx) => sanctionMember(tx, { ...order, kind: 'suspension' }))
    .then(() => 'done')
    .catch((error: Error) => error.message);
  const posted = topics.map(({ openingPostId }) =>
    browser.post(`/p/${openingPostId}/reply`, { body: `Buy at ${openingPostId}` }),
  );
  expect(['done', 'They have posted something more at this very moment. Try again.']).toContain(
    await suspended,
  );
  const statuses = (await Promise.all(posted)).map(({ status }) => status);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(await faultsOf(db)).toEqual([]);
});

/** Of topics: what members are given to begin with in tests is not counted from rows. */
async function faultsOf(db: Database) {
  const faults = await db.transaction((tx) => findCounterFaults(tx));
  return faults.filter(({ counter }) => !counter.startsWith('members.'));
}

async function touchedBy(db: Database, actionId: ActionId) {
  const rows = await db
    .select({ id: actionPosts.postId })
    .from(actionPosts)
    .where(eq(actionPosts.actionId, actionId))
    .orderBy(asc(actionPosts.postId));
  return rows.map(({ id }) => id);
}
