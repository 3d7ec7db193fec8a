// What a session makes of a request: who it is, what is in force for them now, at the price of one query.
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { queryTally, type Database } from '../../../src/db/connection.ts';
import { members, notifications, queueItems, sessions } from '../../../src/db/schema/index.ts';
import { FOREVER } from '../../../src/domain/times.ts';
import { sweepSessions } from '../../../src/features/members/jobs.ts';
import { findSession } from '../../../src/features/members/session.ts';
import type { MemberRow } from '../../support/make.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from './sanctions.ts';

async function openSession(db: Database, member: MemberRow | null, expiresAt: Date): Promise<string> {
  const idHash = createHash('sha256').update(`${member?.name} ${expiresAt.toISOString()}`).digest('hex');
  const at = new Date(expiresAt.getTime() - 30 * 24 * 3_600_000);
  await db
    .insert(sessions)
    .values({ idHash, memberId: member?.id ?? null, data: {}, createdAt: at, lastSeenAt: at, expiresAt });
  return idHash;
}

test('one query finds the member with everything a page shows of them', async ({ db, make, clock }) => {
  const member = await make.member({ name: 'diana_f', role: 'moderator', theme: 'dark' });
  const reply = await make.reply({ topic: await make.topic({ author: member }) });
  await db.insert(notifications).values({
    memberId: member.id,
    kind: 'reply',
    at: clock.now(),
    topicId: reply.topicId,
    postId: reply.id,
  });
  await db.insert(queueItems).values({ kind: 'flagged', postId: reply.id, openedAt: clock.now() });
  const key = await openSession(db, member, new Date(clock.now().getTime() + 1));

  const tally = { queries: 0 };
  const loaded = await queryTally.run(tally, () => findSession(db, key, clock.now()));
  expect(tally.queries).toBe(1);
  expect(loaded?.signedIn).toEqual({
    member: {
      kind: 'member',
      id: member.id,
      name: 'diana_f',
      role: 'moderator',
      joinedAt: member.joinedAt,
      confirmedAt: member.confirmedAt,
      silencedUntil: null,
      suspendedUntil: null,
      leavingAt: null,
      trust: 'trusted',
    },
    theme: 'dark',
    timeZone: 'UTC',
    reading: {
      density: 'comfortable',
      textSize: 'medium',
      usesKeys: true,
      pageSize: 30,
      replySort: 'best',
      listSort: 'hot',
      hidesModelWritten: false,
    },
    remembersReading: true,
    unreadNotifications: 1,
    openQueueItems: 1,
    drafts: 0,
    sanction: null,
  });
});

test('the queue is counted for those who work it', async ({ db, make, clock }) => {
  const member = await make.member();
  const reply = await make.reply({ topic: await make.topic() });
  await db.insert(queueItems).values([
    { kind: 'flagged', postId: reply.id, openedAt: clock.now() },
    { kind: 'held', postId: reply.id, openedAt: clock.now(), closedAt: clock.now() },
  ]);
  const key = await openSession(db, member, new Date(clock.now().getTime() + 1));
  expect((await findSession(db, key, clock.now()))?.signedIn?.openQueueItems).toBe(0);
  await db.update(members).set({ role: 'moderator' }).where(eq(members.id, member.id));
  expect((await findSession(db, key, clock.now()))?.signedIn?.openQueueItems).toBe(1);
});

test('a session ends when its time is over, not a moment before', async ({ db, make, clock }) => {
  const key = await openSession(db, await make.member(), clock.now());
  expect(await findSession(db, key, new Date(clock.now().getTime() - 1))).toBeDefined();
  expect(await findSession(db, key, clock.now())).toBeUndefined();
  expect(await findSession(db, 'unknown', clock.now())).toBeUndefined();
});

test('a session without a member is a visitor', async ({ db, clock }) => {
  const key = await openSession(db, null, new Date(clock.now().getTime() + 1));
  expect(await findSession(db, key, clock.now())).toMatchObject({ signedIn: undefined });
});

const HOURS = 3_600_000;
const NOW = new Date('2026-04-03T14:30:00Z').getTime();
const at = (hours: number) => new Date(NOW + hours * HOURS);

