// Told once: whatever happens to the jobs that tell of decisions and messages.
import { eq, sql } from 'drizzle-orm';
import {
  actions,
  actionPosts,
  followLevels,
  members,
  notifications,
  queueMessages,
} from '../../../src/db/schema/index.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { ActionKind } from '../../../src/domain/actions.ts';
import type { ActionId, PostId } from '../../../src/domain/ids.ts';
import { notify } from '../../../src/features/notifications/commands.ts';
import { notifyOfAction, notifyOfMessage } from '../../../src/features/notifications/decision-jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { putInQueue } from '../../support/moderation-rows.ts';

const AT = new Date('2026-04-03T14:00:00Z');

async function record(
  db: Database,
  facts: Partial<typeof actions.$inferInsert> & { readonly kind: ActionKind },
  posts: readonly PostId[] = [],
): Promise<ActionId> {
  const [row] = await db
    .insert(actions)
    .values({ at: AT, reason: 'Spam', ...facts })
    .returning();
  const actionId = row?.id as ActionId;
  if (posts.length > 0) await db.insert(actionPosts).values(posts.map((postId) => ({ actionId, postId })));
  return actionId;
}

async function mailsOrdered(db: Database): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'send-mail'`,
  );
  return rows[0]?.n ?? 0;
}

test('run twice, and twice at once, it tells each author once by inbox and once by mail', async ({
  db,
  make,
}) => {
  const topic = await make.topic();
  const replies = [await make.reply({ topic }), await make.reply({ topic })];
  const first = replies[0]!;
  const actionId = await record(
    db,
    { kind: 'hide', topicId: topic.id, postId: first.id },
    replies.map(({ id }) => id),
  );
  await Promise.all([notifyOfAction(db, { actionId }, AT), notifyOfAction(db, { actionId }, AT)]);
  await notifyOfAction(db, { actionId }, AT);
  expect(await db.$count(notifications)).toBe(2);
  expect(await mailsOrdered(db)).toBe(2);
});

test('killed after telling and before the mail is ordered, it has told nobody; the next run tells once', async ({
  db,
  make,
}) => {
  const member = await make.member();
  const actionId = await record(db, { kind: 'warn', memberId: member.id });
  const killed = Object.create(db, {
    transaction: {
      value: (run: Parameters<Database['transaction']>[0]) =>
        db.transaction(async (tx) => {
          await run(tx);
          throw new Error('killed');
        }),
    },
  }) as Database;
  await expect(notifyOfAction(killed, { actionId }, AT)).rejects.toThrow('killed');
  expect([await db.$count(notifications), await mailsOrdered(db)]).toEqual([0, 0]);
  await notifyOfAction(db, { actionId }, AT);
  await notifyOfAction(db, { actionId }, AT);
  expect([await db.$count(notifications), await mailsOrdered(db)]).toEqual([1, 1]);
});

test('a message is told once, to the member alone', async ({ db, make }) => {
  const reply = await make.reply({ topic: await make.topic() });
  const queueItemId = await putInQueue(db, { post: reply.id });
  const by = await make.member({ role: 'moderator' });
  const [message] = await db
    .insert(queueMessages)
    .values({ queueItemId, authorId: by.id, at: AT, body: 'Hello', toMember: true })
    .returning();
  const messageId = message!.id;
  await Promise.all([notifyOfMessage(db, { messageId }, AT), notifyOfMessage(db, { messageId }, AT)]);
  const told = await db.select({ memberId: notifications.memberId }).from(notifications);
  expect(told).toEqual([{ memberId: reply.authorId }]);
  expect(await mailsOrdered(db)).toBe(1);
});

test.for<[ActionKind, number]>([
  ['hide', 1],
  ['refuse', 1],
  ['restore', 1],
  ['approve', 0],
  ['keep', 0],
])('%s of a reply: %d mails', async ([kind, n], { db, drain, mails, make }) => {
  const reply = await make.reply({ topic: await make.topic() });
  const actionId = await record(db, { kind, topicId: reply.topicId, postId: reply.id }, [reply.id]);
  await notifyOfAction(db, { actionId }, AT);
  await drain();
  expect(mails()).toHaveLength(n);
});

test.for<[ActionKind, string]>([
  ['warn', 'You were warned on Tokenwire'],
  ['silence', 'You were silenced on Tokenwire'],
  ['lift', 'A sanction against you was lifted on Tokenwire'],
  ['rename-member', 'Your name was taken away on Tokenwire'],
])(
  '%s: the mail says what the page says, and where to choose whether it is mailed',
  async ([kind, subject], { db, drain, mails, make }) => {
    const member = await make.member();
    const actionId = await record(db, { kind, memberId: member.id, rule: 4, reason: 'Spam & more' });
    await notifyOfAction(db, { actionId }, AT);
    await drain();
    const [mail] = mails();
    expect(mail?.subject).toBe(subject);
    expect(mail?.text).toContain('Reason: Spam & more\nUnder: rule 4, Sell nothing, hide nothing (');
    expect(mail?.text).toContain('When: 3 April 2026, 14:00 UTC');
    expect(mail?.text).toContain(`/decisions/${actionId}`);
    expect(mail?.text).toContain('always stand in your inbox');
    expect(mail?.text).toContain('/settings/notices');
    expect(mail?.text.includes('You can appeal until 3 October 2026')).toBe(kind !== 'lift');
    expect(mail?.html).toContain('Spam &amp; more');
  },
);

test('an address that is not confirmed gets no mail; the inbox has it all the same', async ({
  db,
  drain,
  mails,
  make,
}) => {
  const member = await make.member();
  await db.update(members).set({ confirmedAt: null }).where(eq(members.id, member.id));
  await notifyOfAction(db, { actionId: await record(db, { kind: 'warn', memberId: member.id }) }, AT);
  await drain();
  expect(mails()).toEqual([]);
  expect(await db.$count(notifications)).toBe(1);
});

test('who added a source that a moderator removed is told, beside the author of the topic', async ({
  db,
  make,
}) => {
  const topic = await make.topic({ source: 'https://grid.example/queue' });
  const [source] = await db.query.sources.findMany();
  const adder = await make.member();
  await db.execute(sql`update sources set added_by_id = ${adder.id}`);
  const data = { sourceId: source?.id, what: 'grid.example: removed' };
  const actionId = await record(db, { kind: 'edit-source', topicId: topic.id, data });
  await notifyOfAction(db, { actionId }, AT);
  const told = await db
    .select({ id: notifications.memberId })
    .from(notifications)
    .orderBy(notifications.memberId);
  expect(told.map(({ id }) => id)).toEqual([topic.authorId, adder.id]);
});

test('told at once, each notice keeps what the one before it has not', async ({ db, make }) => {
  const topic = await make.topic();
  const [answered, follower] = [await make.member(), await make.member()];
  const { sectionId, openingPostId: postId } = topic;
  const [level] = await db
    .insert(followLevels)
    .values({ memberId: follower.id, sectionId, level: 'all', setAt: AT })
    .returning();
  const about = { at: AT, actorId: null, topicId: topic.id, postId, actionId: null };
  await db.transaction((tx) =>
    notify(tx, [
      { ...about, memberId: answered.id, kind: 'reply' },
      { ...about, memberId: follower.id, kind: 'new-topic', followLevelId: level!.id },
    ]),
  );
  const { memberId, followLevelId } = notifications;
  const told = await db.select({ memberId, followLevelId }).from(notifications).orderBy(memberId);
  expect(told).toEqual([
    { memberId: answered.id, followLevelId: null },
    { memberId: follower.id, followLevelId: level!.id },
  ]);
});
