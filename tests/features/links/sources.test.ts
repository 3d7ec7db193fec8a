import { urlKey, URL_KEY_VERSION, type UrlKey } from '../../../src/domain/url-key.ts';
import {
  addSource,
  findAddress,
  findRecentTopicByKey,
  lockKey,
  replaceAddress,
} from '../../../src/features/links/index.ts';
import { sourceAliases, sources } from '../../../src/db/schema/index.ts';
import { eq } from 'drizzle-orm';
import { expect, test } from '../../support/forum.ts';

function keyOf(address: string): UrlKey {
  const key = urlKey(address);
  if (!key.ok) throw new Error(key.reason);
  return key;
}

test('an address is stored as readers follow it, with its key and publisher', async ({ make, db, clock }) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna });
  const address = keyOf('http://www.gridledger.example/late/?b=2&a=1&utm_source=x#top');
  await db.transaction((tx) =>
    addSource(tx, { topicId: topic.id, addedById: anna.id, address, now: clock.now() }),
  );
  expect(await db.select().from(sources)).toMatchObject([
    {
      topicId: topic.id,
      addedById: anna.id,
      addedAt: clock.now(),
      url: 'http://www.gridledger.example/late/?b=2&a=1#top',
      urlKey: 'gridledger.example/late?a=1&b=2',
      keyVersion: URL_KEY_VERSION,
      publisherHost: 'gridledger.example',
      wrapper: false,
      role: 'report',
      state: 'live',
    },
  ]);
});

test('an aggregator’s address is marked as one', async ({ make, db, clock }) => {
  const topic = await make.topic();
  const address = keyOf('https://news.google.com/rss/articles/CBMihAFBVV95cUxORTBN?oc=5');
  await db.transaction((tx) =>
    addSource(tx, { topicId: topic.id, addedById: topic.authorId!, address, now: clock.now() }),
  );
  expect((await db.select().from(sources))[0]?.wrapper).toBe(true);
});

test('the newest listed topic about an address is found, within the time asked for', async ({
  make,
  db,
  clock,
}) => {
  const source = 'https://one.example/a';
  const old = await make.topic({ source, postedAt: clock.ago({ days: 40 }) });
  const newer = await make.topic({ source, postedAt: clock.ago({ days: 20 }) });
  const hidden = await make.topic({ source, postedAt: clock.ago({ days: 1 }) });
  await make.hide({ topic: hidden.id });
  const { key } = keyOf(source);
  const found = (days: number, except?: typeof newer.id) =>
    findRecentTopicByKey(db, key, clock.ago({ days }), except);
  expect((await found(30))?.id).toBe(newer.id);
  expect((await found(60, newer.id))?.id).toBe(old.id);
  expect(await found(10)).toBeUndefined();
  expect(await findRecentTopicByKey(db, 'one.example/b', clock.ago({ days: 60 }))).toBeUndefined();
});

test('an article is found by its other addresses as well', async ({ make, db, clock }) => {
  const topic = await make.topic({ source: 'https://one.example/a' });
  const [source] = await db.select().from(sources);
  await db.insert(sourceAliases).values({
    sourceId: source!.id,
    kind: 'redirect',
    url: 'https://two.example/b',
    urlKey: 'two.example/b',
    keyVersion: URL_KEY_VERSION,
  });
  const found = () => findRecentTopicByKey(db, 'two.example/b', clock.ago({ days: 1 }));
  expect((await found())?.id).toBe(topic.id);
  await db.update(sources).set({ state: 'removed' });
  expect(await found()).toBeUndefined();
});

test('a source that was removed is nobody’s address', async ({ make, db, clock }) => {
  const topic = await make.topic({ source: 'https://one.example/a' });
  await db.update(sources).set({ state: 'removed' }).where(eq(sources.topicId, topic.id));
  expect(await findRecentTopicByKey(db, 'one.example/a', clock.ago({ days: 1 }))).toBeUndefined();
  expect(await findAddress(db, topic.id)).toBeUndefined();
});

test('another address takes nothing along of what was known of the first', async ({ make, db, clock }) => {
  const topic = await make.topic({ source: 'https://one.example/a' });
  await db.update(sources).set({ title: 'About one', publisher: 'One', description: 'One.' });
  await db.transaction((tx) => replaceAddress(tx, topic.id, keyOf('https://two.example/b'), clock.now()));
  expect(await db.select().from(sources)).toMatchObject([
    {
      urlKey: 'two.example/b',
      publisherHost: 'two.example',
      title: null,
      publisher: null,
      description: null,
    },
  ]);
  const bare = await make.topic();
  expect(
    await db.transaction((tx) => replaceAddress(tx, bare.id, keyOf('https://two.example/b'), clock.now())),
  ).toBeUndefined();
});

test('whoever holds a key lets nobody else have it until the end', async ({ db }) => {
  const order: string[] = [];
  let begun: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => (begun = resolve));
  const first = db.transaction(async (tx) => {
    await lockKey(tx, 'one.example/a');
    begun();
    // Another key is free meanwhile.
    await db.transaction((other) => lockKey(other, 'two.example/b'));
    order.push('first');
  });
  await holding;
  const second = db.transaction(async (tx) => {
    await lockKey(tx, 'one.example/a');
    order.push('second');
  });
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});
