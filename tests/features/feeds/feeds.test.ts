// Atom and JSON feeds of the newest topics.
import { eq } from 'drizzle-orm';
import { posts, sources, topics } from '../../../src/db/schema/index.ts';
import { FEEDS } from '../../../src/domain/feeds.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { readJson } from './reader.ts';
import { parseXml } from './xml.ts';

const SITE = 'http://localhost:3000';

async function atomFeed(browser: Browser, path = '/feed.atom') {
  return parseXml((await browser.get(path)).text);
}

test('both formats say the same of a topic', async ({ make, as, clock }) => {
  const kevin = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({
    author: kevin,
    title: 'Q1 < Q2 & "more"',
    body: 'Tom & Jerry\u0007',
    source: 'https://example.org/news?a=1&b=2',
    postedAt: new Date('2026-04-03T09:00:00.000Z'),
  });
  await make.reply({ topic, postedAt: clock.now() });
  const browser = as.visitor();
  const href = `${SITE}/t/${topic.id}/${topic.slug}`;
  const content =
    '<p>Tom &amp; Jerry</p><ul><li>Article: <a href="https://example.org/news?a=1&amp;b=2">https://example.org/news?a=1&amp;b=2</a> (example.org)</li>' +
    `<li><a href="${href}">Discussion</a></li></ul>`;

  const [item] = (await readJson(browser)).items;
  expect(item).toEqual({
    id: `tag:localhost,2026:topic/${topic.id}`,
    url: href,
    external_url: 'https://example.org/news?a=1&b=2',
    title: 'Q1 < Q2 & "more"',
    content_html: content.replace('Jerry', 'Jerry\u0007'),
    date_published: '2026-04-03T09:00:00.000Z',
    // A reply is no change of the topic.
    date_modified: '2026-04-03T09:00:00.000Z',
    authors: [{ name: 'kevin_h', url: `${SITE}/u/kevin_h` }],
    tags: ['Funding'],
  });

  const feed = await atomFeed(browser);
  const entry = feed.child('entry');
  expect(entry.child('id').text).toBe(item?.id);
  expect(entry.child('title').text).toBe('Q1 < Q2 & "more"');
  expect(entry.child('content').attributes.type).toBe('html');
  expect(entry.child('content').text).toBe(content);
  expect(entry.child('published').text).toBe('2026-04-03T09:00:00.000Z');
  expect(entry.child('updated').text).toBe('2026-04-03T09:00:00.000Z');
  expect(entry.child('author').child('name').text).toBe('kevin_h');
  expect(entry.child('author').child('uri').text).toBe(`${SITE}/u/kevin_h`);
  expect(entry.child('category').attributes).toEqual({ term: 'funding', label: 'Funding' });
  expect(entry.children('link').map(({ attributes }) => attributes)).toEqual([
    { rel: 'alternate', href, type: 'text/html' },
    { rel: 'related', href: 'https://example.org/news?a=1&b=2' },
    { rel: 'replies', href: `${SITE}/t/${topic.id}/feed.atom`, type: 'application/atom+xml' },
  ]);
});

test('a feed says what it is and where it stands', async ({ make, as }) => {
  await make.topic({ section: 'funding', postedAt: new Date('2026-04-01T08:00:00.000Z') });
  const browser = as.visitor();
  const feed = await atomFeed(browser);
  expect(feed.name).toBe('feed');
  expect(feed.attributes.xmlns).toBe('http://www.w3.org/2005/Atom');
  expect(feed.child('id').text).toBe('tag:localhost,2026:topics');
  expect(feed.child('title').text).toBe('Tokenwire');
  expect(feed.child('updated').text).toBe('2026-04-01T08:00:00.000Z');
  expect(feed.children('link').map(({ attributes: { rel, href } }) => [rel, href])).toEqual([
    ['self', `${SITE}/feed.atom`],
    ['alternate', `${SITE}/new`],
  ]);
  expect(await readJson(browser, '/s/funding/feed.json')).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Tokenwire: Funding',
    home_page_url: `${SITE}/s/funding`,
    feed_url: `${SITE}/s/funding/feed.json`,
  });
});

