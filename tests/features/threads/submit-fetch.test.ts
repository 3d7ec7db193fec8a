// "Fetch title": what was read of an article, in the form of a new topic, without a script.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { images, pageReadings } from '../../../src/db/schema/index.ts';
import { PATIENCE } from '../../../src/features/threads/fetching.ts';
import { paths } from '../../../src/web/paths.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser, type Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { giveReading } from './readings.ts';

const ARTICLE = 'https://gridledger.example/lead-times';
const HEADLINE = 'Lead times for large power transformers: the 2026 survey';
const TYPED = { url: ARTICLE, section: 'funding', tags: 'power', body: 'What I **think**.' };

function expectTyped(page: Page): void {
  for (const name of ['url', 'tags', 'body'] as const) expect(page.field(name).value).toBe(TYPED[name]);
  expect(page.document.querySelector('option[selected]')?.getAttribute('value')).toBe('funding');
}

async function giveImage(db: Database, at: Date): Promise<number> {
  const picture = { hash: 'a'.repeat(64), bytes: Buffer.from('webp'), width: 320, height: 180, madeAt: at };
  const [image] = await db.insert(images).values(picture).returning({ id: images.id });
  return image?.id ?? 0;
}

test('a page that was read fills an empty title, and shows as a card', async ({ as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.now(), {
    title: `  ${HEADLINE} `,
    publisher: 'Grid Ledger',
    publishedAt: new Date('2026-04-01T08:00:00Z'),
    description: `${'Many words. '.repeat(30)}<b>`,
    imageId: (await giveImage(db, clock.now())) as never,
  });
  const page = await (await as.member()).visit(paths.submit());
  const fetched = await page.press('Fetch title', TYPED);
  expect(fetched.status).toBe(200);
  expect(fetched.field('title').value).toBe(HEADLINE);
  const card = fetched.document.querySelector('.linkcard');
  expect(card?.querySelector('.linkcard-t')?.textContent).toBe(HEADLINE);
  expect(card?.querySelector('.meta')?.textContent).toBe('Grid Ledger 1 April 2026 fetched just now');
  expect(card?.querySelector('img')?.getAttribute('src')).toBe(`/images/${'a'.repeat(64)}.webp`);
  expect(card?.querySelector('p:last-of-type')?.textContent).toMatch(/^Many words\..{200,}…$/);
  // Nothing is complained about, and the headline is not offered where it stands.
  expect(fetched.document.querySelector('[aria-invalid], [role="alert"], [name="headline"]')).toBeNull();
  expectTyped(fetched);
});

test('a title that somebody typed stays, and the headline is one press away', async ({ as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.now(), { title: HEADLINE });
  const page = await (await as.member()).visit(paths.submit());
  const fetched = await page.press('Fetch title', { ...TYPED, title: 'My own words' });
  expect(fetched.field('title').value).toBe('My own words');
  const taken = await fetched.press('Use the publisher’s headline');
  expect(taken.field('title').value).toBe(HEADLINE);
  expectTyped(taken);
  // What was fetched was not typed: another article's headline takes its place.
  await giveReading(db, 'https://other.example/b', clock.now(), { title: 'Another headline' });
  const other = await taken.press('Fetch title', { url: 'https://other.example/b' });
  expect(other.field('title').value).toBe('Another headline');
});

test('a form that comes with an address comes with the headline, when that is known', async ({
  as,
  clock,
  db,
}) => {
  await giveReading(db, ARTICLE, clock.now(), { title: HEADLINE });
  const browser = await as.member();
  const page = await browser.visit(paths.submit({ url: ARTICLE }));
  expect(page.field('title').value).toBe(HEADLINE);
  const titled = await browser.visit(paths.submit({ url: ARTICLE, title: 'From the feed' }));
  expect(titled.field('title').value).toBe('From the feed');
  expect(titled.document.querySelector('.linkcard')).not.toBeNull();
});

test('a headline longer than a title may be is cut at a word', async ({ as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.now(), { title: 'Transformers '.repeat(20) });
  const fetched = await (await (await as.member()).visit(paths.submit())).press('Fetch title', TYPED);
  expect(fetched.field('title').value).toMatch(/^(?:Transformers )+Transformers…$/);
  await fetched.press('Post topic');
  expect(await db.query.topics.findMany()).toHaveLength(1);
});

test.for([
  ['The site asks not to be read by programs.', { fault: 'The site asks not to be read by programs.' }],
  ['The page does not say what it is called.', { title: null }],
  ['The page does not say what it is called.', { title: ' \u200B' }],
] as const)('what went wrong is said in words: %s', async ([said, facts], { as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.now(), facts);
  const fetched = await (await (await as.member()).visit(paths.submit())).press('Fetch title', TYPED);
  expect(fetched.status).toBe(200);
  expect(fetched.main).toContain(said);
  expect(fetched.document.querySelector('.linkcard')).toBeNull();
  expect(fetched.field('title').value).toBe('');
  expectTyped(fetched);
});

test('a page that is not there in time is still being fetched, and the next press finds it', async ({
  as,
  clock,
  db,
}) => {
  const page = await (await as.member()).visit(paths.submit());
  const pending = await page.press('Fetch title', TYPED);
  expect(pending.status).toBe(200);
  expect(pending.main).toContain('still being fetched');
  expectTyped(pending);
  expect(await db.select().from(pageReadings)).toMatchObject([{ url: ARTICLE, readAt: null }]);
  await giveReading(db, ARTICLE, clock.now(), { title: HEADLINE });
  expect((await pending.press('Fetch title')).field('title').value).toBe(HEADLINE);
});

