// Feeds beside those of new topics: of replies, of what stands by rank, of members; and that pages lead to all of them.
import { eq } from 'drizzle-orm';
import { parseFeed } from 'feedsmith';
import { members, revisions, tags, topics, topicTags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { discoveredOn, readJson } from './reader.ts';
import { parseXml } from './xml.ts';

const SITE = 'http://localhost:3000';

test('the feed of a topic has its replies, and says what each answers', async ({ make, as, clock, db }) => {
  const topic = await make.topic({ title: 'Chips & salt', author: await make.member({ name: 'diana_f' }) });
  const kevin = await make.member({ name: 'kevin_h' });
  const first = await make.reply({
    topic,
    author: kevin,
    body: 'The first',
    postedAt: clock.ago({ hours: 2 }),
  });
  await make.reply({ topic, parent: first, body: 'The second', postedAt: clock.ago({ hours: 1 }) });
  const elsewhere = await make.topic({ title: 'Elsewhere' });
  await make.reply({ topic: elsewhere });
  await db.insert(revisions).values({
    ...{ postId: first.id, version: 1, bodyMd: 'Teh first', silent: true },
    replacedAt: clock.ago({ hours: 1, minutes: 58 }),
  });
  const browser = as.visitor();
  const href = `${SITE}/t/${topic.id}/${topic.slug}`;
  const feed = await readJson(browser, `/t/${topic.id}/feed.json`);
  expect(feed).toMatchObject({ title: 'Tokenwire: Chips & salt', home_page_url: href });
  expect(feed.items).toHaveLength(2);
  expect(feed.items[1]).toEqual({
    id: `tag:localhost,2026:reply/${first.id}`,
    url: `${SITE}/p/${first.id}`,
    title: 'kevin_h in Chips & salt',
    content_html: `<p>The first</p><ul><li>Discussion: <a href="${href}">Chips &amp; salt</a></li></ul>`,
    date_published: '2026-04-03T12:30:00.000Z',
    // Readers may have fetched it before the edit that left no mark.
    date_modified: '2026-04-03T12:32:00.000Z',
    authors: [{ name: 'kevin_h', url: `${SITE}/u/kevin_h` }],
    tags: ['Funding'],
  });
  expect(feed.items[0]?.content_html).toContain(`<a href="${SITE}/p/${first.id}">In reply to kevin_h</a>`);

  const atom = parseXml((await browser.get(`/t/${topic.id}/feed.atom`)).text);
  const answered = atom.children('entry').map((entry) => entry.child('thr:in-reply-to').attributes);
  expect(answered.map(({ ref, href: place }) => [ref, place])).toEqual([
    [`tag:localhost,2026:reply/${first.id}`, `${SITE}/p/${first.id}`],
    [`tag:localhost,2026:topic/${topic.id}`, href],
  ]);
  // Of the whole forum, the same replies under the same names.
  const all = (await readJson(browser, '/active/feed.json')).items;
  expect(all).toHaveLength(3);
  expect(all.filter(({ title }) => title.endsWith('salt'))).toEqual(feed.items);
});

test('the feed of a topic goes where its discussion goes, and ends with it', async ({
  make,
  as,
  clock,
  db,
}) => {
  const topic = await make.topic({ author: await make.member({ name: 'gone_soon' }) });
  await make.reply({ topic, body: 'It stays' });
  const withdrawn = await make.reply({ topic, body: 'Secret', withdrawnAt: clock.now() });
  await make.reply({ topic, parent: withdrawn, body: 'An answer' });
  const browser = as.visitor();
  const path = `/t/${topic.id}/feed.json`;
  const isShown = async () => (await browser.get(path)).text;
  expect(await isShown()).toContain('>In reply to this</a>');
  expect(await isShown()).not.toContain('Secret');
  await db.update(topics).set({ withdrawnAt: clock.now() }).where(eq(topics.id, topic.id));
  // The replies of others to a withdrawn topic still stand on its page, and nobody else's list has them.
  expect(await isShown()).toContain('It stays');
  expect((await browser.get('/active/feed.json')).text).not.toContain('It stays');
  await db.update(topics).set({ withdrawnAt: null }).where(eq(topics.id, topic.id));

  const target = await make.topic();
  await db.update(topics).set({ mergedIntoId: target.id }).where(eq(topics.id, topic.id));
  const moved = await browser.get(path);
  expect([moved.status, moved.headers.location]).toEqual([302, `/t/${target.id}/feed.json`]);
  await make.hide({ topic: target.id });
  expect((await browser.get(`/t/${target.id}/feed.json`)).status).toBe(410);
  expect((await browser.get('/t/999999/feed.json')).status).toBe(404);
});

test('the feed of a member has topics and replies as one stream, or either', async ({
  make,
  as,
  db,
  clock,
}) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({ title: 'His own', author: kevin, postedAt: clock.ago({ hours: 3 }) });
  await make.reply({ topic, author: kevin, postedAt: clock.ago({ hours: 2 }) });
  await make.topic({ title: 'Another', author: kevin, postedAt: clock.ago({ hours: 1 }) });
  await make.reply({ topic });
  const browser = as.visitor();
  const titles = async (path: string) => (await readJson(browser, path)).items.map(({ title }) => title);
  expect(await titles('/u/kevin_h/feed.json')).toEqual(['Another', 'kevin_h in His own', 'His own']);
  expect(await titles('/u/kevin_h/feed.json?show=topics')).toEqual(['Another', 'His own']);
  expect(await titles('/u/kevin_h/feed.json?show=replies')).toEqual(['kevin_h in His own']);
  const redirected = await browser.get('/u/Kevin_H/feed.atom?show=topics');
  expect([redirected.status, redirected.headers.location]).toEqual([302, '/u/kevin_h/feed.atom?show=topics']);
  for (const nobody of ['/u/nobody/feed.atom', '/u/%EF%BF%BF/feed.json'])
    expect((await browser.get(nobody)).status).toBe(404);
  expect((await browser.get('/u/kevin_h/feed.json')).headers['x-robots-tag']).toBe('noindex');
  await db.update(members).set({ name: 'kevin', nameKey: 'kevin' }).where(eq(members.id, kevin.id));
  expect(await titles('/u/kevin/feed.json')).toHaveLength(3);
});

