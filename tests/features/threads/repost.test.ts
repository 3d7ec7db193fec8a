import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

const LINK = {
  url: 'https://www.gridledger.example/lead-times/?utm_source=mail',
  title: 'Lead times for large transformers',
  section: 'infrastructure',
};

/** Where the buttons of the notices lead, in their order. */
function waysIn(page: Page): (string | null)[] {
  return [...page.document.querySelectorAll('.notice button')].map((button) =>
    button.getAttribute('formaction'),
  );
}

async function titles(db: Database): Promise<string[]> {
  const rows = await db.select({ title: topics.title }).from(topics).orderBy(asc(topics.id));
  return rows.map(({ title }) => title);
}

test('the same address within 30 days leads to its topic, however it is spelt', async ({
  make,
  as,
  clock,
  db,
}) => {
  const earlier = await make.topic({
    title: 'Transformers are late',
    source: 'http://gridledger.example/lead-times',
    postedAt: clock.ago({ days: 29 }),
  });
  const page = await (await as.member()).visit(paths.submit());
  const again = await page.press('Post topic', LINK);
  expect(again.status).toBe(409);
  expect(again.main).toContain('Already here.');
  expect(again.field('url').value).toBe(LINK.url);
  expect((await again.follow('Transformers are late')).url).toBe(paths.topic(earlier));
  // The very address stands among its sources: there is nothing to add, but something to say.
  expect(waysIn(again)).toEqual([paths.topicReply(earlier.id)]);
  // Insisting does not help.
  expect((await again.press('Post topic')).status).toBe(409);
  expect(await titles(db)).toHaveLength(1);
});

test.for([
  [29, 'Already here.', 1],
  [30, 'Already here.', 1],
  [31, 'Discussed before.', 2],
  [179, 'Discussed before.', 2],
  [180, 'Discussed before.', 2],
] as const)('an address of %i days ago: %s', async ([days, said, topicsThen], { make, as, clock, db }) => {
  const postedAt = clock.ago({ days });
  await make.topic({
    title: 'Transformers are late',
    source: 'https://gridledger.example/lead-times',
    postedAt,
  });
  const page = await (await as.member()).visit(paths.submit());
  const warned = await page.press('Post topic', LINK);
  expect(warned.status).toBe(409);
  expect(warned.main).toContain(said);
  expect(warned.document.querySelector('[data-checks="address"]')?.getAttribute('role')).toBe('alert');
  expect(await titles(db)).toHaveLength(1);
  // Insisting helps where it was a warning.
  await warned.press('Post topic');
  expect(await titles(db)).toHaveLength(topicsThen);
});

test('after half a year an address is free', async ({ make, as, clock, db }) => {
  await make.topic({ source: 'https://gridledger.example/lead-times', postedAt: clock.ago({ days: 181 }) });
  const page = await (await as.member()).visit(paths.submit({ url: LINK.url }));
  expect(page.document.querySelector('.notice')).toBeNull();
  await page.press('Post topic', LINK);
  expect(await titles(db)).toHaveLength(2);
});

test('a topic that takes no more replies is not offered one', async ({ make, as, clock }) => {
  const at = clock.ago({ days: 1 });
  await make.topic({ title: 'Locked', source: LINK.url, postedAt: at, lockedAt: at });
  await make.topic({ title: 'Too old', source: 'https://old.example/a', postedAt: clock.ago({ days: 91 }) });
  const browser = await as.member();
  for (const [url, title] of [
    [LINK.url, 'Locked'],
    ['https://old.example/a', 'Too old'],
  ] as const) {
    const page = await browser.visit(paths.submit({ url }));
    expect(page.main).toContain(title);
    expect(waysIn(page)).toEqual([]);
  }
});

test.for(['hidden', 'held', 'withdrawn'] as const)(
  'a %s topic keeps nobody from its address',
  async (state, { make, as, clock, db }) => {
    const at = clock.ago({ days: 1 });
    const topic = await make.topic({
      source: LINK.url,
      ...(state === 'held' && { heldAt: at }),
      ...(state === 'withdrawn' && { withdrawnAt: at }),
    });
    if (state === 'hidden') await make.hide({ topic: topic.id });
    const page = await (await as.member()).visit(paths.submit({ url: LINK.url, title: topic.title }));
    expect(page.document.querySelector('.notice')).toBeNull();
    await (await (await as.member()).visit(paths.submit())).press('Post topic', LINK);
    expect((await titles(db)).at(-1)).toBe(LINK.title);
  },
);

test('a title like one of this week is asked about, and the first way out is to join that topic', async ({
  make,
  as,
  clock,
  db,
}) => {
  const similar = { title: 'Large transformers: the lead times', postedAt: clock.ago({ days: 6 }) };
  const earlier = await make.topic(similar);
  await make.topic({ title: 'Transformers, attention and other layers' });
  const page = await (await as.member()).visit(paths.submit());
  const warned = await page.press('Post topic', LINK);
  expect(warned.status).toBe(409);
  expect(warned.main).toContain('The same story?');
  expect((await warned.follow(similar.title)).url).toBe(paths.topic(earlier));
  expect(waysIn(warned)).toEqual([paths.topicSources(earlier.id), paths.topicReply(earlier.id)]);
  expect(waysIn(await page.press('Post topic', { ...LINK, url: '', body: 'Mine.' }))).toEqual([
    paths.topicReply(earlier.id),
  ]);
  await warned.press('Post topic');
  expect((await titles(db)).at(-1)).toBe(LINK.title);
});

test('what was warned of is remembered by topic: another address is asked about anew', async ({
  make,
  as,
  clock,
}) => {
  const postedAt = clock.ago({ days: 40 });
  await make.topic({ title: 'One thing', source: 'https://one.example/a', postedAt });
  await make.topic({ title: 'Another matter', source: 'https://two.example/b', postedAt });
  const page = await (await as.member()).visit(paths.submit());
  const warned = await page.press('Post topic', { ...LINK, url: 'https://one.example/a' });
  const again = await warned.press('Post topic', { url: 'https://two.example/b' });
  expect(again.status).toBe(409);
  expect(again.main).toContain('Another matter');
});

test('a similar title of last week is no matter', async ({ make, as, clock, db }) => {
  await make.topic({ title: LINK.title, postedAt: clock.ago({ days: 8 }) });
  await (await (await as.member()).visit(paths.submit())).press('Post topic', LINK);
  expect(await titles(db)).toHaveLength(2);
});