test('a page that is being read again shows as it was', async ({ as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.ago({ days: 2 }), { title: HEADLINE, askedAt: clock.now() });
  const fetched = await (await (await as.member()).visit(paths.submit())).press('Fetch title', TYPED);
  expect(fetched.field('title').value).toBe(HEADLINE);
  expect(fetched.main).toContain('fetched 1 April 2026');
  expect(fetched.main).toContain('still being fetched');
});

test('a page that was read a moment ago is not asked for again', async ({ as, clock, db }) => {
  const askedAt = clock.now();
  await giveReading(db, ARTICLE, clock.ago({ minutes: 20 }), { title: HEADLINE, askedAt });
  clock.advance({ minutes: 1 });
  const fetched = await (await (await as.member()).visit(paths.submit())).press('Fetch title', TYPED);
  expect(fetched.main).not.toContain('still being fetched');
  expect((await db.select().from(pageReadings))[0]?.askedAt).toEqual(askedAt);
});

test('a page that has gone since it was read shows as it was, with the reason', async ({ as, clock, db }) => {
  await giveReading(db, ARTICLE, clock.now(), { title: HEADLINE, fault: 'The site says that it is gone.' });
  const fetched = await (await (await as.member()).visit(paths.submit())).press('Fetch title', TYPED);
  expect(fetched.main).toContain('The page could not be read. The site says that it is gone.');
  expect(fetched.document.querySelector('.linkcard-t')?.textContent).toBe(HEADLINE);
});

test('the form waits for a page that is read meanwhile, and asks no oftener than that', async ({
  forum,
  make,
  as,
  clock,
  db,
}) => {
  let looks = 0;
  const app = await forum.build({
    patience: () => async () => {
      looks += 1;
      if (looks === 3) await giveReading(db, ARTICLE, clock.now(), { title: HEADLINE });
      return looks < 10;
    },
  });
  try {
    await app.ready();
    const cookie = await as.cookie(await make.member());
    const page = await new Browser(app, cookie).visit(paths.submit());
    expect((await page.press('Fetch title', TYPED)).field('title').value).toBe(HEADLINE);
    expect(looks).toBe(3);
  } finally {
    await app.close();
  }
});

test('a form waits no longer than somebody waits for it', async () => {
  expect(await PATIENCE(AbortSignal.abort())()).toBe(false);
});

test.for([
  ['', 'Give an address first.'],
  ['javascript:alert(1)', 'Only addresses that begin with https:// or http:// can be posted.'],
] as const)('without an address there is nothing to fetch: "%s"', async ([url, said], { as, db }) => {
  const page = await (await as.member()).visit(paths.submit());
  const again = await page.press('Fetch title', { ...TYPED, url });
  expect([again.status, again.error('url'), again.error('title')]).toEqual([422, said, '']);
  expect(again.field('body').value).toBe(TYPED.body);
  expect(await db.select().from(pageReadings)).toEqual([]);
});

test('visitors and unconfirmed members have no pages fetched, and keep what they typed', async ({
  make,
  as,
  db,
}) => {
  const sent = Object.entries({ ...TYPED, fetch: '1' });
  const newcomer = await as.member(await make.member({ confirmedAt: null }));
  for (const [browser, status, said] of [
    [as.visitor(), 422, 'You are not logged in'],
    [newcomer, 403, 'Confirm your e-mail address first'],
  ] as const) {
    const page = await browser.submit(paths.submit(), sent, paths.submit());
    expect([page.status, page.main]).toEqual([status, expect.stringContaining(said)]);
    expectTyped(page);
  }
  expect(await db.select().from(pageReadings)).toEqual([]);
});

test('a member has so many pages fetched in an hour, however they are asked for', async ({
  forum,
  make,
  as,
  clock,
  db,
}) => {
  const app = await forum.build({ budgets: { ...BUDGETS, fetch: { max: 2, seconds: 3_600 } } });
  try {
    await app.ready();
    const browser = new Browser(app, await as.cookie(await make.member()));
    const page = await browser.visit(paths.submit());
    await page.press('Fetch title', TYPED);
    const json = { accept: 'application/json' };
    await browser.post(paths.submitCheck(), { url: 'https://two.example/', fetch: '1' }, json);
    // What is known already costs nothing while one types.
    const known = await browser.post(paths.submitCheck(), { url: 'https://two.example/', fetch: '1' }, json);
    expect(known.text).not.toContain('Not fetched.');
    const refused = await page.press('Fetch title', { ...TYPED, url: 'https://three.example/' });
    expect(refused.status).toBe(429);
    expect(refused.main).toMatch(/You have had 60 pages read within the hour\. Please wait \d+ minutes/);
    expect(refused.field('body').value).toBe(TYPED.body);
    const quiet = await browser.post(paths.submitCheck(), { url: 'https://four.example/', fetch: '1' }, json);
    expect(quiet.status).toBe(200);
    expect(await db.select().from(pageReadings)).toHaveLength(2);
    clock.advance({ minutes: 61 });
    await page.press('Fetch title', { ...TYPED, url: 'https://three.example/' });
    const there = await db.select().from(pageReadings).where(eq(pageReadings.url, 'https://three.example/'));
    expect(there).toHaveLength(1);
  } finally {
    await app.close();
  }
});
