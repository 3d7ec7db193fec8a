// The promise of lists (docs/decisions/019): on a walk through all pages, a topic whose rank did not change is seen exactly
// once, and none is seen twice, whoever votes, replies, takes back and posts meanwhile.
import { eq, sql } from 'drizzle-orm';
import { followLevels, tags, topics, topicTags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { TopicRow } from '../../support/make.ts';
import { settleCounters } from './counting.ts';

const TOPICS = 76;
const HOST = 'walk.example';
const LISTS = [
  ...[
    '/',
    '/new',
    '/active',
    '/top?t=all',
    '/s/funding',
    '/s/funding?sort=active',
    '/s/funding?sort=top&t=all',
  ],
  ...[
    '/tag/walked',
    `/site/${HOST}?sort=active`,
    '/?tag=walked&age=month',
    '/u/author?show=topics&sort=active',
  ],
  ...['/u/author?show=topics&sort=top', '/followed', '/unread?sort=hot', '/second-chance'],
];

/** A walk through the pages of one list: the posts that its rows begin with, in the order they were shown. */
interface Walk {
  readonly list: string;
  next: string | undefined;
  readonly seen: string[];
}

async function step(reader: Browser, walk: Walk): Promise<void> {
  if (walk.next === undefined) return;
  const { document, status, url } = await reader.visit(walk.next);
  expect(status, url).toBe(200);
  walk.seen.push(...[...document.querySelectorAll('.row')].map(({ id }) => id));
  walk.next = document.querySelector('a[rel=next]')?.getAttribute('href') ?? undefined;
}

/** What one writer does while others read: of each round something that lifts topics, and something that lets them fall. */
function writing(browser: Browser, [mine, other]: readonly [TopicRow, TopicRow], n: number) {
  let reply = '';
  const post = async (path: string, body: Record<string, string> = {}) => {
    const answer = await browser.post(path, body);
    expect(answer.status, `${path} ${answer.text.slice(0, 200)}`).toBe(303);
    return String(answer.headers.location);
  };
  const rounds = [
    async () => {
      await post(paths.postVote(mine.openingPostId), { vote: 'up' });
      reply = /(\d+)$/.exec(await post(paths.topicReply(mine.id), { body: `Reply of ${n}` }))?.[1] ?? '';
    },
    async () => post(paths.postWithdraw(Number(reply) as never)),
    async () => post(paths.postVote(mine.openingPostId), { vote: 'undo' }),
    async () => post(paths.postVote(other.openingPostId), { vote: 'up' }),
    async () => {
      await post(paths.postVote(other.openingPostId), { vote: 'undo' });
      if (n % 10 > 0) return;
      const title = `What writer ${n} found out about walking`;
      const page = await browser.visit(paths.submit());
      await page.press('Post topic', { title, section: 'funding', body: 'A text.' });
    },
  ];
  return (round: number): Promise<unknown> => rounds[round % rounds.length]!();
}

test(
  'while 50 writers vote, reply, take back and post, a reader walks through all pages of every list',
  { timeout: 60_000 },
  async ({ make, as, db, clock }) => {
    const author = await make.member({ name: 'author' });
    const made: TopicRow[] = [];
    for (let n = 0; n < TOPICS; n += 1) {
      const facts = { title: `Walk ${n}`, score: 2 + (n % 5), source: `https://${HOST}/${n}` };
      made.push(await make.topic({ author, ...facts, postedAt: clock.ago({ hours: 30, minutes: 20 * n }) }));
    }
    const [tag] = await db.insert(tags).values({ slug: 'walked', name: 'walked' }).returning();
    await db.insert(topicTags).values(made.map(({ id }) => ({ topicId: id, tagId: tag!.id, position: 1 })));
    // What is posted cannot be voted for in the past: the votes that the topics have are imported ones.
    await db.execute(sql`update posts set base_score = score`);
    await settleCounters(db);
    const walker = await make.member({ pageSize: 15 });
    const sectionId = made[0]!.sectionId;
    await db
      .insert(followLevels)
      .values({ memberId: walker.id, sectionId, level: 'all', setAt: clock.now() });
    const reader = await as.member(walker);
    const writers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const pair = [made[(n * 2) % TOPICS]!, made[(n * 2 + 44) % TOPICS]!] as const;
        return writing(await as.member(), pair, n);
      }),
    );

    const walks: Walk[] = LISTS.map((list) => ({ list, next: list, seen: [] }));
    for (let round = 0; walks.some(({ next }) => next !== undefined); round += 1) {
      clock.advance({ minutes: 1 });
      const steps = (): Promise<unknown> => Promise.all(walks.map((walk) => step(reader, walk)));
      const writes = (): Promise<unknown> => Promise.all(writers.map((write) => write(round)));
      // What they lift first is seen where it stands then; all that comes later happens while pages are read.
      await (round === 0 ? writes().then(steps) : Promise.all([writes(), steps()]));
    }

    // Even numbers were written to, in the first place or the second.
    const untouched = made
      .filter((_, n) => n % 2 === 1)
      .map(({ openingPostId }) => paths.postAnchor(openingPostId));
    for (const { list, seen } of walks) {
      const twice = seen.filter((id, n) => seen.indexOf(id) !== n);
      expect(twice, `${list}: seen twice`).toEqual([]);
      expect(seen.filter((id) => untouched.includes(id)).toSorted(), list).toEqual(untouched.toSorted());
      expect(seen.length, list).toBeGreaterThan(untouched.length);
    }
    const fallen = await db
      .select()
      .from(topics)
      .where(sql`${topics.rankFellIn} is not null`);
    expect(fallen.length).toBeGreaterThan(20);
  },
);

for (const [what, before, after] of [
  ['ends', { hours: 1 }, undefined],
  ['begins', undefined, { hours: 1 }],
] as const) {
  test(`a topic whose pin ${what} between two pages is seen once`, async ({ make, as, db, clock }) => {
    const author = await make.member();
    const made: TopicRow[] = [];
    for (let n = 0; n < 40; n += 1) {
      made.push(await make.topic({ author, postedAt: clock.ago({ hours: n + 1 }) }));
    }
    const last = made.at(-1)!;
    const until = (span: { hours: number } | undefined) =>
      span ? new Date(clock.now().getTime() + span.hours * 3_600_000) : null;
    await db
      .update(topics)
      .set({ pinnedUntil: until(before) })
      .where(eq(topics.id, last.id));
    const walk: Walk = { list: '/', next: '/', seen: [] };
    const reader = as.visitor();
    await step(reader, walk);
    await db
      .update(topics)
      .set({ pinnedUntil: until(after) })
      .where(eq(topics.id, last.id));
    while (walk.next !== undefined) await step(reader, walk);
    expect(walk.seen.toSorted()).toEqual(made.map(({ openingPostId }) => `p${openingPostId}`).toSorted());
  });
}
