import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, topics, votes } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { rankVotedTopics } from '../../../src/features/threads/rank-topics.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';

async function findPostRow(db: Database, id: PostId) {
  const [post] = await db.select().from(posts).where(eq(posts.id, id));
  return post;
}

function vote(browser: Browser, id: PostId, value: string, headers: Record<string, string> = {}) {
  return browser.post(paths.postVote(id), { vote: value }, headers);
}

test('an upvote for a topic counts, ranks it, and can be taken back', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  await settleCounters(db);
  const [before] = await db.select().from(topics);
  const page = await browser.visit(paths.topic(topic));
  const after = await page.press('Upvote this topic, 0');
  expect(after.main).toContain('1 upvote ');
  expect((await findPostRow(db, topic.openingPostId))?.score).toBe(1);
  expect(await rankVotedTopics(db)).toBe(1);
  const [ranked] = await db.select().from(topics);
  expect(ranked?.score).toBe(1);
  expect(ranked?.hotRank).toBeGreaterThan(before?.hotRank ?? Infinity);
  await expectTrueCounters(db);

  const back = await after.press('Upvote this topic, 1');
  expect(back.main).toContain('0 upvotes');
  expect(await db.select().from(votes)).toEqual([]);
  await rankVotedTopics(db);
  expect((await db.select().from(topics))[0]?.hotRank).toBe(before?.hotRank);
  await expectTrueCounters(db);
});

test('an upvote for a reply ranks it among those beside it and leaves the topic alone', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const lena = await make.member({ name: 'ops_lena' });
  const reply = await make.reply({ topic, author: lena });
  const browser = await as.member();
  await settleCounters(db);
  const [before] = await db.select().from(topics);
  const page = await browser.visit(paths.topic(topic));
  const after = await page.press('Upvote reply by ops_lena, 0');
  expect(after.url).toBe(`${paths.topic(topic)}#p${reply.id}`);
  const voted = await findPostRow(db, reply.id);
  expect(voted?.score).toBe(1);
  expect(voted?.bestRank).toBeGreaterThan(0);
  expect((await db.select().from(topics))[0]).toEqual(before);
  await expectTrueCounters(db);
});

test('pressing twice counts once, and taking back what was not given takes nothing', async ({
  make,
  as,
  db,
}) => {
  const reply = await make.reply({ topic: await make.topic() });
  const browser = await as.member();
  for (const value of ['undo', 'up', 'up']) expect((await vote(browser, reply.id, value)).status).toBe(303);
  expect((await findPostRow(db, reply.id))?.score).toBe(1);
  for (const value of ['undo', 'undo']) await vote(browser, reply.id, value);
  expect((await findPostRow(db, reply.id))?.score).toBe(0);
});

test('the script gets the new score', async ({ make, as }) => {
  const reply = await make.reply({ topic: await make.topic() });
  await make.vote({ post: reply.id });
  const json = { accept: 'application/json' };
  const browser = await as.member();
  const up = await vote(browser, reply.id, 'up', json);
  expect([up.status, JSON.parse(up.text)]).toEqual([200, { score: 2, voted: true }]);
  expect(JSON.parse((await vote(browser, reply.id, 'undo', json)).text)).toEqual({ score: 1, voted: false });
  expect((await vote(as.visitor(), reply.id, 'up', json)).status).toBe(401);
});

test('one is led back to where one was, but never off the site', async ({ make, as }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const path = paths.postVote(topic.openingPostId);
  const led = async (form: Record<string, string>, headers = {}) =>
    (await browser.post(path, { vote: 'up', ...form }, headers)).headers.location;
  expect(await led({ next: '/new?after=1_2' })).toBe('/new?after=1_2');
  expect(await led({ next: '//evil.example/' })).toBe('/');
  expect(await led({})).toBe(paths.post(topic.openingPostId));
  expect(await led({}, { referer: 'https://evil.example/x' })).toBe(paths.post(topic.openingPostId));
});

