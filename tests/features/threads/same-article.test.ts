// One article has many addresses, and others may have linked to it: what a writer is told of before posting.
import type { Database } from '../../../src/db/connection.ts';
import { citedAddresses, sourceAliases, topics } from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { urlKey, URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { giveReading } from './readings.ts';

const ARTICLE = 'https://gridledger.example/lead-times';
const WRAPPER = 'https://news.google.com/rss/articles/CBMiopaqueToken';
const LINK = { url: WRAPPER, title: 'Lead times for large transformers', section: 'infrastructure' };

function keyOf(address: string) {
  const read = urlKey(address);
  if (!read.ok) throw new Error(read.reason);
  return { url: address, urlKey: read.key, keyVersion: URL_KEY_VERSION };
}

const cite = (db: Database, postId: PostId) =>
  db.insert(citedAddresses).values({ postId, ...keyOf(ARTICLE) });

test('a topic is found by every address its article is known under', async ({ make, as, db }) => {
  const earlier = await make.topic({ source: WRAPPER });
  const [source] = await db.query.sources.findMany();
  await db
    .insert(sourceAliases)
    .values({ sourceId: source?.id ?? (0 as never), kind: 'canonical', ...keyOf(ARTICLE) });
  const page = await (await as.member()).visit(paths.submit());
  const refused = await page.press('Post topic', { ...LINK, url: ARTICLE, body: 'Mine.' });
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('Already here.');
  // The publisher's address is worth adding where only the aggregator's stands.
  const button = refused.document.querySelector('.notice button');
  expect(button?.textContent).toContain('Add my link to that topic');
  expect(button?.getAttribute('formaction')).toBe(paths.topicSources(earlier.id));
  expect(button?.closest('form')?.querySelector('textarea')?.textContent).toContain('Mine.');
  expect(await db.select().from(topics)).toHaveLength(1);
});

test.for([
  ['leads to', { finalUrl: `${ARTICLE}?utm_source=g` }],
  ['calls itself', { canonicalUrl: ARTICLE }],
] as const)('the address that a page %s counts as its own', async ([, facts], { make, as, clock, db }) => {
  await make.topic({ source: ARTICLE });
  await giveReading(db, WRAPPER, clock.now(), facts);
  const page = await (await as.member()).visit(paths.submit());
  const refused = await page.press('Post topic', LINK);
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('Already here.');
  // Whose article it is, is known.
  expect(refused.main).not.toContain('aggregator');
});

test('a page that leads to the front of its site has led nowhere', async ({ make, as, clock, db }) => {
  await make.topic({ source: 'https://gridledger.example/' });
  await giveReading(db, 'https://gridledger.example/gone', clock.now(), {
    finalUrl: 'https://gridledger.example/',
  });
  const page = await (await as.member()).visit(paths.submit());
  await page.press('Post topic', { ...LINK, url: 'https://gridledger.example/gone' });
  expect(await db.select().from(topics)).toHaveLength(2);
});

test('an author who changes the address is led to the topic of the same article', async ({
  make,
  as,
  clock,
  db,
}) => {
  const earlier = await make.topic({ title: 'The article itself', source: ARTICLE });
  const anna = await make.member();
  const own = await make.topic({ author: anna, source: 'https://other.example/a', postedAt: clock.now() });
  await giveReading(db, WRAPPER, clock.now(), { finalUrl: ARTICLE });
  const page = await (await as.member(anna)).visit(paths.postEdit(own.openingPostId));
  const refused = await page.press('Save', { url: WRAPPER });
  expect(refused.status).toBe(409);
  expect((await refused.follow('The article itself')).url).toBe(paths.topic(earlier));
});

test('an aggregator’s address is accepted at the first press, and asked about while one writes', async ({
  as,
  db,
}) => {
  const browser = await as.member();
  const page = await browser.visit(paths.submit({ url: WRAPPER }));
  expect(page.main).toContain('This is an aggregator’s address');
  const unsent = await page.press('Post topic', { title: LINK.title });
  expect(unsent.error('section')).not.toBe('');
  expect(unsent.main).toContain('This is an aggregator’s address');
  await page.press('Post topic', LINK);
  expect(await db.select().from(topics)).toHaveLength(1);
});

test('an aggregator’s address that holds the publisher’s hides nobody', async ({ as }) => {
  const url = `https://www.google.com/url?q=${encodeURIComponent(ARTICLE)}`;
  const page = await (await as.member()).visit(paths.submit({ url }));
  expect(page.main).not.toContain('aggregator');
});

test('replies that cite the address are shown once, with their names and ways in', async ({
  make,
  as,
  clock,
  db,
}) => {
  const author = await make.member({ name: 'luisa_p' });
  const topic = await make.topic({ title: 'Who waits for transformers', source: 'https://other.example/a' });
  const reply = await make.reply({ topic, author, postedAt: clock.ago({ days: 100 }) });
  await cite(db, reply.id);
  const page = await (await as.member()).visit(paths.submit());
  const warned = await page.press('Post topic', { ...LINK, url: ARTICLE });
  expect(warned.status).toBe(409);
  expect(warned.main).toContain('Cited in a reply by luisa_p in Who waits for transformers');
  const buttons = [...warned.document.querySelectorAll('.notice button')];
  expect(buttons.map((button) => button.getAttribute('formaction'))).toEqual([
    paths.topicSources(topic.id),
    paths.postReply(reply.id),
  ]);
  await warned.press('Post topic');
  expect(await db.select().from(topics)).toHaveLength(2);
});

test.for(['hidden', 'held', 'withdrawn', 'in a hidden topic', 'long ago'] as const)(
  'a citing reply that is %s is not named',
  async (state, { make, as, clock, db }) => {
    const at = clock.ago({ days: 1 });
    const topic = await make.topic({ title: 'Who waits for transformers' });
    const reply = await make.reply({
      topic,
      ...(state === 'held' && { heldAt: at }),
      ...(state === 'withdrawn' && { withdrawnAt: at }),
      ...(state === 'long ago' && { postedAt: clock.ago({ days: 181 }) }),
    });
    if (state === 'hidden') await make.hide({ post: reply.id });
    if (state === 'in a hidden topic') await make.hide({ topic: topic.id });
    await cite(db, reply.id);
    const page = await (await as.member()).visit(paths.submit({ url: ARTICLE }));
    expect(page.document.querySelector('.notice')).toBeNull();
    await page.press('Post topic', { ...LINK, url: ARTICLE });
    expect(await db.select().from(topics)).toHaveLength(2);
  },
);

test('a reply in the topic that has the article already is not named besides', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'The one topic', source: ARTICLE });
  await cite(db, (await make.reply({ topic })).id);
  const page = await (await as.member()).visit(paths.submit({ url: ARTICLE }));
  expect(page.main).toContain('Already here.');
  expect(page.main).not.toContain('Cited');
});
