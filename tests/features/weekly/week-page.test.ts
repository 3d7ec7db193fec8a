// The page of a week and the list of weeks, for everybody: what stands there is what is visible now.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { topics } from '../../../src/db/schema/index.ts';
import { closeWeek } from '../../../src/features/weekly/jobs.ts';
import { parseXml } from '../feeds/xml.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';

const W13 = (day: number) => new Date(Date.UTC(2026, 2, 22 + day, 12));

async function closedWeek(db: Database, make: Make, now: Date) {
  const author = await make.member({ name: 'anna' });
  const [power, lab, talk] = [
    await make.topic({
      ...{ author, title: 'Grids & power', source: 'https://grid.example/a', section: 'infrastructure' },
      ...{ postedAt: W13(2), score: 12 },
    }),
    await make.topic({ author, title: 'A lab is founded', postedAt: W13(3), score: 30 }),
    await make.topic({ author, title: 'Who pays?', postedAt: W13(4), score: 3 }),
  ];
  await make.reply({ topic: talk, postedAt: W13(5) });
  await make.reply({ topic: talk, postedAt: W13(6), hiddenAt: W13(7) });
  await make.reply({ topic: talk, postedAt: W13(9) });
  await closeWeek(db, {}, now);
  return { author, power, lab, talk };
}

test('its topics by section, with site, author, votes and replies, and its figures', async ({
  db,
  make,
  as,
  clock,
}) => {
  const { lab } = await closedWeek(db, make, clock.now());
  const page = await as.visitor().visit('/week/2026-W13');
  expect(page.status).toBe(200);
  expect(
    [...page.document.querySelectorAll('main h1, main h2')].map(({ textContent }) => textContent.trim()),
  ).toEqual([
    'The week of 23 to 29 March 2026',
    'Funding',
    'A lab is founded',
    'Who pays?',
    'Infrastructure',
    'Grids & power grid.example',
    'The week by mail',
    'About this page',
  ]);
  expect(page.main).toContain('3 topics');
  expect(page.main).toContain('1 reply');
  expect(page.main).toContain('2 members wrote');
  expect(page.main).toMatch(/anna/);
  const meta = (property: string) =>
    page.document.querySelector(`meta[property="${property}"]`)?.getAttribute('content');
  expect(meta('og:title')).toContain('The week of 23 to 29 March 2026');
  expect(meta('og:type')).toBe('article');
  expect(page.document.querySelector('link[rel=canonical]')?.getAttribute('href')).toMatch(
    /\/week\/2026-W13$/,
  );
  expect((await as.visitor().visit('/')).html).toContain('<a href="/weeks">The week</a>');

  // Everyone reads it as it stands now.
  await db.update(topics).set({ hiddenAt: clock.now() }).where(eq(topics.id, lab.id));
  const later = await as.visitor().visit('/week/2026-W13');
  expect(later.html).not.toContain('A lab is founded');
  expect(later.main).toContain('2 topics');
});

test('what was merged leads to what it was merged into, which stands there once', async ({
  db,
  make,
  as,
  clock,
}) => {
  const { power, lab, talk } = await closedWeek(db, make, clock.now());
  const target = await make.topic({ title: 'All about grids', postedAt: W13(8), section: 'regions' });
  await db.update(topics).set({ mergedIntoId: target.id }).where(eq(topics.id, power.id));
  await db.update(topics).set({ mergedIntoId: talk.id }).where(eq(topics.id, lab.id));
  const { document } = await as.visitor().visit('/week/2026-W13');
  expect([...document.querySelectorAll('.row-title')].map(({ textContent }) => textContent.trim())).toEqual([
    'Who pays?',
    'All about grids',
  ]);
});

