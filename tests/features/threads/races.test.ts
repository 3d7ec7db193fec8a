// Real concurrency: the requests of many members at the same time, over HTTP, against the one database.
import { count, eq, isNotNull } from 'drizzle-orm';
import { posts, topics, votes } from '../../../src/db/schema/index.ts';
import type { MemberId, PostId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { castVote, takeBackVote } from '../../../src/features/threads/commands/vote.ts';
import { unescapeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import { rankVotedTopics } from '../../../src/features/threads/rank-topics.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { limitNewMembers } from './newcomers.ts';

const PATIENCE = 300_000;

function crowd(as: { member(): Promise<Browser> }, size: number): Promise<Browser[]> {
  return Promise.all(Array.from({ length: size }, () => as.member()));
}

test(
  '200 votes and 80 replies at once: nothing lost, nothing double',
  { timeout: PATIENCE },
  async ({ make, as, db }) => {
    const topic = await make.topic();
    const branch = await make.reply({ topic });
    const voters = await crowd(as, 200);
    await settleCounters(db);
    const votesSent = voters.map((browser, n) => {
      const path = paths.postVote(n % 5 === 0 ? branch.id : topic.openingPostId);
      return browser.post(path, { vote: 'up' });
    });
    const repliesSent = voters.slice(0, 80).map((browser, n) => {
      const path = n % 3 === 0 ? paths.postReply(branch.id) : paths.topicReply(topic.id);
      return browser.post(path, { body: `Reply ${n}` });
    });
    const answers = await Promise.all([...votesSent, ...repliesSent]);
    expect(answers.filter(({ status }) => status !== 303)).toEqual([]);

    expect((await db.select({ n: count() }).from(votes))[0]?.n).toBe(200);
    await rankVotedTopics(db);
    const [row] = await db.select().from(topics).where(eq(topics.id, topic.id));
    expect(row).toMatchObject({ score: 160, replyCount: 81, replierCount: 81 });
    const [below] = await db.select().from(posts).where(eq(posts.id, branch.id));
    expect(below).toMatchObject({ score: 40, branchSize: 28 });
    await expectTrueCounters(db);
  },
);

test('votes that are written together: who may not, or is gone meanwhile, keeps nobody else from it', async ({
  make,
  app,
  db,
}) => {
  const author = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author });
  const [first, second, twice] = [await make.member(), await make.member(), await make.member()];
  const nobody = { ...second, id: 999_999_999 as MemberId };
  await settleCounters(db);
  const now = app.clock.now();
  const cast = await Promise.allSettled(
    [first, second, author, nobody, twice, twice].map((voter) =>
      castVote(app.db, { viewer: memberNamed(voter), postId: reply.id, now }),
    ),
  );
  expect(cast.map(({ status }) => status)).toEqual([
    ...['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled'],
  ]);
  expect(cast.at(-1)).toMatchObject({ value: { score: 3, voted: true } });
  const [before] = await db.select().from(posts).where(eq(posts.id, reply.id));
  expect(before?.score).toBe(3);
  await expectTrueCounters(db);

  const taken = await Promise.all(
    [first, second, nobody, twice].map((voter) =>
      takeBackVote(app.db, { viewer: memberNamed(voter), postId: reply.id, now }),
    ),
  );
  expect(taken.map(({ voted }) => voted)).toEqual([false, false, false, false]);
  expect(taken.at(-1)?.score).toBe(0);
  expect(await db.select().from(votes)).toEqual([]);
  await expectTrueCounters(db);
});

function memberNamed({ id, name, joinedAt, confirmedAt }: MemberRow): Member {
  return {
    ...({ kind: 'member', role: 'member', trust: 'member' } as const),
    ...{ id, name, joinedAt, confirmedAt, silencedUntil: null, suspendedUntil: null, leavingAt: null },
  };
}

test('one member’s votes from ten windows count as the last of them says', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const browser = await as.member();
  await settleCounters(db);
  const presses = Array.from({ length: 20 }, (_, n) =>
    browser.post(paths.postVote(n % 2 === 0 ? reply.id : topic.openingPostId), {
      vote: n % 4 < 2 ? 'up' : 'undo',
    }),
  );
  expect((await Promise.all(presses)).every(({ status }) => status === 303)).toBe(true);
  await expectTrueCounters(db);
});

