// What crawlers are told: robots.txt and the sitemap.
import { tags, topicTags } from '../../../src/db/schema/index.ts';
import type { TagId, TopicId } from '../../../src/domain/ids.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { parseXml } from './xml.ts';

const NONE = 0 as TagId;
const SITE = 'http://localhost:3000';

async function readMap(browser: Browser, path: string) {
  const { text, headers } = await browser.get(path);
  expect(headers['content-type']).toBe('application/xml; charset=utf-8');
  const root = parseXml(text);
  expect(root.attributes.xmlns).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  return {
    kind: root.name,
    entries: root.children().map((node) => node.children().map(({ text }) => text)),
  };
}

test('a sitemap lists the discussions with their last activity', async ({ make, as, clock }) => {
  const topic = await make.topic({ id: 4_999 as TopicId, title: 'Ünïcode & more' });
  const quiet = await make.topic({ id: 5_000 as TopicId, title: 'Quiet', postedAt: clock.ago({ days: 2 }) });
  await make.reply({ topic, postedAt: clock.ago({ minutes: 5 }) });
  expect(await readMap(as.visitor(), '/sitemap-1.xml')).toEqual({
    kind: 'urlset',
    entries: [
      [`${SITE}/t/4999/${topic.slug}`, '2026-04-03T14:25:00.000Z'],
      [`${SITE}/t/5000/${quiet.slug}`, '2026-04-01T14:30:00.000Z'],
    ],
  });
});

test('it names sections and tags of two topics that everybody reads, with the newest of them', async ({
  make,
  as,
  db,
  clock,
}) => {
  const days = (n: number) => clock.ago({ days: n });
  const shown = [
    await make.topic({ section: 'funding', postedAt: days(4) }),
    await make.topic({ section: 'funding', postedAt: days(3) }),
  ];
  const thin = await make.topic({ section: 'regions', postedAt: days(2) });
  const gone = await make.topic({ section: 'regions', postedAt: days(1), hiddenAt: days(1) });
  const [two, one] = await db
    .insert(tags)
    .values([
      { slug: 'nvidia', name: 'Nvidia', kind: 'company' },
      { slug: 'thin', name: 'Thin', kind: 'company' },
    ])
    .returning();
  await db
    .insert(topicTags)
    .values([
      ...shown.map(({ id }) => ({ topicId: id, tagId: two?.id ?? NONE, position: 0 })),
      ...[thin, gone].map(({ id }) => ({ topicId: id, tagId: one?.id ?? NONE, position: 0 })),
    ]);
  const { entries } = await readMap(as.visitor(), '/sitemap-pages.xml');
  expect(entries).toContainEqual([`${SITE}/`]);
  expect(entries.filter(([place = '']) => /\/(?:s|tag)\//.test(place))).toEqual([
    [`${SITE}/s/funding`, days(3).toISOString()],
    [`${SITE}/tag/nvidia`, days(3).toISOString()],
  ]);
});

test('every page that a sitemap names is there to be indexed', async ({ make, as, app }) => {
  for (const id of [1, 2]) await make.topic({ id: id as TopicId, section: 'funding', body: `Body ${id}` });
  const browser = as.visitor();
  const places = (await readMap(browser, '/sitemap.xml')).entries.map(([place = '']) => place);
  expect(places).toEqual([`${SITE}/sitemap-pages.xml`, `${SITE}/sitemap-1.xml`]);
  for (const part of places) {
    for (const [place = ''] of (await readMap(browser, part.slice(SITE.length))).entries) {
      const { status, document } = await browser.visit(place.slice(SITE.length));
      expect([status, document.querySelector('meta[name=robots]')?.outerHTML], place).toEqual([
        200,
        undefined,
      ]);
      expect(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
        app.config.siteUrl + place.slice(SITE.length),
      );
    }
  }
});

