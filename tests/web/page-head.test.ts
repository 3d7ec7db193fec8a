// What pages say of themselves in their heads: whether they may be found, under which address, and how a link to them looks.
import { eq } from 'drizzle-orm';
import { images, sources } from '../../src/db/schema/index.ts';
import { paths } from '../../src/web/paths.ts';
import type { Browser } from '../support/browser.ts';
import { expect, test } from '../support/forum.ts';

const SITE = 'http://localhost:3000';
const AT = new Date('2026-04-03T13:00:00Z');

async function headOf(browser: Browser, path: string) {
  const { document, status } = await browser.visit(path);
  const meta = (key: string) =>
    document.querySelector(`meta[name="${key}"], meta[property="${key}"]`)?.getAttribute('content') ?? '';
  const link = (rel: string) => document.querySelector(`link[rel="${rel}"]`)?.getAttribute('href') ?? '';
  return { status, document, meta, link, title: document.title };
}

test('thin lists and other orders of a list are kept from search engines, and what they hold is not', async ({
  make,
  as,
}) => {
  const source = 'https://paper.example/';
  const author = await make.member({ name: 'writer' });
  await make.member({ name: 'silent' });
  const topic = await make.topic({ author, section: 'funding', source: `${source}1` });
  await make.topic({ section: 'funding', source: `${source}2` });
  await make.topic({ section: 'regions', source: 'https://once.example/1' });
  const browser = as.visitor();
  const found = {
    '/': true,
    '/new': true,
    '/top': true,
    '/tags': true,
    '/u/writer': true,
    '/u/silent': false,
  };
  const cases = {
    ...found,
    ...{
      '/s/funding': true,
      '/s/regions': false,
      '/s/tooling-enterprise': false,
      '/s/funding?sort=new': false,
    },
    ...{ '/site/paper.example': true, '/site/once.example': false, '/?age=day': false, '/search?q=a': false },
    ...{ '/sign-in': false, '/weeks': true, '/rules': true, '/moderation/log': true },
    [paths.topic(topic)]: true,
    [paths.topicChanges(topic.id)]: false,
  };
  const seen: Record<string, boolean> = {};
  for (const path of Object.keys(cases)) {
    const { status, meta, link, title } = await headOf(browser, path);
    expect(status, path).toBe(200);
    seen[path] = meta('robots') === '';
    // Whatever may be found says what it is, and under which one address.
    if (!seen[path]) continue;
    expect(
      [title, meta('description'), meta('og:title')].map((text) => text.length > 2),
      path,
    ).toEqual([true, true, true]);
    expect(link('canonical'), path).toBe(SITE + path);
    expect(meta('og:url'), path).toBe(SITE + path);
  }
  expect(seen).toEqual(cases);
});

test('titles and descriptions of pages that may be found differ', async ({ make, as }) => {
  await make.topic({ section: 'funding' });
  await make.topic({ section: 'funding', body: 'Another body' });
  const browser = as.visitor();
  const pages = ['/', '/new', '/active', '/top', '/s/funding', '/tags', '/weeks', '/rules', '/about'];
  const heads = await Promise.all(
    [...pages, '/privacy', '/moderation/log'].map(async (path) => headOf(browser, path)),
  );
  expect(new Set(heads.map(({ title }) => title)).size).toBe(heads.length);
  expect(new Set(heads.map(({ meta }) => meta('description'))).size).toBe(heads.length);
});

test('a link to a topic shows its article’s picture; without one, and elsewhere, the forum’s icon', async ({
  make,
  as,
  db,
  app,
}) => {
  const topic = await make.topic({ title: 'Seen', source: 'https://paper.example/1' });
  const browser = as.visitor();
  const plain = await headOf(browser, paths.topic(topic));
  const { large } = app.site.current().icon;
  expect([plain.meta('og:image'), plain.meta('twitter:card')]).toEqual([SITE + large.href, 'summary']);
  const picture = { hash: 'b'.repeat(64), bytes: Buffer.from('x'), width: 640, height: 360, madeAt: AT };
  const [image] = await db.insert(images).values(picture).returning();
  await db.update(sources).set({ imageId: image?.id, title: 'What it shows' });
  const { meta } = await headOf(browser, paths.topic(topic));
  expect(meta('og:type')).toBe('article');
  expect(meta('og:image')).toBe(SITE + paths.image('b'.repeat(64)));
  expect([meta('og:image:width'), meta('og:image:height'), meta('og:image:alt')]).toEqual([
    ...['640', '360'],
    'What it shows',
  ]);
  expect([meta('twitter:card'), meta('article:section')]).toEqual(['summary_large_image', 'Funding']);
  expect(meta('article:published_time')).toBe(topic.postedAt.toISOString());
  // Hidden: neither the picture nor anything else of it.
  await make.hide({ topic: topic.id });
  const gone = await headOf(browser, paths.topic(topic));
  expect([gone.status, gone.meta('og:image'), gone.meta('og:title')]).toEqual([410, '', '']);
});

test('what is not there is 404, and what is gone is 410, neither to be found', async ({ make, as }) => {
  const hidden = await make.topic({ hiddenAt: AT });
  const withdrawn = await make.topic({ withdrawnAt: AT });
  const held = await make.topic({ heldAt: AT });
  const cases: Record<string, number> = {
    '/t/999999/none': 404,
    '/nowhere': 404,
    '/u/nobody': 404,
    '/tag/none': 404,
    '/s/none': 404,
    '/site/none.example': 404,
    '/week/2020-W01': 404,
    '/p/999999': 404,
    [paths.topic(held)]: 404,
    [paths.topic(hidden)]: 410,
    [paths.topic(withdrawn)]: 410,
  };
  for (const [path, status] of Object.entries(cases)) {
    const head = await headOf(as.visitor(), path);
    expect([head.status, head.meta('robots')], path).toEqual([status, 'noindex']);
    expect(head.document.querySelector('script[type="application/ld+json"]'), path).toBeNull();
  }
});

test('browsers are told the colour of the page in the theme that is chosen', async ({ make, as }) => {
  const colours = async (browser: Browser) => {
    const { document } = await browser.visit('/');
    return [...document.querySelectorAll('meta[name="theme-color"]')].map((meta) => [
      meta.getAttribute('content'),
      meta.getAttribute('media'),
    ]);
  };
  expect(await colours(as.visitor())).toEqual([
    ['#ffffff', '(prefers-color-scheme: light)'],
    ['#121617', '(prefers-color-scheme: dark)'],
  ]);
  expect(await colours(await as.member(await make.member({ theme: 'dark' })))).toEqual([['#121617', null]]);
});

test('the first picture of a topic is the one that its page shows', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://paper.example/1' });
  const picture = { hash: 'c'.repeat(64), bytes: Buffer.from('x'), width: 320, height: 200, madeAt: AT };
  const [image] = await db.insert(images).values(picture).returning();
  await db.update(sources).set({ imageId: image?.id }).where(eq(sources.topicId, topic.id));
  const { document, meta } = await headOf(as.visitor(), paths.topic(topic));
  expect(meta('og:image').slice(SITE.length)).toBe(document.querySelector('main img')?.getAttribute('src'));
  expect(meta('twitter:card')).toBe('summary');
});
