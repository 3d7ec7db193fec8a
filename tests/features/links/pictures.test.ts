// Pictures of articles: made small, served by us, and gone with what showed them.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { images, pageReadings, sources } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Sites } from '../../support/sites.ts';
import { article, post, sourcesOf } from './reading.ts';

const picture = (width: number, height: number, color = '#467') =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer();

async function serveArticle(sites: Sites, image: string | Buffer, type = 'image/png') {
  const site = await sites.serve('news.example', { '/p.png': { type, body: image } });
  site.pages.set('/a', article({ image: `${site.origin}/p.png` }));
  return site;
}

test('the picture of an article is fetched after the page, made small and served', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const site = await serveArticle(sites, await picture(1_600, 900));
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  expect(site.asked).not.toContain('/p.png');
  clock.advance({ seconds: 3 });
  await drain();
  const [image] = await db.select().from(images);
  expect(image).toMatchObject({ width: 640, height: 360 });
  expect((await sourcesOf(db))[0]).toMatchObject({ imageId: image?.id });
  const shown = await as.visitor().visit(paths.image(image?.hash ?? ''));
  expect(shown.status).toBe(200);
  expect(shown.headers).toMatchObject({
    'content-type': 'image/webp',
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=3600',
  });
  expect(shown.headers['set-cookie']).toBeUndefined();
});

test('one picture of two articles is kept once', async ({ as, db, drain, sites, clock }) => {
  const site = await serveArticle(sites, await picture(300, 200));
  site.pages.set('/b', article({ title: 'Another story', image: '/p.png' }));
  await post(await as.member(), `${site.origin}/a`);
  await post(await as.member(), `${site.origin}/b`, 'Something wholly different');
  for (let n = 0; n < 6; n++) {
    await drain();
    clock.advance({ seconds: 3 });
  }
  expect(await db.$count(images)).toBe(1);
  expect(new Set((await sourcesOf(db)).map(({ imageId }) => imageId)).size).toBe(1);
});

/** A PNG that says it is enormous, in a few bytes. */
function bomb(): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(60_000, 0);
  header.writeUInt32BE(60_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(1_000_000)));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), pixels]);
}

test.for([
  ['a bomb', () => bomb()],
  ['larger than pages may be', () => Buffer.alloc(2_000_001, 1)],
  ['a program', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a page', () => Buffer.from('<!doctype html><p>Not a picture')],
] as const)('what is %s is no picture', async ([, bytes], { as, db, drain, sites, clock }) => {
  const site = await serveArticle(sites, bytes());
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  clock.advance({ seconds: 3 });
  await drain();
  expect(site.asked).toContain('/p.png');
  expect(await db.$count(images)).toBe(0);
  expect((await sourcesOf(db))[0]).toMatchObject({ imageId: null, publisher: 'Grid Ledger' });
});

test('a picture at a private address is not asked for', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': article({ image: 'http://127.0.0.1/p.png' }) });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  clock.advance({ seconds: 3 });
  await drain();
  expect(await db.$count(images)).toBe(0);
});

test.for([
  ['a visible topic', {}, {}, 200],
  ['a hidden topic', { hiddenAt: '2026-04-01' }, {}, 404],
  ['a held topic, on the form of its author', { heldAt: '2026-04-01' }, {}, 200],
  ['a withdrawn topic', { withdrawnAt: '2026-04-01' }, {}, 404],
  ['a removed source', {}, { state: 'removed' }, 404],
  ['a dead source', {}, { state: 'dead' }, 200],
] as const)('the picture of %s', async ([, topicState, sourceState, status], { as, make, db, clock }) => {
  const dates = Object.fromEntries(Object.entries(topicState).map(([name, day]) => [name, new Date(day)]));
  await make.topic({ source: 'https://news.example/a', ...dates });
  const hash = 'a'.repeat(64);
  const [image] = await db
    .insert(images)
    .values({ hash, bytes: Buffer.from('webp'), width: 1, height: 1, madeAt: clock.now() })
    .returning();
  await db.update(sources).set({ imageId: image?.id ?? null, ...sourceState });
  await db.insert(pageReadings).values({
    ...{ urlKey: 'news.example/a', keyVersion: 1, url: 'https://news.example/a', askedAt: clock.now() },
    imageId: image?.id ?? null,
  });
  for (const viewer of [as.visitor(), await as.moderator()])
    expect((await viewer.visit(paths.image(hash))).status).toBe(status);
});

test('the picture of a form is there for a day', async ({ as, db, clock }) => {
  const hash = 'b'.repeat(64);
  const [image] = await db
    .insert(images)
    .values({ hash, bytes: Buffer.from('webp'), width: 1, height: 1, madeAt: clock.now() })
    .returning();
  await db.insert(pageReadings).values({
    ...{ urlKey: 'news.example/a', keyVersion: 1, url: 'https://news.example/a', askedAt: clock.now() },
    imageId: image?.id,
  });
  clock.advance({ hours: 23 });
  expect((await as.visitor().visit(paths.image(hash))).status).toBe(200);
  clock.advance({ hours: 2 });
  expect((await as.visitor().visit(paths.image(hash))).status).toBe(404);
});

test.for([
  '/images/x.webp',
  `/images/${'c'.repeat(64)}.webp`,
  `/images/${'C'.repeat(64)}.webp`,
  '/images/..%2F.webp',
])('there is nothing at %s', async (path, { as }) => {
  expect((await as.visitor().visit(path)).status).toBe(404);
});
