// New since the last visit, as a reader meets it: on the topic's page, in lists, on an open page, and once all was read.
import { eq } from 'drizzle-orm';
import { followLevels, posts, topics, visits } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

/** The replies that a page marks as new, in the order in which they stand. */
const newOn = ({ document }: Page) =>
  [...document.querySelectorAll('.reply.is-new')].map((reply) => Number(reply.getAttribute('id')?.slice(1)));
const countsIn = ({ document }: Page) =>
  [...document.querySelectorAll('.row .new')].map((link) => link.textContent?.replace(/ replies to .*/, ''));

test('new replies are counted in lists and marked on the page; links lead from one to the next', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'A topic with news' });
  const reader = await make.member();
  const browser = await as.member(reader);
  const old = await make.reply({ topic });
  await browser.visit(paths.topic(topic));
  await expect.poll(() => db.$count(visits)).toBe(1);
  const [first, second] = [await make.reply({ topic, parent: old }), await make.reply({ topic })];
  await make.reply({ topic, author: reader });
  const loud = await make.reply({ topic });
  await db.insert(followLevels).values({
    ...{ memberId: reader.id, aboutId: loud.authorId, level: 'nothing', setAt: clock.now() },
  });
  await db.update(posts).set({ hiddenAt: clock.now() }).where(eq(posts.id, loud.id));
  const list = await browser.visit('/new');
  expect(countsIn(list)).toEqual(['2 new']);
  expect(countsIn(await as.visitor().visit('/new'))).toEqual([]);
  expect(countsIn(await (await as.member()).visit('/new'))).toEqual([]);
  clock.advance({ hours: 1 });
  const page = await browser.visit(paths.topic(topic));
  expect(newOn(page)).toEqual([first.id, second.id]);
  expect(page.document.querySelector('.jump')?.textContent).toBe('2 new since your last visit');
  expect(page.document.querySelector('#new')?.getAttribute('href')).toBe(`#${paths.postAnchor(second.id)}`);
  await expect.poll(() => db.$count(visits, eq(visits.visitedAt, clock.now()))).toBe(1);
  // A reload within half an hour keeps the marks; the list knows that they were shown.
  expect(newOn(await browser.visit(paths.topic(topic)))).toEqual([first.id, second.id]);
  expect(countsIn(await browser.visit('/new'))).toEqual([]);
  clock.advance({ minutes: 30 });
  expect(newOn(await browser.visit(paths.topic(topic)))).toEqual([]);
});

test('branches without news are folded on request, in whatever order and from whichever post on', async ({
  make,
  as,
}) => {
  const topic = await make.topic();
  const read = await make.reply({ topic });
  await make.reply({ topic, parent: read });
  const mixed = await make.reply({ topic });
  const beside = await make.reply({ topic, parent: mixed });
  const fresh = await make.reply({ topic, parent: mixed });
  const open = (page: Page) =>
    [...page.document.querySelectorAll('.reply')]
      .filter((reply) => reply.querySelector('.fold')?.hasAttribute('open'))
      .map((reply) => Number(reply.getAttribute('id')?.slice(1)));
  const page = await as.visitor().visit(paths.topic(topic, { sort: 'old', since: beside.id }));
  expect(open(page)).toHaveLength(5);
  const folded = await page.follow('Fold what you have read');
  expect(folded.url).toContain('sort=old');
  // What stands below a folded reply is there as it was once that is opened.
  expect(open(folded)).toEqual([read.id + 1, mixed.id, fresh.id]);
  const newest = await folded.follow('Newest');
  expect(open(newest)).toEqual([mixed.id, fresh.id, read.id + 1]);
  expect(newOn(newest)).toEqual([fresh.id]);
  expect(open(await newest.follow('Unfold all'))).toHaveLength(5);
  // Of whom nothing is known, nothing is folded.
  expect(open(await as.visitor().visit(paths.topic(topic, { fold: 'read' })))).toHaveLength(5);
});