test('a section has feeds of its own topics', async ({ make, as }) => {
  await make.topic({ title: 'Money', section: 'funding' });
  await make.topic({ title: 'Places', section: 'regions' });
  const browser = as.visitor();
  expect((await readJson(browser, '/s/regions/feed.json')).items.map(({ title }) => title)).toEqual([
    'Places',
  ]);
  expect((await atomFeed(browser, '/s/funding/feed.atom')).child('entry').child('title').text).toBe('Money');
  expect((await browser.get('/s/nowhere/feed.atom')).status).toBe(404);
});

test('all of the last two days is in it, and of a quiet place the newest thirty, newest first', async ({
  make,
  as,
  clock,
}) => {
  const author = await make.member();
  for (let n = 1; n <= 33; n += 1)
    await make.topic({ author, postedAt: clock.ago({ hours: 1, minutes: n }) });
  for (let n = 1; n <= 5; n += 1)
    await make.topic({ author, postedAt: clock.ago({ hours: 48, minutes: n }) });
  const browser = as.visitor();
  const dates = async () => (await readJson(browser)).items.map((item) => item.date_published);
  const lately = await dates();
  expect(lately).toHaveLength(33);
  expect(lately).toEqual(lately.toSorted().toReversed());
  clock.advance({ days: 3 });
  expect(await dates()).toEqual(lately.slice(0, 30));
});

test('what would be too much to write at a time waits, the older the longer', async ({
  make,
  as,
  clock,
  db,
}) => {
  const author = await make.member();
  for (let n = 1; n <= 4; n += 1)
    await make.topic({ author, title: `Topic ${n}`, score: n, postedAt: clock.ago({ minutes: n }) });
  const long = (length: number) => db.update(posts).set({ bodyHtml: '&amp;'.repeat(length / 5) as SafeHtml });
  const browser = as.visitor();
  const titles = async (path: string) => (await readJson(browser, path)).items.map(({ title }) => title);
  await long(FEEDS.bytes / 2);
  expect(await titles('/feed.json')).toEqual(['Topic 1', 'Topic 2']);
  expect(await titles('/top/feed.json')).toEqual(['Topic 4', 'Topic 3']);
  // A text that is too long by itself is still told of.
  await long(FEEDS.bytes + 5);
  expect(await titles('/feed.json')).toEqual(['Topic 1']);
  expect(await titles('/top/feed.json')).toEqual(['Topic 4']);
});

test('an edit of the text or the title is an update, of the feed too', async ({ make, as, db }) => {
  const edited = await make.topic({ postedAt: new Date('2026-04-02T00:00:00.000Z') });
  const retitled = await make.topic({ postedAt: new Date('2026-04-01T00:00:00.000Z') });
  const editedAt = new Date('2026-04-02T10:00:00.000Z');
  const titleEditedAt = new Date('2026-04-01T00:20:00.000Z');
  await db.update(posts).set({ editedAt }).where(eq(posts.id, edited.openingPostId));
  await db.update(topics).set({ titleEditedAt }).where(eq(topics.id, retitled.id));
  const browser = as.visitor();
  const feed = await atomFeed(browser);
  expect(feed.children('entry').map((entry) => entry.child('updated').text)).toEqual([
    editedAt.toISOString(),
    titleEditedAt.toISOString(),
  ]);
  expect(feed.child('updated').text).toBe(editedAt.toISOString());
  expect((await browser.get('/feed.json')).headers['last-modified']).toBe('Thu, 02 Apr 2026 10:00:00 GMT');
});

test('a source that is added later is an update, and so is one that is taken away', async ({
  make,
  as,
  clock,
  db,
}) => {
  const topic = await make.topic({ source: 'https://example.org/news' });
  const browser = as.visitor();
  const changed = async () => (await readJson(browser)).items[0]?.date_modified;
  expect(await changed()).toBe(topic.postedAt.toISOString());
  const member = await as.member();
  await member.post(`/t/${topic.id}/sources`, { url: 'https://grid.example/1', role: 'analysis' });
  expect(await changed()).toBe(clock.now().toISOString());
  clock.advance({ hours: 1 });
  const [, added] = await db.select({ id: sources.id }).from(sources).orderBy(sources.id);
  await member.post(`/t/${topic.id}/sources/${added!.id}`, { do: 'remove' });
  expect((await readJson(browser)).items[0]?.content_html).not.toContain('grid.example');
  expect(await changed()).toBe(clock.now().toISOString());
});