test(
  'votes, replies, hiding and withdrawing mixed end without a deadlock',
  { timeout: PATIENCE },
  async ({ make, as, db }) => {
    const authors = await Promise.all(Array.from({ length: 6 }, () => make.member()));
    const made = await Promise.all([make.topic(), make.topic()]);
    const replies: PostId[] = [];
    for (const topic of made) {
      for (const author of authors) replies.push((await make.reply({ topic, author })).id);
    }
    const crowdOf = await crowd(as, 30);
    const moderators = [await as.moderator(), await as.moderator()];
    const own = await Promise.all(authors.map((author) => as.member(author)));
    await settleCounters(db);
    const reason = { reason: 'Off topic here', rule: '3' };
    const requests = [
      ...crowdOf.flatMap((browser, n) => [
        browser.post(paths.postVote(replies[n % replies.length]!), { vote: 'up' }),
        browser.post(paths.postVote(made[n % 2]!.openingPostId), { vote: 'up' }),
        browser.post(paths.postReply(replies[(n * 5) % replies.length]!), { body: `And ${n}` }),
      ]),
      ...own.map((browser, n) => browser.post(paths.postWithdraw(replies[n]!))),
      ...replies.slice(6).map((id, n) => moderators[n % 2]!.post(paths.postHide(id), reason)),
    ];
    const answers = await Promise.all(requests);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    // The race decides which reply comes before its parent is gone; what is certain is what was done to the parents.
    const states = await db.select({ state: posts.state }).from(posts).where(isNotNull(posts.withdrawnAt));
    expect(states).toHaveLength(6);
    expect(await db.select().from(posts).where(eq(posts.state, 'hidden'))).toHaveLength(6);
    await expectTrueCounters(db);
  },
);

/** One article as a hundred people find it. */
const SPELLINGS = [
  'https://www.wire.example/story',
  'http://wire.example/story/',
  'HTTPS://WIRE.EXAMPLE:443/story?utm_source=mail',
  'wire.example/story#comments',
  'https://m.wire.example/story?fbclid=abc',
  'https://www.wire.example/story/index.html',
  'https://wire.example/amp/story',
];

test(
  'one article posted by a hundred members at once, as each spells its address, makes one topic',
  { timeout: PATIENCE },
  async ({ app, as, db }) => {
    // A crowd is enough for the limits of new members, whose topics would wait for a moderator.
    await limitNewMembers(app, 'off');
    const browsers = await crowd(as, 100);
    await settleCounters(db);
    const typed = browsers.map((_browser, n) => ({
      url: SPELLINGS[n % SPELLINGS.length] ?? '',
      title: `Headline ${n} in words of its own`,
      section: 'funding',
      body: `What number ${n} has to say.`,
    }));
    const answers = await Promise.all(
      browsers.map((browser, n) => browser.post(paths.submit(), typed[n] ?? {})),
    );
    const made = await db.select().from(topics);
    expect(made).toHaveLength(1);
    const posted = answers.filter(({ status }) => status === 303);
    expect(posted.map(({ headers }) => headers.location)).toEqual([paths.topic(made[0]!)]);
    // The others are led to it, with all that they typed.
    const unled = answers.flatMap(({ status, text: html }, n) => {
      const text = unescapeHtml(html);
      const led = status === 409 && text.includes('Already here.') && text.includes(paths.topic(made[0]!));
      const { url = '', title = '', body = '' } = typed[n] ?? {};
      return status === 303 || (led && [url, title, body].every((each) => text.includes(each))) ? [] : [text];
    });
    expect(unled).toEqual([]);
    await expectTrueCounters(db);
  },
);

test('one member’s replies in five topics at once keep the pace of one after the other', async ({
  make,
  as,
  db,
}) => {
  const made = await Promise.all(Array.from({ length: 5 }, () => make.topic()));
  const browser = await as.member();
  const answers = await Promise.all(
    made.map((topic) => browser.post(paths.topicReply(topic.id), { body: 'Everywhere at once.' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 429, 429, 429, 429]);
  expect(await db.select().from(posts).where(isNotNull(posts.branchId))).toHaveLength(1);
});

test('of two edits sent at once one is saved, and the other is told', async ({ make, as, db }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna });
  const browser = await as.member(anna);
  const answers = await Promise.all(
    ['One text.', 'Another text.'].map((body) =>
      browser.post(paths.postEdit(reply.id), { version: '1', body }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
  const told = answers.find(({ status }) => status === 409);
  expect(told?.text).toContain('One text.');
  expect(told?.text).toContain('Another text.');
  expect((await db.select().from(posts).where(eq(posts.id, reply.id)))[0]?.version).toBe(2);
});
