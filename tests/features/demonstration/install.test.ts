// The first start of a newcomer: what the demonstration forum is once it is loaded, for each kind of person. Loading it
// takes a second, so one load serves all that is said of it.
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { events, members, posts, sources, topics, votes } from '../../../src/db/schema/index.ts';
import { trustOf } from '../../../src/domain/policy/trust.ts';
import { demoMembers, demoTopics } from '../../../src/features/demonstration/content/index.ts';
import {
  type Account,
  installDemonstration,
  isEmptyForum,
} from '../../../src/features/demonstration/index.ts';
import type { Browser, Page } from '../../support/browser.ts';
import { expect, type Forum, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { allReplies, topicWithKey } from './placed.ts';

const PATIENCE = 60_000;
const SEED = topicWithKey('seed');

interface Loaded {
  readonly db: Database;
  readonly visitor: Browser;
  readonly now: Date;
}

test(
  'two starts at once load one living forum',
  async ({ forum, db, as, clock, drain }) => {
    expect(await isEmptyForum(db)).toBe(true);
    const started = await Promise.all([install(forum), install(forum)]);
    expect(started.map(({ length }) => length).sort()).toEqual([0, 5]);
    expect(await isEmptyForum(db)).toBe(false);
    expect(await install(forum)).toEqual([]);

    const loaded = { db, visitor: as.visitor(), now: clock.now() };
    await everythingIsThereOnce(loaded);
    await expectTrueCounters(db);
    await nothingHappenedInTheFuture(loaded);
    await theSeedReadsAsItWasPosted(loaded);
    await theSeedStandsOnTheFirstPages(loaded);
    await theDigestReadsWell(loaded);
    await hiddenTextsAreGone(loaded);
    await heldPostsAwaitApproval(loaded, await as.moderator());
    await withdrawnAndEditedPostsSaySo(loaded);
    await decisionsStandInTheLog(loaded);
    await accountsCanSignIn(loaded, () => as.visitor(), started.flat());
    await drain();
    await weeksThatAreOverHavePages(loaded);
    await slipsAreCorrected(loaded);
  },
  PATIENCE,
);

test(
  'a start that fails half-way leaves the database empty, and the next one loads it',
  async ({ forum, db }) => {
    let texts = 0;
    const markdown: Forum['markdown'] = {
      ...forum.markdown,
      async renderAll(...given) {
        texts += 1;
        if (texts > 40) throw new Error('killed');
        return forum.markdown.renderAll(...given);
      },
    };
    await expect(install({ ...forum, markdown })).rejects.toThrow('killed');
    expect(await isEmptyForum(db)).toBe(true);
    expect(await db.$count(events)).toBe(0);
  },
  PATIENCE,
);

function install(forum: Forum): Promise<readonly Account[]> {
  return installDemonstration({ ...forum, db: forum.app.db, config: forum.app.config });
}

async function everythingIsThereOnce({ db }: Loaded): Promise<void> {
  const counts = [await db.$count(members), await db.$count(topics), await db.$count(posts)];
  expect(counts).toEqual([demoMembers.length, demoTopics.length, demoTopics.length + allReplies.length]);
  const given = [...demoTopics, ...allReplies.map(({ reply }) => reply)].map(({ upvotes = 0 }) => upvotes);
  expect(await db.$count(votes)).toBe(given.reduce((sum, upvotes) => sum + upvotes));
  const own = db.select().from(votes).innerJoin(posts, eq(posts.id, votes.postId));
  expect(await own.where(eq(votes.memberId, posts.authorId))).toEqual([]);
  expect(await db.$count(members, sql`${members.passwordHash} is not null`)).toBe(5);
}

async function nothingHappenedInTheFuture({ db, now }: Loaded): Promise<void> {
  expect(await db.$count(events, gt(events.at, now))).toBe(0);
  expect(await db.$count(votes, gt(votes.castAt, now))).toBe(0);
  const early = db.select().from(votes).innerJoin(posts, eq(posts.id, votes.postId));
  expect(await early.where(gt(posts.postedAt, votes.castAt))).toEqual([]);
  const answered = sql`(select above.posted_at from ${posts} as above where above.id = ${posts.parentId})`;
  expect(await db.$count(posts, and(sql`${answered} >= ${posts.postedAt}`))).toBe(0);
}

async function weeksThatAreOverHavePages({ visitor }: Loaded): Promise<void> {
  const list = await visitor.visit('/weeks');
  const newest = list.document.querySelector('.items h2 a')?.getAttribute('href') ?? '';
  const { status, document } = await visitor.visit(newest);
  expect([status, document.querySelectorAll('.row').length > 3]).toEqual([200, true]);
  expect((await visitor.visit('/')).document.querySelector(`aside a[href="${newest}"]`)?.textContent).toBe(
    'The week',
  );
}

async function slipsAreCorrected({ visitor }: Loaded): Promise<void> {
  expect((await visitor.visit('/search?q=inferense')).text).toContain('Did you mean inference?');
}

async function theSeedReadsAsItWasPosted(loaded: Loaded): Promise<void> {
  const page = await pageOf(loaded, 'seed');
  const [first, second, third, fourth] = allReplies.filter(({ topic }) => topic === SEED);
  expectInOrder(page, [
    '← Back to forum',
    'Q1 2026 AI Investment Hits $300B, Shattering Records',
    'Posted by kevin_h · 0 upvotes · 4 replies',
    SEED.body,
    'Replies (4)',
    ...[first, second, third, fourth].flatMap((placed) => [
      placed?.reply.author ?? '',
      placed?.reply.body ?? '',
    ]),
  ]);
  const link = page.document.querySelector(
    'main a[rel~="ugc"][href^="https://news.google.com/rss/articles/"]',
  );
  expect(link?.getAttribute('href')).toBe(SEED.sources?.[0]?.url);
  const source = loaded.db.select().from(sources).innerJoin(topics, eq(topics.id, sources.topicId));
  expect(await source.where(eq(topics.originKey, 'demonstration:seed'))).toMatchObject([
    { sources: { url: SEED.sources?.[0]?.url, wrapper: true } },
  ]);
}

async function theSeedStandsOnTheFirstPages({ visitor }: Loaded): Promise<void> {
  expect((await visitor.visit('/')).main).toContain(SEED.title);
  expect((await visitor.visit('/new')).main).toContain(SEED.title);
}

async function theDigestReadsWell(loaded: Loaded): Promise<void> {
  const page = await pageOf(loaded, 'weekly-digest');
  expect(page.main).toContain('Posted by digest_desk · 36 upvotes · 12 replies');
  const headings = [...page.document.querySelectorAll('main h2')].map(({ textContent }) => textContent);
  expect(headings).toContain('Landmark Funding and Industry Consolidation');
  expect(page.document.querySelectorAll('main h1')).toHaveLength(1);
}

async function hiddenTextsAreGone(loaded: Loaded): Promise<void> {
  const topic = topicWithKey('alphaleak-term-sheet');
  const gone = await pageOf(loaded, topic.key);
  expect([gone.status, gone.main.includes(topic.title)]).toEqual([410, false]);
  expect(gone.main).toContain('Cannot be verified');
  expect((await loaded.visitor.visit('/new')).main).not.toContain(topic.title);

  const hidden = allReplies.filter(({ reply }) => reply.hidden);
  for (const { reply, topic: of } of hidden) {
    const page = await pageOf(loaded, of.key);
    expect(page.main).toContain(
      `Hidden by a moderator: ${reply.hidden?.reason} (rule ${reply.hidden?.rule})`,
    );
    expect(page.main).not.toContain(firstWords(reply.body));
  }
  // Below a reply that was hidden alone the others stay; "with replies" took them along.
  expect((await pageOf(loaded, 'grid-queues')).main).toContain(
    'Hidden under rule 4. Disclosing an interest is fine',
  );
  const swept = hidden.flatMap(({ reply }) => (reply.hidden?.withReplies ? (reply.replies ?? []) : []));
  const cursor = (await pageOf(loaded, 'cursor-in-talks')).main;
  expect(swept.map(({ body }) => cursor.includes(firstWords(body)))).toEqual([false]);
}

async function heldPostsAwaitApproval(loaded: Loaded, moderator: Browser): Promise<void> {
  const held = allReplies.filter(({ reply }) => reply.held);
  const topic = demoTopics.find(({ heldForApproval }) => heldForApproval);
  expect((await pageOf(loaded, topic?.key ?? '')).status).toBe(404);
  const queue = await moderator.visit('/moderation');
  expect(queue.main).toContain('Awaiting approval 2');
  const waiting = await queue.follow('Awaiting approval');
  expect(waiting.main).toContain(firstWords(topic?.title ?? '?'));
  for (const { reply, topic: of } of held) {
    expect((await pageOf(loaded, of.key)).main).not.toContain(firstWords(reply.body));
    expect(waiting.main).toContain(firstWords(reply.body));
  }
  // What several members flagged is still there for all, and before the moderators.
  const [promotion] = allReplies.filter(({ reply }) => !reply.hidden && (reply.flagged?.length ?? 0) > 2);
  expect((await pageOf(loaded, promotion?.topic.key ?? '')).main).toContain(
    firstWords(promotion?.reply.body ?? '?'),
  );
  expect(queue.main).toContain(firstWords(promotion?.reply.body ?? '?'));
}

async function withdrawnAndEditedPostsSaySo(loaded: Loaded): Promise<void> {
  for (const { reply, topic } of allReplies.filter(({ reply: { withdrawn } }) => withdrawn)) {
    const page = await pageOf(loaded, topic.key);
    expect(page.main).not.toContain(firstWords(reply.body));
    for (const below of reply.replies ?? []) expect(page.main).toContain(firstWords(below.body));
  }
  const retitled = await pageOf(loaded, 'nscale-valuation');
  const history = await retitled.follow('edited');
  expect(history.main).toContain('INSANE');
}

async function decisionsStandInTheLog({ visitor }: Loaded): Promise<void> {
  const log = await visitor.visit('/moderation/log');
  for (const { name, sanction } of demoMembers) if (sanction) expectInOrder(log, [name, sanction.reason]);
  for (const { locked, hidden, pinned } of demoTopics)
    for (const decision of [locked, hidden, pinned])
      if (decision) expect(log.main).toContain(decision.reason);
}

async function accountsCanSignIn(
  { db, now }: Loaded,
  visitor: () => Browser,
  accounts: readonly Account[],
): Promise<void> {
  expect(accounts.map(({ role }) => role)).toEqual(['admin', 'moderator', 'trusted', 'member', 'new']);
  expect(new Set(accounts.map(({ password }) => password)).size).toBe(5);
  for (const { name, password, role } of accounts) {
    expect(password).toMatch(/^[a-km-np-z2-9]{16}$/);
    const form = await visitor().visit('/sign-in');
    const signedIn = await form.press('Log in', { name, password }, 'main');
    expect(signedIn.text).toContain(name);
    const [member] = await db.select().from(members).where(eq(members.name, name));
    if (!member) throw new Error(`There is no ${name}`);
    const trust = trustOf({ ...member, lastSanctionAt: null }, now);
    expect([name, member.role === 'member' ? trust : member.role]).toEqual([name, role]);
  }
}

async function pageOf({ db, visitor }: Loaded, key: string): Promise<Page> {
  const [topic] = await db
    .select()
    .from(topics)
    .where(eq(topics.originKey, `demonstration:${key}`));
  if (!topic) throw new Error(`There is no topic "${key}"`);
  return visitor.visit(`/t/${topic.id}/${topic.slug}`);
}

/** Enough of a text to find it by, before its Markdown begins. */
function firstWords(body: string): string {
  return body.replace(/^> .*\n+/, '').split(/[*_`[\n]/, 1)[0] ?? '';
}

function expectInOrder(page: Page, texts: readonly string[]): void {
  let from = 0;
  for (const text of texts) {
    const at = page.main.indexOf(text, from);
    expect(at, `"${text.slice(0, 60)}" after the one before it`).toBeGreaterThanOrEqual(0);
    from = at + text.length;
  }
}
