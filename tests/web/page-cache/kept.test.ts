// Visitors' pages are kept and sent again: as they were made, with what every answer has, for as long as they are right.
import { eq } from 'drizzle-orm';
import { posts, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { expect, test } from '../../support/forum.ts';
import { type Answer, ask, isKept, untilKept } from './asking.ts';

test('a page is made once, and sent again byte for byte with the same headers', async ({ app, make }) => {
  const topic = await make.topic();
  for (const path of ['/', paths.topic(topic), '/feed.atom', '/sitemap-pages.xml', '/moderation/log']) {
    const made = await ask(app, path);
    const kept = await untilKept(app, path);
    const compare = ({ status, body, headers }: Answer) => {
      const { date, 'server-timing': timing, 'ratelimit-remaining': left, ...same } = headers;
      void [date, timing, left];
      return { status, body: body.toString('base64'), same };
    };
    expect(compare(kept), path).toEqual(compare(made));
    expect(kept.headers['content-security-policy']).toContain("default-src 'none'");
    expect(kept.headers['ratelimit-limit']).toBe('100000');
  }
});

test('what is no page for everybody is not kept', async ({ app, make }) => {
  const topic = await make.topic();
  await untilKept(app, '/');
  for (const path of [
    '/search?q=a',
    '/sign-in',
    '/healthz',
    '/robots.txt',
    '/nothing-here',
    paths.post(topic.openingPostId),
  ])
    for (let n = 0; n < 3; n += 1) expect([path, isKept(await ask(app, path))]).toEqual([path, false]);
  expect(isKept(await ask(app, '/', { accept: 'application/json' }))).toBe(false);
});

test('of many who ask at once for a page that is not there, one has it made', async ({
  app,
  make,
  forum,
}) => {
  const path = paths.topic(await make.topic());
  await untilKept(app, '/');
  forum.lines.length = 0;
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask(app, path)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter((answer) => !isKept(answer))).toHaveLength(1);
});

test('those who wait for a page that cannot be kept are answered, too', async ({ app }) => {
  await untilKept(app, '/');
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(app, '/t/999999/none')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
});

test('kept pages and others are of one budget, and who has spent it is told so', async ({ forum }) => {
  const app = await forum.build({ budgets: { ...BUDGETS, read: { max: 500, seconds: 60 } } });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { headers } = await untilKept(app, '/');
  const left = Number(headers['ratelimit-remaining']);
  const made = await ask(app, '/tags');
  expect(Number(made.headers['ratelimit-remaining'])).toBe(left - 1);
  for (let n = left - 2; n >= 0; n -= 1)
    expect(Number((await ask(app, '/')).headers['ratelimit-remaining'])).toBe(n);
  const refused = await ask(app, '/');
  expect([refused.status, refused.headers['ratelimit-remaining']]).toEqual([429, '0']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  await app.close();
});

test('behind a proxy kept pages and others are of the budget of whoever it names', async ({ forum }) => {
  const app = await forum.build({
    config: { trustProxy: ['127.0.0.1'] },
    budgets: { ...BUDGETS, read: { max: 50, seconds: 60 } },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const left = async (path: string, from: string) =>
    Number((await ask(app, path, { 'x-forwarded-for': from })).headers['ratelimit-remaining']);
  await untilKept(app, '/');
  for (const [from, network] of [
    // Somebody who makes up whom they are from stands before the proxy's own word.
    ['198.51.100.1, 192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2::1', '2001:db8:1:2::ffff'],
  ] as const) {
    expect([await left('/', from), await left('/new', from), await left('/', network)]).toEqual([49, 48, 47]);
  }
  await app.close();
});

test('each line of the log is as that of a page that is made', async ({ app, forum }) => {
  await untilKept(app, '/');
  forum.lines.length = 0;
  await ask(app, '/?utm=secret');
  await untilKept(app, '/?utm=secret');
  const lines = forum.lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'answered');
  const kept = lines.at(-1)!;
  // There is one line of it, so that no number has to tie several together.
  expect(Object.keys(kept)).toEqual(Object.keys(lines[0]!).filter((name) => name !== 'reqId'));
  expect(kept).toMatchObject({ method: 'GET', path: '/', status: 200, queries: 0 });
});

test('a page is kept for a minute, and not past midnight', async ({ app, clock }) => {
  const kept = async () => isKept(await ask(app, '/'));
  clock.set('2026-04-03T12:00:00.000Z');
  await untilKept(app, '/');
  clock.advance({ seconds: 59 });
  expect(await kept()).toBe(true);
  clock.advance({ seconds: 1 });
  expect(await kept()).toBe(false);
  clock.set('2026-04-03T23:59:30.000Z');
  await untilKept(app, '/');
  clock.set('2026-04-04T00:00:00.000Z');
  expect(await kept()).toBe(false);
  // A clock that was set back makes nothing last.
  await untilKept(app, '/');
  clock.set('2026-04-03T12:00:00.000Z');
  expect(await kept()).toBe(false);
});

test('a page is kept no longer than time leaves it right', async ({ app, clock, db, make }) => {
  const topic = await make.topic();
  const path = paths.topic(topic);
  const lasts = async (what: string, address: string, seconds: number) => {
    await untilKept(app, address);
    clock.advance({ seconds: seconds - 1 });
    const before = isKept(await ask(app, address));
    clock.advance({ seconds: 2 });
    expect([what, before, isKept(await ask(app, address))]).toEqual([what, true, false]);
  };
  const ahead = (seconds: number, span = 0) => new Date(clock.now().getTime() + seconds * 1_000 - span);
  const DAY = 86_400_000;
  await db
    .update(topics)
    .set({ pinnedUntil: ahead(20) })
    .where(eq(topics.id, topic.id));
  await lasts('a pin', path, 20);
  const posted = async (postedAt: Date) => {
    await db.update(topics).set({ postedAt }).where(eq(topics.id, topic.id));
    await db.update(posts).set({ postedAt }).where(eq(posts.id, topic.openingPostId));
  };
  await posted(ahead(30, 90 * DAY));
  await lasts('taking replies', path, 30);
  await posted(ahead(10, DAY));
  await lasts('standing among those of the day', '/top?t=day', 10);
});

test('no page shows settings from before they were changed', async ({ app, as }) => {
  await untilKept(app, '/about');
  const admin = await as.admin();
  const page = await admin.visit(paths.admin());
  await page.press('Save', { name: 'Renamed forum' });
  const made = await ask(app, '/about', { 'accept-encoding': 'identity' });
  expect(made.body.toString()).toContain('Renamed forum');
  const kept = await untilKept(app, '/about', { 'accept-encoding': 'identity' });
  expect(kept.body.toString()).toContain('Renamed forum');
});

test('it can be switched off, and a CDN be allowed some seconds', async ({ forum }) => {
  const off = await forum.build({ config: { pageCache: false } });
  const shared = await forum.build({ config: { pageCacheSharedSeconds: 5 } });
  for (const each of [off, shared]) await each.listen({ port: 0, host: '127.0.0.1' });
  for (let n = 0; n < 3; n += 1) {
    const { headers } = await ask(off, '/');
    expect([headers['server-timing'] !== undefined, headers['cache-control']]).toEqual([
      true,
      'public, no-cache',
    ]);
  }
  const { headers } = await untilKept(shared, '/');
  expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate, s-maxage=5');
  for (const each of [off, shared]) await each.close();
});