test('names that are none, weeks to come and weeks before the first say what they are', async ({
  db,
  make,
  as,
  clock,
}) => {
  await closedWeek(db, make, clock.now());
  const browser = as.visitor();
  const answers: readonly [string, number, string][] = [
    ['/week/2026-47', 404, '2026-W47'],
    ['/week/2027-W53', 404, 'no such week'],
    ['/week/2026-W14', 404, 'will be here on 6 April 2026'],
    ['/week/2026-W30', 404, 'will be here on 27 July 2026'],
    ['/week/2020-W01', 404, 'no page of this week'],
    ['/week/2026-w13', 301, ''],
  ];
  for (const [path, status, text] of answers) {
    const answer = await browser.get(path);
    expect([path, answer.status], path).toEqual([path, status]);
    expect(answer.text).toContain(text);
  }
  clock.set('2026-04-06T00:00:30.000Z');
  expect((await browser.get('/week/2026-W14')).text).toContain('within the hour');
});

test('the weeks are listed, newest first, with the topics that lead them, and lead to each other', async ({
  db,
  make,
  as,
  clock,
}) => {
  expect((await as.visitor().visit('/weeks')).main).toContain(
    'The first one will stand here on 6 April 2026',
  );
  for (let week = 0; week < 40; week += 1)
    await make.topic({ title: `Topic ${week}`, postedAt: clock.ago({ days: 7 * (week + 1) }), score: 1 });
  await closeWeek(db, {}, clock.now());
  const first = await as.visitor().visit('/weeks');
  const weeksOf = (page: typeof first) =>
    [...page.document.querySelectorAll('.items h2')].map(({ textContent }) => textContent);
  expect(weeksOf(first)).toHaveLength(30);
  expect(weeksOf(first)[0]).toBe('23 to 29 March 2026');
  expect(first.main).toContain('Topic 0');
  const second = await first.follow('Earlier weeks');
  expect(weeksOf(second)).toHaveLength(10);
  expect(new Set([...weeksOf(first), ...weeksOf(second)]).size).toBe(40);
  expect((await as.visitor().get('/weeks?before=2026')).status).toBe(400);

  const newest = await first.follow('23 to 29 March 2026');
  const before = await newest.follow('Week 2026-W12');
  expect(before.main).toContain('The week of 16 to 22 March 2026');
  expect((await before.follow('Week 2026-W13')).url).toBe(newest.url);
});

test('members are spared what they mute', async ({ db, make, as, clock }) => {
  await closedWeek(db, make, clock.now());
  const browser = await as.member();
  await browser.post('/site/grid.example/follow', { level: 'nothing' });
  for (const path of ['/weeks', '/week/2026-W13'])
    expect((await browser.visit(path)).html, path).not.toContain('Grids');
  expect((await as.visitor().visit('/week/2026-W13')).html).toContain('Grids');
});

test('feeds have an entry for each week, and the sitemap its page', async ({ db, make, as, clock }) => {
  const { lab } = await closedWeek(db, make, clock.now());
  const browser = as.visitor();
  const feed = parseXml((await browser.get('/weeks/feed.atom')).text);
  const entry = feed.child('entry');
  expect(entry.child('title').text).toBe('The week of 23 to 29 March 2026');
  expect(entry.child('id').text).toBe('tag:localhost,2026:week/2026-W13');
  expect(entry.child('content').text).toContain('Grids &amp; power</a></li>');
  expect(entry.child('updated').text).toBe(clock.now().toISOString());
  const { items } = JSON.parse((await browser.get('/weeks/feed.json')).text) as { items: { url: string }[] };
  expect(items.map(({ url }) => url)).toEqual(['http://localhost:3000/week/2026-W13']);
  expect((await browser.get('/sitemap.xml')).text).toContain('http://localhost:3000/sitemap-weeks.xml');
  expect((await browser.get('/sitemap-weeks.xml')).text).toContain('http://localhost:3000/week/2026-W13');

  clock.advance({ hours: 1 });
  await (await as.moderator()).post(`/p/${lab.openingPostId}/hide`, { reason: 'Off the subject' });
  const changed = parseXml((await browser.get('/weeks/feed.atom')).text);
  expect(changed.child('entry').child('updated').text).toBe(clock.now().toISOString());
  for (const path of ['/weeks/feed.atom', '/weeks/feed.json', '/weeks'])
    expect((await browser.get(path)).text, path).not.toContain('A lab is founded');
});