test('what stands by rank is in the feeds of those lists, in their order', async ({ make, as, clock }) => {
  const at = (hours: number) => ({ postedAt: clock.ago({ hours }) });
  await make.topic({ title: 'Liked long ago', score: 90, ...at(24 * 9) });
  await make.topic({ title: 'New', ...at(1) });
  await make.topic({ title: 'Liked', score: 40, ...at(30) });
  const browser = as.visitor();
  const titles = async (path: string) => (await readJson(browser, path)).items.map(({ title }) => title);
  expect(await titles('/hot/feed.json')).toEqual(['Liked', 'New', 'Liked long ago']);
  expect(await titles('/top/feed.json')).toEqual(['Liked', 'New']);
  expect(await titles('/top/feed.json?t=all')).toEqual(['Liked long ago', 'Liked', 'New']);
  expect(await titles('/top/feed.json?t=day')).toEqual(['New']);
  expect(await titles('/second-chance/feed.json')).toEqual(['Liked', 'Liked long ago']);
  expect(await readJson(browser, '/top/feed.json?t=day')).toMatchObject({
    title: 'Tokenwire: top topics of the day',
    home_page_url: `${SITE}/top?t=day`,
    feed_url: `${SITE}/top/feed.json?t=day`,
  });
});

test('the tags of a topic are among the categories that readers filter by', async ({ make, as, db }) => {
  const topic = await make.topic();
  const [tag] = await db.insert(tags).values({ slug: 'gpu', name: 'GPU' }).returning();
  await db.insert(topicTags).values({ topicId: topic.id, tagId: tag!.id, position: 0 });
  expect((await readJson(as.visitor())).items[0]?.tags).toEqual(['Funding', 'GPU']);
});

test('each page leads readers to its feed, and all of them are there', async ({ make, as, app, db }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({ author: kevin, title: 'Chips', source: 'https://grid.example/1' });
  const [tag] = await db.insert(tags).values({ slug: 'gpu', name: 'gpu' }).returning();
  await db.insert(topicTags).values({ topicId: topic.id, tagId: tag!.id, position: 0 });
  const pages: readonly (readonly [string, ...(readonly [string, string])[]])[] = [
    ['/', ['', 'Tokenwire'], ['/hot', 'Tokenwire: front page'], ['/active', 'Tokenwire: replies']],
    ['/new', ['', 'Tokenwire']],
    ['/active', ['/active', 'Tokenwire: replies']],
    ['/second-chance', ['/second-chance', 'Tokenwire: second chance']],
    ['/s/funding?sort=top', ['/s/funding', 'Tokenwire: Funding']],
    ['/tag/gpu', ['/tag/gpu', 'Tokenwire: #gpu']],
    ['/site/grid.example', ['/site/grid.example', 'Tokenwire: grid.example']],
    ['/u/kevin_h', ['/u/kevin_h', 'What kevin_h writes']],
    [paths.topic(topic), [`/t/${topic.id}`, 'Replies to Chips']],
    ['/moderation/log', ['/moderation/log', 'Moderation log']],
    ['/weeks', ['/weeks', 'The week']],
    ['/feeds', ['', 'Tokenwire']],
  ];
  const browser = as.visitor();
  for (const [path, ...feeds] of pages) {
    const found = discoveredOn(await browser.visit(path));
    expect(found, path).toEqual(
      feeds.flatMap(([base, title]) => [
        [`${base}/feed.atom`, title],
        [`${base}/feed.json`, title],
      ]),
    );
    for (const [href] of found) {
      const answer = await app.inject(href);
      expect(answer.statusCode, href).toBe(200);
      // As others' programs read it.
      expect(parseFeed(answer.body).format).toBe(href.includes('atom') ? 'atom' : 'json');
    }
  }
  const found = async (path: string) => discoveredOn(await browser.visit(path)).map(([href]) => href);
  expect(await found('/top?t=day')).toEqual(['/top/feed.atom?t=day', '/top/feed.json?t=day']);
  expect((await found('/u/kevin_h?show=replies'))[0]).toBe('/u/kevin_h/feed.atom?show=replies');
  expect(await found('/site/nobody.example')).toEqual([]);
  // The address of one's own has a key in it.
  const member = await as.member();
  expect(discoveredOn(await member.visit('/followed'))).toEqual([]);
});

test('a HEAD tells what a GET would, and is answered 304 by the same ETag', async ({ make, app }) => {
  await make.topic();
  for (const url of ['/feed.atom', '/active/feed.json']) {
    const got = await app.inject(url);
    const asked = await app.inject({ method: 'HEAD', url });
    expect(asked.body).toBe('');
    for (const name of ['content-type', 'etag', 'last-modified', 'cache-control'])
      expect(asked.headers[name], name).toBe(got.headers[name]);
    const again = { 'if-none-match': String(got.headers.etag) };
    expect((await app.inject({ method: 'HEAD', url, headers: again })).statusCode).toBe(304);
  }
});