test.for([
  ['own', 403, 'You cannot vote for what you wrote yourself.'],
  ['hidden', 409, 'This post is not there for others any more.'],
  ['withdrawn', 409, 'This post is not there for others any more.'],
  ['held', 404, 'There is no such post.'],
  ['old', 409, 'Votes are open for 30 days after a topic is posted.'],
] as const)('an %s post takes no vote', async ([kind, status, sentence], { make, as, db, clock }) => {
  const anna = await make.member();
  const author = kind === 'own' ? anna : await make.member();
  const topic = await make.topic({
    ...(kind === 'old' && { postedAt: clock.ago({ days: 30, seconds: 1 }) }),
  });
  const reply = await make.reply({
    topic,
    author,
    ...(kind === 'held' && { heldAt: clock.now() }),
    ...(kind === 'withdrawn' && { withdrawnAt: clock.now() }),
  });
  if (kind === 'hidden') await make.hide({ post: reply.id });
  const answer = await vote(await as.member(anna), reply.id, 'up');
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(sentence);
  expect(await db.select().from(votes)).toEqual([]);
  expect((await findPostRow(db, reply.id))?.score).toBe(0);
});

test('a vote for what was hidden since can be taken back', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  await vote(browser, topic.openingPostId, 'up');
  await make.hide({ topic: topic.id });
  expect((await vote(browser, topic.openingPostId, 'undo', { accept: 'application/json' })).status).toBe(200);
  expect((await findPostRow(db, topic.openingPostId))?.score).toBe(0);
});

test('a vote that does not count changes no score, neither given nor taken', async ({
  make,
  as,
  db,
  clock,
}) => {
  const reply = await make.reply({ topic: await make.topic() });
  const anna = await make.member();
  await db.insert(votes).values({ memberId: anna.id, postId: reply.id, castAt: clock.now(), counted: false });
  const browser = await as.member(anna);
  await vote(browser, reply.id, 'up');
  expect((await findPostRow(db, reply.id))?.score).toBe(0);
  await vote(browser, reply.id, 'undo');
  expect((await findPostRow(db, reply.id))?.score).toBe(0);
  expect(await db.select().from(votes)).toEqual([]);
});

test('what is not there, and what is no vote, is refused', async ({ make, as }) => {
  const topic = await make.topic();
  const browser = await as.member();
  expect((await vote(browser, 999_999 as PostId, 'up')).status).toBe(404);
  expect((await vote(browser, topic.openingPostId, 'down')).status).toBe(422);
  expect((await vote(browser, topic.openingPostId, '__proto__')).status).toBe(422);
});

test('many votes for a topic rank it once; who voted sees the own vote in lists until then', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const voters = await Promise.all([1, 2, 3].map(() => as.member()));
  await settleCounters(db);
  for (const browser of voters) await vote(browser, topic.openingPostId, 'up');
  expect((await db.select().from(topics))[0]?.score).toBe(0);
  for (const path of ['/', '/new', paths.topic(topic)]) {
    const { document } = await voters[0]!.visit(path);
    expect(document.querySelector('button[name=vote][aria-pressed=true] .count')?.textContent, path).toBe(
      '3',
    );
  }
  const { rows } = await db.execute<{ n: number }>(sql`select count(*)::int as n from topics_to_rank`);
  expect(rows).toEqual([{ n: 3 }]);
  // Two at once: what one has taken up, the other leaves.
  expect((await Promise.all([rankVotedTopics(db), rankVotedTopics(db)])).sort()).toEqual([0, 1]);
  expect((await db.select().from(topics))[0]?.score).toBe(3);
  expect(await rankVotedTopics(db)).toBe(0);
  await expectTrueCounters(db);
});

/** What an index of posts has, as a column, in an expression or in its condition. */
async function findIndexedColumns(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select distinct attname as name from pg_index
    join pg_depend on pg_depend.objid = indexrelid and refobjid = indrelid and refobjsubid > 0
    join pg_attribute on attrelid = indrelid and attnum = refobjsubid
    where indrelid = 'posts'::regclass`);
  return rows.map(({ name }) => name);
}

test('a vote for a topic changes nothing that an index has: no index is written', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  const read = async () => {
    const { rows } = await db.execute(sql`select * from posts where id = ${topic.openingPostId}`);
    return rows[0] ?? {};
  };
  const before = await read();
  await vote(browser, topic.openingPostId, 'up');
  const after = await read();
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed).toContain('score');
  const indexed = await findIndexedColumns(db);
  expect(indexed).toContain('best_rank');
  expect(changed.filter((name) => indexed.includes(name))).toEqual([]);
});
