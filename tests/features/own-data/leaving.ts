// Somebody who was here for a while and goes: a member with everything that an account can leave behind.
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import {
  actions,
  deletions,
  emailChanges,
  events,
  flags,
  formerNames,
  members,
  followLevels,
  mailings,
  notifications,
  posts,
  queueItems,
  queueMessages,
  revisions,
  suggestions,
  visits,
} from '../../../src/db/schema/index.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { QueueItemId } from '../../../src/domain/ids.ts';
import type { TextsLeft } from '../../../src/domain/policy/own-data.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import type { TestClock } from '../../support/clock.ts';
import { test as base } from '../../support/forum.ts';
import type { Make, MemberRow } from '../../support/make.ts';
import { giveTwoStep } from '../members/factors.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { settleCounters } from '../threads/counting.ts';

export { expect } from '../../support/forum.ts';

export interface Tools {
  readonly app: FastifyInstance;
  readonly make: Make;
  readonly clock: TestClock;
}

export const test = base.extend<{ tools: Tools }>({
  tools: async ({ app, make, clock }, use) => use({ app, make, clock }),
});

/** Words that stand in nothing but what the member wrote. */
export const WORDS = {
  topic: 'zirconium',
  reply: 'molybdenum',
  earlier: 'praseodymium',
  hidden: 'ytterbium',
};

/** A piece of work about a member whom another flagged, decided. */
async function reported(db: Database, member: MemberRow, by: MemberRow): Promise<QueueItemId | undefined> {
  const at = new Date('2026-04-01T00:00:00Z');
  const work = { kind: 'flagged', memberId: member.id, openedAt: at, closedAt: at } as const;
  const [item] = await db.insert(queueItems).values(work).returning({ id: queueItems.id });
  const flag = { flaggerId: by.id, memberId: member.id, reason: 'unkind', weight: 1, flaggedAt: at } as const;
  await db.insert(flags).values({ ...flag, outcome: 'upheld', queueItemId: item?.id });
  return item?.id;
}

export async function somebodyWithAPast({ app, make, clock }: Tools) {
  const { db } = app;
  const diana = await make.member({ name: 'diana_f', about: 'About diana herself', role: 'moderator' });
  const kevin = await make.member({ name: 'kevin_h' });
  const marta = await make.member({ name: 'marta_l', role: 'moderator' });
  const source = 'https://grid.example/queue';
  const topic = await make.topic({ author: diana, title: 'A headline of hers', body: WORDS.topic, source });
  const alone = await make.topic({ author: diana, title: 'One nobody answered', body: WORDS.topic });
  const elsewhere = await make.topic({ author: kevin, title: 'A headline of his' });
  await make.reply({ topic, author: kevin, body: 'An answer of his.' });
  await make.reply({ topic, author: diana, body: WORDS.reply });
  const reply = await make.reply({ topic: elsewhere, author: diana, body: WORDS.reply, version: 2 });
  const below = await make.reply({ topic: elsewhere, parent: reply, author: kevin, body: 'Below hers.' });
  const hidden = await make.reply({ topic: elsewhere, author: diana, body: WORDS.hidden });
  await make.hide({ post: hidden.id, by: marta, reason: 'Off topic here' });
  await make.reply({ topic: elsewhere, author: diana, body: WORDS.reply, withdrawnAt: clock.now() });
  const held = await make.reply({ topic: elsewhere, author: diana, body: WORDS.reply, heldAt: clock.now() });
  await putInQueue(db, { post: held.id, kind: 'held' });
  await db.insert(revisions).values({
    postId: reply.id,
    version: 1,
    bodyMd: WORDS.earlier,
    replacedAt: clock.now(),
    replacedById: diana.id,
  });
  await db.update(posts).set({ editedAt: clock.now() }).where(eq(posts.id, reply.id));
  // Votes, flags, a mention, notifications, decisions.
  await make.vote({ post: elsewhere.openingPostId, member: diana });
  await make.vote({ post: below.id, member: diana });
  await make.vote({ post: reply.id, member: kevin });
  await make.flag({ post: below.id, member: diana, note: 'A note of hers' });
  const item = await putInQueue(db, { post: below.id });
  await db.insert(queueMessages).values({
    ...{ queueItemId: item, authorId: diana.id, at: clock.now() },
    ...{ body: 'Said as a moderator', toMember: false },
  });
  const mention =
    '<a class="mention" href="/u/diana_f">@Diana_F</a> <a class="mention" href="/u/kevin_h">@kevin_h</a>';
  const naming = await make.reply({ topic: elsewhere, author: kevin, body: 'placeholder' });
  await db
    .update(posts)
    .set({ bodyMd: 'So says @Diana_F to @kevin_h', bodyHtml: `<p>So says ${mention}</p>` as SafeHtml })
    .where(eq(posts.id, naming.id));
  const about = { at: clock.now(), topicId: elsewhere.id, postId: reply.id };
  await db.insert(notifications).values([
    { memberId: kevin.id, kind: 'reply', actorId: diana.id, ...about },
    { memberId: diana.id, kind: 'reply', actorId: kevin.id, ...about, postId: below.id },
  ]);
  await db
    .insert(mailings)
    .values({ memberId: diana.id, kind: 'week', day: '2026-03-23', orderedAt: clock.now() });
  const reason = 'A decision';
  const queueItemId = await reported(db, diana, kevin);
  await db.insert(actions).values([
    { kind: 'lock', actorId: diana.id, at: clock.now(), reason, topicId: elsewhere.id },
    { kind: 'warn', actorId: marta.id, at: clock.now(), reason, memberId: diana.id, queueItemId },
  ]);
  await db.insert(events).values({
    kind: 'reply-posted',
    actorId: diana.id,
    topicId: elsewhere.id,
    postId: reply.id,
    at: clock.now(),
    data: {},
  });
  const seen = { seenPostId: reply.id, previousSeenPostId: reply.id, visitedAt: clock.now() };
  await db.insert(visits).values({ memberId: diana.id, topicId: elsewhere.id, ...seen });
  await db.insert(suggestions).values({
    ...{ kind: 'title', topicId: elsewhere.id, memberId: diana.id, suggestedAt: clock.now() },
    ...{ value: 'A better one of hers', shown: 'A better one of hers' },
  });
  await db
    .insert(followLevels)
    .values({ memberId: diana.id, host: 'a.example', level: 'nothing', setAt: clock.now() });
  await db.insert(emailChanges).values({
    memberId: diana.id,
    email: 'new@example.org',
    emailKey: 'new@example.org',
    expiresAt: clock.now(),
  });
  await db
    .insert(formerNames)
    .values({ nameKey: 'di_of_old', nameSkeleton: 'dl-of-old', memberId: diana.id, usedUntil: clock.now() });
  await giveTwoStep(app, diana);
  await settleCounters(db);
  return { diana, kevin, marta, topic, alone, elsewhere, reply, below, held, naming, item };
}

/** Lets a member ask for deletion, and the week pass. */
export async function askFor({ app, clock }: Tools, member: MemberRow, texts: TextsLeft): Promise<void> {
  const askedAt = clock.now();
  const dueAt = new Date(askedAt.getTime() + 7 * 24 * 3_600_000);
  await app.db.insert(deletions).values({ memberId: member.id, texts, askedAt, dueAt });
  clock.advance({ days: 7 });
}

export async function isThere({ db }: FastifyInstance, { id }: MemberRow): Promise<boolean> {
  return (await db.$count(members, eq(members.id, id))) === 1;
}
