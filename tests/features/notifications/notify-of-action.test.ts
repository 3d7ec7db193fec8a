// Whom a moderator's action is told to: those it concerns, once each.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actionPosts, actions, members, notifications } from '../../../src/db/schema/index.ts';
import type { ActionKind } from '../../../src/domain/actions.ts';
import type { ActionId, PostId } from '../../../src/domain/ids.ts';
import { notifyOfAction } from '../../../src/features/notifications/decision-jobs.ts';
import { expect, test } from '../../support/forum.ts';

type Facts = Partial<Omit<typeof actions.$inferInsert, 'kind'>> & { readonly posts?: readonly PostId[] };

async function act(db: Database, kind: ActionKind, { posts = [], ...facts }: Facts = {}): Promise<ActionId> {
  const at = new Date('2026-04-03T14:00:00Z');
  const given = {
    actorId: null,
    automatic: facts.actorId === undefined,
    at,
    reason: 'Spam or promotion',
    rule: 4,
    ...facts,
  };
  const [row] = await db
    .insert(actions)
    .values({ kind, ...given })
    .returning({ id: actions.id });
  const actionId = row?.id as ActionId;
  if (posts.length > 0) await db.insert(actionPosts).values(posts.map((postId) => ({ actionId, postId })));
  await notifyOfAction(db, { actionId }, at);
  return actionId;
}

async function told(db: Database) {
  return db
    .select({
      name: members.name,
      kind: notifications.kind,
      topicId: notifications.topicId,
      postId: notifications.postId,
    })
    .from(notifications)
    .innerJoin(members, eq(members.id, notifications.memberId))
    .orderBy(members.name);
}

test('each author of what was hidden is told of the first of their posts', async ({ db, make }) => {
  const [anna, berta] = [await make.member({ name: 'anna' }), await make.member({ name: 'berta' })];
  const topic = await make.topic();
  const first = await make.reply({ topic, author: anna });
  const second = await make.reply({ topic, author: berta, parent: first });
  const third = await make.reply({ topic, author: anna, parent: second });
  await act(db, 'hide', { topicId: topic.id, postId: first.id, posts: [first.id, second.id, third.id] });
  expect(await told(db)).toEqual([
    { name: 'anna', kind: 'action', topicId: topic.id, postId: first.id },
    { name: 'berta', kind: 'action', topicId: topic.id, postId: second.id },
  ]);
});

test.for(['lock', 'unlock', 'pin', 'edit-title'] as const)(
  '%s is told to the author of the topic',
  async (kind, { db, make }) => {
    const topic = await make.topic({ author: await make.member({ name: 'kevin_h' }) });
    await make.reply({ topic });
    await act(db, kind, { topicId: topic.id });
    expect(await told(db)).toEqual([
      { name: 'kevin_h', kind: 'action', topicId: topic.id, postId: topic.openingPostId },
    ]);
  },
);

test.for(['warn', 'suspend', 'lift', 'change-role'] as const)(
  '%s is told to the member',
  async (kind, { db, make }) => {
    await act(db, kind, { memberId: (await make.member({ name: 'kevin_h' })).id });
    expect(await told(db)).toEqual([{ name: 'kevin_h', kind: 'action', topicId: null, postId: null }]);
  },
);

test.for(['keep', 'note', 'change-settings', 'ban-domain'] as const)(
  '%s is told to nobody',
  async (kind, { db, make }) => {
    const topic = await make.topic();
    await act(db, kind, { topicId: topic.id, memberId: topic.authorId, posts: [topic.openingPostId] });
    expect(await told(db)).toEqual([]);
  },
);

test('whoever acts on what is their own knows it already', async ({ db, make }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic({ author: moderator });
  await act(db, 'lock', { actorId: moderator.id, topicId: topic.id });
  expect(await told(db)).toEqual([]);
});

test('a job that runs again tells nobody again; another action on the same post does', async ({
  db,
  make,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const hidden = await act(db, 'hide', { topicId: topic.id, postId: reply.id, posts: [reply.id] });
  await notifyOfAction(db, { actionId: hidden }, new Date());
  expect(await told(db)).toHaveLength(1);
  await act(db, 'restore', { topicId: topic.id, postId: reply.id, posts: [reply.id] });
  expect(await told(db)).toHaveLength(2);
});

test('an action that is not there tells nobody', async ({ db }) => {
  await notifyOfAction(db, { actionId: 999_999 as ActionId }, new Date());
  expect(await told(db)).toEqual([]);
});