test('of a topic longer than a page, what was not shown stays new, page by page', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'A long one' });
  const author = await make.member();
  for (let n = 0; n < 3; n += 1) {
    const root = await make.reply({ topic, author, bestRank: 3 - n });
    const below = { topicId: topic.id, parentId: root.id, branchId: root.id, depth: 1, authorId: author.id };
    const text = {
      bodyMd: 'And so on.',
      bodyHtml: root.bodyHtml,
      rendererVersion: 1,
      postedAt: root.postedAt,
    };
    await db.insert(posts).values(Array.from({ length: 89 }, () => ({ ...below, ...text })));
    await db.update(posts).set({ branchSize: 90 }).where(eq(posts.id, root.id));
  }
  await db.update(topics).set({ replyCount: 270 }).where(eq(topics.id, topic.id));
  const browser = await as.member();
  let notes = 0;
  const see = async (path: string) => {
    const page = await browser.visit(path);
    clock.advance({ hours: 1 });
    await expect
      .poll(async () => Number((await db.select().from(visits))[0]?.visitedAt))
      .toBeGreaterThan(notes);
    notes = Number((await db.select().from(visits))[0]?.visitedAt);
    return page;
  };
  const list = async () => countsIn(await browser.visit('/new'));
  await see(paths.topic(topic));
  expect(await list()).toEqual(['90 new']);
  const late = await make.reply({ topic, author, bestRank: 0 });
  const first = await see(paths.topic(topic));
  expect(newOn(first)).toEqual([]);
  expect(first.document.querySelector('.jump')?.textContent).toBe('91 new on other pages');
  const next = await first.follow('91 new');
  expect(newOn(next)).toHaveLength(90);
  await expect.poll(list).toEqual(['1 new']);
  clock.advance({ hours: 1 });
  const last = await (await browser.visit(paths.topic(topic))).follow('More replies');
  expect(newOn(last)).toEqual([late.id]);
  expect(first.text).not.toContain('Back to the first page');
  expect((await last.follow('Back to the first page')).main).toContain('More replies');
  await expect.poll(list).toEqual([]);
});

test('an open page asks for new replies: others’ alone for a member, shared and unchanged for visitors', async ({
  make,
  as,
}) => {
  const topic = await make.topic();
  const since = paths.newReplies(topic.id, { since: topic.openingPostId });
  const reader = await make.member();
  await make.reply({ topic, author: reader });
  await make.reply({ topic });
  const visitor = as.visitor();
  const asked = await visitor.get(since);
  expect(asked.body).toEqual({ count: 2 });
  expect(asked.headers['cache-control']).toMatch(/^public, max-age=/);
  const again = await visitor.get(since, { 'if-none-match': String(asked.headers.etag) });
  expect(again.status).toBe(304);
  const own = await (await as.member(reader)).get(since);
  expect(own.body).toEqual({ count: 1 });
  expect(own.headers['cache-control']).toBe('private, no-cache');
  await make.hide({ topic: topic.id });
  expect((await visitor.get(since)).status).toBe(404);
  for (const wrong of ['', '?since=0', '?since=1e3', '?since=99999999999999999999'])
    expect((await visitor.get(`/t/${topic.id}/new${wrong}`)).status).toBe(404);
});

test('visitors’ browsers ask for all topics of a list at once; what cannot be read is left out', async ({
  make,
  as,
  clock,
}) => {
  const [one, two, hidden] = [await make.topic(), await make.topic(), await make.topic()];
  for (const topic of [one, one, two, hidden]) await make.reply({ topic });
  await make.reply({ topic: one, heldAt: clock.now() });
  await make.hide({ topic: hidden.id });
  const ask = async (seen: string): Promise<unknown> =>
    (await as.visitor().get(`/new/since?seen=${encodeURIComponent(seen)}`)).body;
  const mark = (topic: typeof one) => `${topic.id}.${topic.openingPostId}`;
  expect(await ask([one, two, hidden].map(mark).join(','))).toEqual({ [one.id]: 2, [two.id]: 1 });
  expect(await ask(`x,${mark(two)}.1,-1.5,${one.id}.,99999999999999999.1,${mark(one)}`)).toEqual({
    [one.id]: 2,
  });
  expect(await ask('')).toEqual({});
  expect((await as.visitor().get('/new/since?seen=1.1&seen=2.2')).body).toEqual({});
  // Of more than a page of a list the rest is not read.
  expect(await ask([...Array.from({ length: 60 }, () => '9.9'), mark(one)].join(','))).toEqual({});
});

test('once all is marked as read, nothing that stood there is new, and what comes is', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  await browser.visit(paths.topic(topic));
  await expect.poll(() => db.$count(visits)).toBe(1);
  await make.reply({ topic });
  const list = await browser.visit('/new');
  expect(countsIn(list)).toEqual(['1 new']);
  const read = await list.press('Mark all read');
  expect(read.url).toBe('/new');
  expect(countsIn(read)).toEqual([]);
  expect(newOn(await browser.visit(paths.topic(topic)))).toEqual([]);
  await make.reply({ topic });
  expect(countsIn(await browser.visit('/new'))).toEqual(['1 new']);
  expect((await as.visitor().visit('/new')).main).not.toContain('Mark all read');
});
