// The articles of a topic as its page shows them.
import { eq } from 'drizzle-orm';
import { images, sourceAliases, sourceHeadlines, sources } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { giveSource, SEED_LINK } from './rows.ts';

const cards = (page: Page) => [...page.document.querySelectorAll('.linkcard')];
const titles = (page: Page) => cards(page).map((card) => card.querySelector('.linkcard-t')?.textContent);

test('the primary documents stand first, the rest by time; the headline keeps the link it was posted with', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ title: 'The story', source: 'https://first.example/a' });
  const added = (hours: number) => ({ addedAt: clock.ago({ hours }) });
  await giveSource(db, topic, { url: 'https://late.example/b', title: 'Added last', ...added(1) });
  await giveSource(db, topic, {
    ...{ url: 'https://old.example/c', title: 'Published before all', ...added(1) },
    publishedAt: clock.ago({ days: 3 }),
  });
  await giveSource(db, topic, {
    url: 'https://sec.example/d',
    role: 'primary',
    title: 'A filing',
    ...added(1),
  });
  await giveSource(db, topic, { url: 'https://gone.example/e', title: 'Taken away', state: 'removed' });
  const page = await as.visitor().visit(paths.topic(topic));
  expect(titles(page)).toEqual(['A filing', 'Published before all', 'The story', 'Added last']);
  expect(cards(page)[0]?.textContent).toContain('primary document');
  expect(page.document.querySelector('h1 a')?.getAttribute('href')).toBe('https://first.example/a');
  const list = await as.visitor().visit('/new');
  expect(list.document.querySelector('.row-title a')?.getAttribute('href')).toBe('https://first.example/a');
});

test('a card says what is known of an article', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ title: 'The story', source: 'https://paper.example/a' });
  const [image] = await db
    .insert(images)
    .values({ hash: 'ab12', bytes: Buffer.from('webp'), width: 240, height: 160, madeAt: clock.now() })
    .returning();
  const known = {
    ...{ publisher: 'The Paper', title: 'Was alles kostet', author: 'Ada L.', language: 'de-AT' },
    ...{ description: 'A line of it.', publishedAt: clock.ago({ days: 1 }), imageId: image!.id },
    ...({ paywall: true, state: 'dead', addedAt: new Date('2026-04-03T11:22:33Z') } as const),
  };
  await db.update(sources).set(known).where(eq(sources.topicId, topic.id));
  const page = await as.visitor().visit(paths.topic(topic));
  const [card] = cards(page);
  for (const text of ['The Paper', 'paper.example', '2 April 2026', 'by Ada L.', 'in German', 'report'])
    expect(card?.textContent).toContain(text);
  for (const text of ['paywall', 'link is dead', 'A line of it.']) expect(card?.textContent).toContain(text);
  expect(card?.querySelector('.linkcard-t a')?.getAttribute('href')).toBe('https://paper.example/a');
  expect([...card!.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toContain(
    'https://web.archive.org/web/20260403112233/https://paper.example/a',
  );
  const picture = card?.querySelector('img');
  expect(['src', 'width', 'height', 'alt', 'loading'].map((name) => picture?.getAttribute(name))).toEqual([
    '/images/ab12.webp',
    '240',
    '160',
    '',
    'lazy',
  ]);
});

test.for([
  ['en-GB', null],
  ['fr', 'in French'],
  ['zz', null],
  ['<b>', null],
  ['tlh-Latn', 'in Klingon'],
] as const)('a page in %s: %s', async ([language, said], { make, as, db }) => {
  const topic = await make.topic({ source: 'https://paper.example/a' });
  await db.update(sources).set({ language }).where(eq(sources.topicId, topic.id));
  const meta = (await as.visitor().visit(paths.topic(topic))).document.querySelector('.linkcard .meta');
  if (said === null) expect(meta?.textContent).not.toContain(' in ');
  else expect(meta?.textContent).toContain(said);
});

