// Lists narrowed by tag and age, and as long as their reader wants: by links and a form, on every list, page after page.
import type { Database } from '../../../src/db/connection.ts';
import { tags, topicTags } from '../../../src/db/schema/index.ts';
import type { TopicId } from '../../../src/domain/ids.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import type { TestClock } from '../../support/clock.ts';

const titlesOn = ({ document }: Page) =>
  [...document.querySelectorAll('.row-title > a:first-of-type')]
    .map((link) => link.textContent.trim())
    .toSorted();
const robotsOf = ({ document }: Page) =>
  document.querySelector('meta[name=robots]')?.getAttribute('content') ?? '';

async function tagged(db: Database, names: readonly string[], aliases: readonly string[] = []) {
  const rows = await db
    .insert(tags)
    .values(names.map((slug) => ({ slug, name: slug, aliases: [...aliases] })))
    .returning();
  return (topic: { readonly id: TopicId }, ...of: string[]) =>
    db.insert(topicTags).values(
      of.map((slug, position) => ({
        topicId: topic.id,
        tagId: rows.find((row) => row.slug === slug)!.id,
        position,
      })),
    );
}

/** Four topics on one site, with tags and ages. */
async function setScene(make: Make, db: Database, clock: TestClock) {
  const tag = await tagged(db, ['chips', 'europe']);
  const author = await make.member({ name: 'author' });
  const topic = (title: string, days: number) =>
    make.topic({
      author,
      title,
      source: `https://a.example/${title}`,
      postedAt: clock.ago({ days, hours: 1 }),
    });
  await tag(await topic('Both', 0), 'chips', 'europe');
  await tag(await topic('Chips alone', 3), 'chips');
  await tag(await topic('Europe alone', 20), 'europe');
  await topic('Neither of them', 200);
}

test.for([
  ['?tag=chips', ['Both', 'Chips alone']],
  ['?tag=chips&tag=europe', ['Both']],
  ['?tag=chips,+europe', ['Both']],
  ['?tag=-chips', ['Europe alone', 'Neither of them']],
  ['?tag=chips&tag=-europe', ['Chips alone']],
  ['?tag=%23Chips', ['Both', 'Chips alone']],
  ['?age=day', ['Both']],
  ['?age=week&tag=-europe', ['Chips alone']],
  ['?age=month', ['Both', 'Chips alone', 'Europe alone']],
  ['?age=nonsense', ['Both', 'Chips alone', 'Europe alone', 'Neither of them']],
] as const)('every list, narrowed by %s', async ([query, expected], { make, as, db, clock }) => {
  await setScene(make, db, clock);
  for (const list of ['/', '/new', '/active', '/s/funding', '/site/a.example', '/s/funding?sort=new']) {
    const path = list.includes('?') ? list + query.replace('?', '&') : list + query;
    const page = await as.visitor().visit(path);
    expect([path, page.status, ...titlesOn(page)]).toEqual([path, 200, ...expected]);
    // A section in another order holds nothing that the section does not.
    const found = query.includes('nonsense') && !list.includes('sort=');
    expect([path, robotsOf(page)]).toEqual([path, found ? '' : 'noindex']);
    expect(page.document.querySelector('link[rel=canonical]')?.getAttribute('href')).not.toMatch(/tag=|age=/);
  }
});

test('what a list is narrowed to stays on the way through its orders and pages, and is taken off by a link', async ({
  make,
  as,
  db,
  clock,
}) => {
  await setScene(make, db, clock);
  const browser = as.visitor();
  let page = await (
    await browser.visit('/s/funding?sort=new')
  ).press('Narrow down', { tag: 'chips, -europe', age: 'month' });
  expect(titlesOn(page)).toEqual(['Chips alone']);
  page = await page.follow('Active');
  expect(titlesOn(page)).toEqual(['Chips alone']);
  page = await page.press('Narrow down');
  expect(titlesOn(page)).toEqual(['Chips alone']);
  page = await page.follow('without #europe');
  expect(titlesOn(page)).toEqual(['Both', 'Chips alone']);
  page = await page.follow('Past month');
  page = await page.follow('#chips');
  expect(page.url).toBe('/s/funding?sort=active');
  expect(titlesOn(page)).toHaveLength(4);
  // The list of top topics has its own time spans: what was chosen elsewhere is chosen there, and the other way round.
  page = await (await browser.visit('/?age=month&tag=-chips')).follow('Top');
  expect(page.url).toBe('/top?t=month&tag=-chips');
  expect(titlesOn(page)).toEqual(['Europe alone']);
  expect((await page.follow('Day')).url).toBe('/top?t=day&tag=-chips');
  expect((await page.follow('Hot')).url).toBe('/?age=month&tag=-chips');
});

test('a tag that there is not is said beside the field, and corrected there', async ({
  make,
  as,
  db,
  clock,
}) => {
  await setScene(make, db, clock);
  const held = await make.topic({ heldAt: clock.now() });
  const tag = await tagged(db, ['secret-name']);
  await tag(held, 'secret-name');
  const browser = as.visitor();
  const missing = await browser.visit('/?tag=chps');
  expect(missing.error('tag')).toBe('There is no tag “chps”.');
  expect(titlesOn(missing)).toEqual([]);
  expect(missing.field('tag').value).toBe('chps');
  const corrected = await missing.press('Narrow down', { tag: 'chips' });
  expect(new URLSearchParams(corrected.url.split('?')[1]).getAll('tag')).toEqual(['chips']);
  expect(titlesOn(await browser.visit('/?tag=-chps'))).toHaveLength(4);
  // The name of one that came with a topic which others do not see is that topic's text.
  expect((await browser.visit('/?tag=secret-name')).error('tag')).toBe('There is no tag “secret-name”.');
  const many = await browser.visit('/?tag=chips,a,b,c,d,e,f');
  expect(many.document.querySelectorAll('.chips li')).toHaveLength(1);
  expect(many.document.querySelector('#n-tag')?.getAttribute('value')).toBe('a, b, c, d');
});

test('an alias narrows by its tag, and a merged tag by what it was merged into', async ({
  make,
  as,
  db,
  clock,
}) => {
  await setScene(make, db, clock);
  const [into] = await db.select().from(tags).limit(1);
  await db.insert(tags).values({ slug: 'silicon', name: 'silicon', mergedIntoId: into!.id });
  const tag = await tagged(db, ['accelerators'], ['gpus']);
  await tag(await make.topic({ title: 'By alias' }), 'accelerators');
  expect(titlesOn(await as.visitor().visit('/?tag=silicon'))).toEqual(['Both', 'Chips alone']);
  expect(titlesOn(await as.visitor().visit('/?tag=gpus'))).toEqual(['By alias']);
});

test('a page is as long as its reader wants, and so is the next one', async ({ make, as }) => {
  const author = await make.member();
  for (let n = 0; n < 35; n += 1) await make.topic({ author });
  const browser = await as.member();
  const page = await browser.visit('/new');
  expect(titlesOn(page)).toHaveLength(30);
  const short = await page.follow('15 topics');
  expect([short.url, titlesOn(short).length]).toEqual(['/new?per=15', 15]);
  const second = await short.follow('More topics');
  expect(titlesOn(second)).toHaveLength(15);
  expect((await browser.visit('/new?per=7')).document.querySelectorAll('.row')).toHaveLength(30);
  expect((await page.follow('Density and more')).url).toBe('/settings/appearance');
  expect((await as.visitor().visit('/new')).main).not.toContain('Density');
});