test.for([
  [
    'in force',
    'silence',
    { startsAt: at(-1), endsAt: at(1) },
    { silencedUntil: at(1), suspendedUntil: null },
  ],
  [
    'in force',
    'suspension',
    { startsAt: at(-1), endsAt: at(1) },
    { silencedUntil: null, suspendedUntil: at(1) },
  ],
  ['for good', 'suspension', { startsAt: at(-1), endsAt: null }, { suspendedUntil: FOREVER }],
  ['over', 'silence', { startsAt: at(-2), endsAt: at(0) }, { silencedUntil: null }],
  ['to come', 'silence', { startsAt: at(1), endsAt: at(2) }, { silencedUntil: null }],
  ['lifted', 'suspension', { startsAt: at(-1), endsAt: null, liftedAt: at(-0.5) }, { suspendedUntil: null }],
  [
    'only a warning',
    'warning',
    { startsAt: at(-1), endsAt: null },
    { silencedUntil: null, suspendedUntil: null },
  ],
] as const)('a sanction that is %s: %s', async ([, kind, term, expected], { db, make, clock }) => {
  const member = await make.member();
  await sanction(db, member, kind, term);
  const key = await openSession(db, member, at(2));
  expect((await findSession(db, key, clock.now()))?.signedIn?.member).toMatchObject(expected);
});

test('of several sanctions the last end counts', async ({ db, make, clock }) => {
  const member = await make.member();
  for (const hours of [1, 5, 3])
    await sanction(db, member, 'silence', { startsAt: at(-1), endsAt: at(hours) });
  const key = await openSession(db, member, at(2));
  expect((await findSession(db, key, clock.now()))?.signedIn?.member.silencedUntil).toEqual(at(5));
});

test('trust follows from age, reading, replies and sanctions', async ({ db, make, clock }) => {
  const trustFor = async (member: MemberRow) => {
    const key = await openSession(db, member, at(2));
    return (await findSession(db, key, clock.now()))?.signedIn?.member.trust;
  };
  expect(await trustFor(await make.member({ joinedAt: clock.ago({ days: 9 }) }))).toBe('new');
  expect(await trustFor(await make.member({ topicsRead: 19 }))).toBe('new');
  expect(await trustFor(await make.member({ repliesKept: 0 }))).toBe('new');
  expect(await trustFor(await make.member({ joinedAt: clock.ago({ days: 20 }) }))).toBe('member');
  const sanctioned = await make.member();
  await sanction(db, sanctioned, 'warning', { startsAt: clock.ago({ days: 99 }), endsAt: null });
  expect(await trustFor(sanctioned)).toBe('member');
  const pardoned = await make.member();
  await sanction(db, pardoned, 'warning', {
    startsAt: clock.ago({ days: 99 }),
    endsAt: null,
    liftedAt: at(-1),
  });
  expect(await trustFor(pardoned)).toBe('trusted');
});

test("a member's page costs one query for the session, a visitor's none", async ({ as }) => {
  const queries = (answer: { headers: Record<string, unknown> }) =>
    /"(\d+) queries"/.exec(String(answer.headers['server-timing']))?.[1];
  expect(queries(await (await as.member()).get('/sign-in'))).toBe('1');
  expect(queries(await as.visitor().get('/sign-in'))).toBe('0');
});

test('reading leaves no cookie and no row', async ({ as, db, make }) => {
  const topic = await make.topic();
  for (const path of ['/', '/sign-in', '/sign-up', `/t/${topic.id}/${topic.slug}`, '/nothing', '/settings']) {
    expect((await as.visitor().get(path)).headers['set-cookie'], path).toBeUndefined();
  }
  expect(await db.select().from(sessions)).toEqual([]);
});

test('a role and a suspension are in force at the next request', async ({ as, db, make, clock }) => {
  const member = await make.member({ name: 'diana_f' });
  const browser = await as.member(member);
  expect((await browser.visit('/settings')).html).not.toContain('href="/moderation"');
  await db.update(members).set({ role: 'moderator' }).where(eq(members.id, member.id));
  expect((await browser.visit('/settings')).html).toContain('href="/moderation"');

  expect((await browser.post('/settings', { about: 'Hello', affiliation: '' })).status).toBe(303);
  await sanction(db, member, 'suspension', { startsAt: clock.ago({ hours: 1 }), endsAt: at(24) });
  const refused = await browser.post('/settings', { about: 'Hello again', affiliation: '' });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('suspended until 4 April 2026');
});

test('the sweep deletes what has expired and nothing else', async ({ db, make, clock }) => {
  const member = await make.member();
  await openSession(db, member, clock.now());
  const living = await openSession(db, member, at(1));
  await sweepSessions(db, {}, clock.now());
  expect(await db.select({ key: sessions.idHash }).from(sessions)).toEqual([{ key: living }]);
});
