// What crawlers are told: robots.txt and the sitemap.
import type { TopicId } from '../../../src/domain/ids.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { parseXml } from './xml.ts';

const SITE = 'http://localhost:3000';

async function readMap(browser: Browser, path: string) {
  const { text, headers } = await browser.get(path);
  expect(headers['content-type']).toBe('application/xml; charset=utf-8');
  const root = parseXml(text);
  expect(root.attributes.xmlns).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  return {
    kind: root.name,
    entries: root.children().map((node) => [node.child('loc').text, node.child('lastmod').text]),
  };
}

test('a sitemap lists the discussions with their last activity', async ({ make, as, clock }) => {
  const topic = await make.topic({ id: 4_999 as TopicId, title: 'Ünïcode & more' });
  const quiet = await make.topic({ id: 5_000 as TopicId, title: 'Quiet', postedAt: clock.ago({ days: 2 }) });
  await make.reply({ topic, postedAt: clock.ago({ minutes: 5 }) });
  expect(await readMap(as.visitor(), '/sitemap.xml')).toEqual({
    kind: 'urlset',
    entries: [
      [`${SITE}/t/4999/${topic.slug}`, '2026-04-03T14:25:00.000Z'],
      [`${SITE}/t/5000/${quiet.slug}`, '2026-04-01T14:30:00.000Z'],
    ],
  });
});

test('more topics than fit become an index of parts, each a range of ids', async ({ make, as, clock }) => {
  for (const id of [1, 5_000, 5_001, 25_000]) {
    await make.topic({ id: id as TopicId, title: `Story ${id}`, postedAt: clock.ago({ minutes: id }) });
  }
  const browser = as.visitor();
  expect(await readMap(browser, '/sitemap.xml')).toEqual({
    kind: 'sitemapindex',
    entries: [
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
    expect(await readMap(browser, '/sitemap.xml')).toEqual({
      kind: 'urlset',
      entries: [[`${SITE}/t/1/visible`, visible.postedAt.toISOString()]],
    });
    expect((await browser.get('/sitemap-2.xml')).status).toBe(404);
  });
}

test('an empty forum has an empty sitemap', async ({ as }) => {
  expect(await readMap(as.visitor(), '/sitemap.xml')).toEqual({ kind: 'urlset', entries: [] });
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