test('more topics than fit become an index of parts, each a range of ids', async ({ make, as, clock }) => {
  for (const id of [1, 5_000, 5_001, 25_000]) {
    await make.topic({ id: id as TopicId, title: `Story ${id}`, postedAt: clock.ago({ minutes: id }) });
  }
  const browser = as.visitor();
  expect(await readMap(browser, '/sitemap.xml')).toEqual({
    kind: 'sitemapindex',
    entries: [
      [`${SITE}/sitemap-pages.xml`],
      [`${SITE}/sitemap-1.xml`, clock.ago({ minutes: 1 }).toISOString()],
      [`${SITE}/sitemap-2.xml`, clock.ago({ minutes: 5_001 }).toISOString()],
      [`${SITE}/sitemap-5.xml`, clock.ago({ minutes: 25_000 }).toISOString()],
    ],
  });
  const places = async (path: string) => (await readMap(browser, path)).entries.map(([place]) => place);
  expect(await places('/sitemap-1.xml')).toEqual([`${SITE}/t/1/story-1`, `${SITE}/t/5000/story-5000`]);
  expect(await places('/sitemap-2.xml')).toEqual([`${SITE}/t/5001/story-5001`]);
  for (const path of [
    '/sitemap-3.xml',
    '/sitemap-0.xml',
    '/sitemap-x.xml',
    '/sitemap-999999999.xml',
    '/sitemap-9999999999.xml',
  ]) {
    expect((await browser.get(path)).status).toBe(404);
  }
});

for (const viewer of ['visitor', 'member', 'moderator'] as const) {
  test(`what is hidden, held or withdrawn is in no sitemap for a ${viewer}`, async ({ make, as, clock }) => {
    const now = clock.now();
    const visible = await make.topic({ id: 1 as TopicId, title: 'Visible' });
    await make.reply({ topic: visible, body: 'Secret', postedAt: now, heldAt: now });
    const hidden = await make.topic({ id: 5_001 as TopicId, title: 'Secret one' });
    await make.hide({ topic: hidden.id });
    await make.topic({ id: 2 as TopicId, title: 'Secret two', heldAt: now });
    await make.topic({ id: 3 as TopicId, title: 'Secret three', withdrawnAt: now });
    const browser = await as[viewer]();
    // A part of nothing but hidden topics is no part.
    const when = visible.postedAt.toISOString();
    expect((await readMap(browser, '/sitemap.xml')).entries).toEqual([
      [`${SITE}/sitemap-pages.xml`],
      [`${SITE}/sitemap-1.xml`, when],
    ]);
    expect((await readMap(browser, '/sitemap-1.xml')).entries).toEqual([[`${SITE}/t/1/visible`, when]]);
    expect((await browser.get('/sitemap-2.xml')).status).toBe(404);
  });
}

test('an empty forum has its own pages in the sitemap', async ({ as }) => {
  const browser = as.visitor();
  expect((await readMap(browser, '/sitemap.xml')).entries).toEqual([[`${SITE}/sitemap-pages.xml`]]);
  const { entries } = await readMap(browser, '/sitemap-pages.xml');
  expect(entries.filter((entry) => entry.length > 1)).toEqual([]);
});

test('crawlers leave personal and costly pages alone, and find the sitemap', async ({ forum, make }) => {
  // Until there is an admin, everything leads to the setup.
  await make.member({ role: 'admin' });
  const app = await forum.build({ config: { production: true, siteUrl: 'https://forum.example' } });
  try {
    const { body, headers } = await app.inject('/robots.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = body.split('\n');
    expect(lines[0]).toBe('User-agent: *');
    for (const path of [
      '/search',
      '/preview',
      '/submit',
      '/settings',
      '/inbox',
      '/moderation',
      '/admin',
      '/p/*/',
      '/sign-in',
      '/feeds/own/*',
    ]) {
      expect(lines).toContain(`Disallow: ${path}`);
    }
    expect(lines).toContain('Allow: /moderation/log');
    expect(lines).toContain('Sitemap: https://forum.example/sitemap.xml');
    expect(lines).not.toContain('Disallow: /');
  } finally {
    await app.close();
  }
});

test('a forum under development is nobody else’s to find', async ({ as }) => {
  expect((await as.visitor().get('/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n');
});
