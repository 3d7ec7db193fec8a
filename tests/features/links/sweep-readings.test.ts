// What was read of pages goes when its time is over; what topics show stays.
import { fetchedHosts, images, pageReadings, sources } from '../../../src/db/schema/index.ts';
import { sweepReadings } from '../../../src/features/links/jobs.ts';
import { expect, test } from '../../support/forum.ts';

test('old readings, hosts and pictures that nothing shows are deleted', async ({ make, db, clock }) => {
  await make.topic({ source: 'https://news.example/a' });
  const days = (n: number) => clock.ago({ days: n });
  const picture = (name: string, madeAt: Date) => ({
    hash: name,
    bytes: Buffer.from('x'),
    width: 1,
    height: 1,
    madeAt,
  });
  const made = await db
    .insert(images)
    .values([
      picture('source', days(60)),
      picture('reading', days(60)),
      picture('old', days(60)),
      picture('none', days(2)),
      picture('new', days(0)),
    ])
    .returning();
  const idOf = (name: string) => made.find(({ hash }) => hash === name)?.id ?? null;
  await db.update(sources).set({ imageId: idOf('source') });
  const reading = (urlKey: string, askedAt: Date, imageId = idOf('none')) => ({
    urlKey,
    keyVersion: 1,
    url: `https://${urlKey}`,
    askedAt,
    imageId,
  });
  await db
    .insert(pageReadings)
    .values([
      reading('a.example/kept', days(29), idOf('reading')),
      reading('a.example/gone', days(31), idOf('old')),
    ]);
  await db.insert(fetchedHosts).values([
    { host: 'a.example', nextFetchAt: days(1) },
    { host: 'b.example', nextFetchAt: days(2) },
  ]);
  await sweepReadings(db, {}, clock.now());
  expect((await db.select().from(pageReadings)).map(({ urlKey }) => urlKey)).toEqual(['a.example/kept']);
  expect((await db.select().from(fetchedHosts)).map(({ host }) => host)).toEqual(['a.example']);
  expect((await db.select().from(images)).map(({ hash }) => hash).sort()).toEqual([
    'new',
    'reading',
    'source',
  ]);
});
