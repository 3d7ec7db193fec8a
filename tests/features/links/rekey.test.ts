// Keys that earlier rules made are made again by a job that may be killed, repeated, and run twice at once.
import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  citedAddresses,
  pageReadings,
  posts,
  sourceAliases,
  sources,
  upkeep,
} from '../../../src/db/schema/index.ts';
import type { PostId } from '../../../src/domain/ids.ts';
import { URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { rekey } from '../../../src/features/links/rekey.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, TopicRow } from '../../support/make.ts';

const EARLIER = URL_KEY_VERSION - 1;
const LINK = 'https://www.one.example/a.html?utm_source=x';
const HTML = `<p><a href="${LINK}" rel="ugc nofollow noopener">it</a> <a href="/new">new</a></p>` as SafeHtml;

/** A topic whose source has the key of earlier rules, and is known as something else besides. */
async function topicOfEarlier(make: Make, db: Database, url: string): Promise<TopicRow> {
  const topic = await make.topic({ source: 'https://one.example/' });
  const [source] = await db
    .update(sources)
    .set({ url, urlKey: `earlier ${url}`, keyVersion: EARLIER, publisherHost: 'earlier', wrapper: true })
    .where(eq(sources.topicId, topic.id))
    .returning();
  await db.insert(sourceAliases).values({
    sourceId: source!.id,
    kind: 'canonical',
    url: 'https://one.example/canonical.html',
    urlKey: 'one.example/canonical.html',
    keyVersion: EARLIER,
  });
  return topic;
}

async function linkingReply(make: Make, topic: TopicRow): Promise<PostId> {
  const { id } = await make.reply({ topic, bodyHtml: HTML });
  return id;
}

async function state(db: Database) {
  return {
    sources: await db
      .select({ url: sources.url, key: sources.urlKey, version: sources.keyVersion })
      .from(sources)
      .orderBy(asc(sources.id)),
    aliases: await db
      .select({ key: sourceAliases.urlKey, version: sourceAliases.keyVersion })
      .from(sourceAliases)
      .orderBy(asc(sourceAliases.sourceId)),
    cited: await db
      .select({
        postId: citedAddresses.postId,
        key: citedAddresses.urlKey,
        version: citedAddresses.keyVersion,
      })
      .from(citedAddresses)
      .orderBy(asc(citedAddresses.postId)),
  };
}

const version = URL_KEY_VERSION;
const ALIAS = { key: 'one.example/canonical', version };

test('keys of earlier rules are made again, and posts from before say what they cite', async ({
  make,
  db,
  clock,
  drain,
}) => {
  const topic = await topicOfEarlier(make, db, 'https://www.one.example/a.html');
  await topicOfEarlier(make, db, 'https://www.google.com/amp/s/two.example/b/amp/');
  // Rules refuse today what they took once.
  await topicOfEarlier(make, db, 'http://10.0.0.1/a');
  const before = await linkingReply(make, topic);
  const outdated = await linkingReply(make, topic);
  const cites = (urlKey: string) => ({ postId: outdated, urlKey, keyVersion: EARLIER, url: LINK });
  await db.insert(citedAddresses).values([cites('one.example/a.html'), cites('one.example/a')]);
  const reading = { url: LINK, askedAt: clock.now() };
  await db.insert(pageReadings).values([
    { urlKey: 'one.example/a.html', keyVersion: EARLIER, ...reading },
    { urlKey: 'one.example/b', keyVersion: version, ...reading },
  ]);

  await db.transaction((tx) => enqueue(tx, 'rekey', {}));
  await drain();
  expect(await state(db)).toEqual({
    sources: [
      { url: 'https://www.one.example/a.html', key: 'one.example/a', version },
      { url: 'https://two.example/b/amp/', key: 'two.example/b', version },
      { url: 'http://10.0.0.1/a', key: 'earlier http://10.0.0.1/a', version },
    ],
    aliases: [ALIAS, ALIAS, ALIAS],
    cited: [before, outdated].map((postId) => ({ postId, key: 'one.example/a', version })),
  });
  const [plain, unwrapped, refused] = await db.select().from(sources).orderBy(asc(sources.id));
  expect(plain).toMatchObject({ publisherHost: 'one.example', wrapper: false });
  expect(unwrapped).toMatchObject({ publisherHost: 'two.example', wrapper: false });
  expect(refused).toMatchObject({ publisherHost: 'earlier', wrapper: true });
  const readings = await db.select({ key: pageReadings.urlKey }).from(pageReadings);
  expect(readings).toEqual([{ key: 'one.example/b' }]);
});

test('it is done when nothing of earlier rules was left, and stays done', async ({ make, db, clock }) => {
  await topicOfEarlier(make, db, 'https://one.example/a.html');
  await rekey(db, {}, clock.now());
  expect(await db.select().from(upkeep)).toEqual([]);
  // A process of the version before is still writing.
  const late = await topicOfEarlier(make, db, 'https://one.example/b.html');
  await rekey(db, {}, clock.now());
  expect((await state(db)).sources).toMatchObject([{ key: 'one.example/a' }, { key: 'one.example/b' }]);
  await rekey(db, {}, clock.now());
  const done = { task: 'url-keys', version, doneAt: clock.now() };
  expect(await db.select().from(upkeep)).toEqual([done]);

  await db.update(sources).set({ keyVersion: EARLIER }).where(eq(sources.topicId, late.id));
  clock.advance({ minutes: 10 });
  await rekey(db, {}, clock.now());
  expect((await state(db)).sources.map((source) => source.version)).toEqual([version, EARLIER]);
  expect(await db.select().from(upkeep)).toEqual([done]);
});

test('the next version begins anew; what later rules made is left alone', async ({ make, db, clock }) => {
  await db.insert(upkeep).values({ task: 'url-keys', version: EARLIER, doneAt: clock.now() });
  await topicOfEarlier(make, db, 'https://one.example/a.html');
  const topic = await make.topic({ source: 'https://one.example/b.html' });
  const later = { urlKey: 'later', keyVersion: version + 1 };
  await db.update(sources).set(later).where(eq(sources.topicId, topic.id));
  await rekey(db, {}, clock.now());
  await rekey(db, {}, clock.now());
  expect((await state(db)).sources).toMatchObject([
    { key: 'one.example/a' },
    { key: 'later', version: version + 1 },
  ]);
  expect(await db.select().from(upkeep)).toMatchObject([{ version }]);

  // An earlier process finds that later rules have been here.
  await db.update(upkeep).set({ version: version + 1 });
  await topicOfEarlier(make, db, 'https://one.example/c.html');
  await rekey(db, {}, clock.now());
  expect((await state(db)).sources.at(-1)).toMatchObject({ version: EARLIER });
});

test('killed after any step, or run by three at once, it ends the same', async ({ make, db, clock }) => {
  const topic = await topicOfEarlier(make, db, 'https://one.example/a.html');
  const replyIds = [await linkingReply(make, topic), await linkingReply(make, topic)];
  const expected = {
    sources: [{ url: 'https://one.example/a.html', key: 'one.example/a', version }],
    aliases: [ALIAS],
    cited: replyIds.map((postId) => ({ postId, key: 'one.example/a', version })),
  };
  const restore = async () => {
    await db.update(sources).set({ urlKey: 'earlier', keyVersion: EARLIER });
    await db.update(sourceAliases).set({ urlKey: 'earlier', keyVersion: EARLIER });
    await db.delete(citedAddresses);
    await db.delete(upkeep);
  };
  let steps = 0;
  for (let killed = true; killed; steps += 1) {
    await restore();
    let left = steps;
    const dying = new Proxy(db, {
      get: (target, name, receiver) =>
        name === 'transaction' && left-- === 0
          ? () => Promise.reject(new Error('killed'))
          : (Reflect.get(target, name, receiver) as unknown),
    });
    killed = await rekey(dying, {}, clock.now()).then(
      () => false,
      () => true,
    );
    await rekey(db, {}, clock.now());
    expect(await state(db)).toEqual(expected);
  }
  // A batch of sources, the end of them, a batch of posts, the end of them.
  expect(steps).toBe(5);

  await restore();
  await Promise.all([1, 2, 3].map(() => rekey(db, {}, clock.now())));
  expect(await state(db)).toEqual(expected);
});

test('a text that is edited meanwhile wins', async ({ make, db, clock }) => {
  const replyId = await linkingReply(make, await make.topic());
  let done: Promise<void> | undefined;
  await db.transaction(async (tx) => {
    await tx
      .update(posts)
      .set({ bodyHtml: '<p>No link.</p>' as SafeHtml })
      .where(eq(posts.id, replyId));
    // The job comes by before the edit is committed.
    done = rekey(db, {}, clock.now());
    await Promise.race([done, somebodyWaits(db)]);
  });
  await done;
  expect((await state(db)).cited).toEqual([]);
});

/** Asks until a transaction waits for another. */
async function somebodyWaits(db: Database): Promise<void> {
  for (let waiting = 0; waiting === 0;) {
    const { rows } = await db.execute<{ n: number }>(sql`
      select count(*)::integer as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    waiting = rows[0]?.n ?? 0;
  }
}