test('links to the site and within the page lead there from anywhere', async ({ make, as, db }) => {
  const topic = await make.topic();
  const bodyHtml =
    '<p dir="auto"><a class="mention" href="/u/kevin_h">@kevin_h</a> <a id="x" href="#n-fn-1" title="a href=&quot;/x">1</a> ' +
    '<a href="https://example.org/" rel="ugc nofollow noopener">out</a> <code>a href="/kept"</code></p>';
  await db
    .update(posts)
    .set({ bodyHtml: bodyHtml as SafeHtml })
    .where(eq(posts.id, topic.openingPostId));
  const [item] = (await readJson(as.visitor())).items;
  expect(item?.content_html).toContain(`href="${SITE}/u/kevin_h"`);
  expect(item?.content_html).toContain(
    `href="${SITE}/t/${topic.id}/${topic.slug}#n-fn-1" title="a href=&quot;/x"`,
  );
  expect(item?.content_html).toContain('<a href="https://example.org/" rel=');
  expect(item?.content_html).toContain('<code>a href="/kept"</code>');
});

test('a former member is named as such, and a removed source is left out', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://example.org/gone' });
  await db.update(topics).set({ authorId: null }).where(eq(topics.id, topic.id));
  await db.update(sources).set({ state: 'removed' }).where(eq(sources.topicId, topic.id));
  const browser = as.visitor();
  const [item] = (await readJson(browser)).items;
  expect(item?.authors).toEqual([{ name: 'a former member' }]);
  expect(item?.content_html).not.toContain('example.org');
  expect(item).not.toHaveProperty('external_url');
  const author = (await atomFeed(browser)).child('entry').child('author');
  expect(author.children().map(({ name }) => name)).toEqual(['name']);
});

test('a reader that has the feed is told so in one line, until something changes', async ({ make, as }) => {
  const topic = await make.topic();
  await make.topic();
  const browser = as.visitor();
  for (const [path, type] of [
    ['/feed.atom', 'application/atom+xml; charset=utf-8'],
    ['/feed.json', 'application/feed+json; charset=utf-8'],
  ] as const) {
    const { status, headers } = await browser.get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe('public, no-cache');
    expect(headers['set-cookie']).toBeUndefined();
    const again = {
      'if-none-match': String(headers.etag),
      'if-modified-since': String(headers['last-modified']),
    };
    expect((await browser.get(path, again)).status).toBe(304);
  }
  const { headers } = await browser.get('/feed.atom');
  await make.hide({ topic: topic.id });
  const again = {
    'if-none-match': String(headers.etag),
    'if-modified-since': String(headers['last-modified']),
  };
  // Nothing that remains is newer: only the whole text tells.
  expect((await browser.get('/feed.atom', again)).status).toBe(200);
});

test('an empty forum has a feed too', async ({ as }) => {
  const browser = as.visitor();
  expect((await atomFeed(browser)).child('updated').text).toBe('2026-01-01T00:00:00.000Z');
  expect((await readJson(browser)).items).toEqual([]);
});

for (const viewer of ['visitor', 'member', 'moderator'] as const) {
  test(`what is hidden, held or withdrawn is in no feed for a ${viewer}`, async ({ make, as, clock }) => {
    const now = clock.now();
    await make.topic({ title: 'Visible' });
    const hidden = await make.topic({ title: 'Secret one', body: 'Secret' });
    await make.hide({ topic: hidden.id });
    await make.topic({ title: 'Secret two', body: 'Secret', heldAt: now });
    await make.topic({ title: 'Secret three', body: 'Secret', withdrawnAt: now });
    const opening = await make.topic({ title: 'Secret four', body: 'Secret' });
    await make.hide({ post: opening.openingPostId });
    const browser = await as[viewer]();
    for (const path of ['/feed.atom', '/feed.json', '/s/funding/feed.atom', '/s/funding/feed.json']) {
      const { text } = await browser.get(path);
      expect(text).toContain('Visible');
      expect(text).not.toMatch(/secret/i);
    }
  });
}