test('only the first has a picture and a text; one without a headline is called by its address', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const [image] = await db
    .insert(images)
    .values({ hash: 'cd34', bytes: Buffer.from('webp'), width: 9, height: 9, madeAt: clock.now() })
    .returning();
  await giveSource(db, topic, {
    ...{ url: 'https://www.second.example/b/', imageId: image!.id, description: 'Not shown' },
    addedAt: clock.now(),
  });
  const page = await as.visitor().visit(paths.topic(topic));
  expect(titles(page)).toEqual([topic.title, 'second.example/b']);
  expect(page.document.querySelector('.linkcard img')).toBeNull();
  expect(page.main).not.toContain('Not shown');
  expect(cards(page)[1]?.textContent).toContain('added 3 April 2026');
});

test('a headline that was changed stands with the one before', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: 'https://paper.example/a' });
  const source = await giveSource(db, topic, { url: 'https://paper.example/b', title: 'Third' });
  const seenAt = clock.now();
  await db
    .insert(sourceHeadlines)
    .values(['First', 'Second', 'Third'].map((title) => ({ sourceId: source.id, title, seenAt })));
  const page = await as.visitor().visit(paths.topic(topic));
  expect(page.main).toContain('Headline changed. Before: “Second”');
  await db.delete(sourceHeadlines).where(eq(sourceHeadlines.title, 'Second'));
  await db.delete(sourceHeadlines).where(eq(sourceHeadlines.title, 'First'));
  expect((await as.visitor().visit(paths.topic(topic))).main).not.toContain('Headline changed');
});

test('other topics about the same article are named, by any name of it', async ({ make, as, db, clock }) => {
  const posted = (days: number) => ({ postedAt: clock.ago({ days }) });
  const topic = await make.topic({ title: 'Here', source: 'https://paper.example/a' });
  await make.topic({ title: 'By the same key', source: 'http://www.paper.example/a/', ...posted(40) });
  const wrapped = await make.topic({ title: 'By its alias', source: 'https://t.co/xyz', ...posted(50) });
  const hidden = await make.topic({ title: 'Hidden one', source: 'https://paper.example/a' });
  await make.hide({ topic: hidden.id });
  const [source] = await db.select().from(sources).where(eq(sources.topicId, wrapped.id));
  await db.insert(sourceAliases).values({
    ...{ sourceId: source!.id, kind: 'redirect', keyVersion: 1 },
    ...{ url: 'https://paper.example/a', urlKey: 'paper.example/a' },
  });
  const here = await as.visitor().visit(paths.topic(topic));
  const also = (page: Page) =>
    page.main.split('\n').flatMap((line) => /^Also discussed: (.*), \d+ \w+ 2026/.exec(line)?.[1] ?? []);
  expect(also(here)).toEqual(['By the same key', 'By its alias']);
  expect(also(await as.visitor().visit(paths.topic(wrapped)))).toEqual(['Here', 'By the same key']);
});

test('withdrawn topics show no sources, and hidden ones nothing at all', async ({ make, as, clock }) => {
  const anna = await make.member();
  const topic = await make.topic({
    source: 'https://secret.example/a',
    author: anna,
    withdrawnAt: clock.now(),
  });
  await make.reply({ topic });
  const hidden = await make.topic({ source: 'https://secret.example/b' });
  await make.hide({ topic: hidden.id });
  const visitor = as.visitor();
  for (const path of [paths.topic(topic), paths.topicSources(topic.id)])
    expect((await visitor.get(path)).text).not.toContain('secret.example');
  for (const path of [paths.topic(hidden), paths.topicSources(hidden.id)]) {
    const answer = await visitor.get(path);
    expect([answer.status, answer.text.includes('secret.example')]).toEqual([410, false]);
  }
});

test('an aggregator’s link is marked, and members are asked for the publisher', async ({ make, as }) => {
  const topic = await make.topic({ source: SEED_LINK });
  const seen = await as.visitor().visit(paths.topic(topic));
  expect(seen.main).toContain('publisher link missing');
  expect(seen.main).toContain('An aggregator’s address, which does not say who published the article.');
  expect(seen.main).not.toContain('Give the publisher’s address');
  expect(seen.html).not.toContain('web.archive.org');
  const page = await (await as.member()).visit(paths.topic(topic));
  expect((await page.follow('Give the publisher’s address')).main).toContain('The publisher’s address');
});
