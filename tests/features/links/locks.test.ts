// Readings of pages beside members who change addresses at the same moment: one waits for the other, never both.
import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { urlKey } from '../../../src/domain/url-key.ts';
import { lockSources } from '../../../src/features/links/apply-reading.ts';
import { askToRead, correctAddress, replaceAddress } from '../../../src/features/links/index.ts';
import { readAgain } from '../../../src/features/links/readings.ts';
import { keepAlias } from '../../../src/features/links/source-changes.ts';
import { expect, test } from '../../support/forum.ts';
import { aliasesOf, article, post, sourcesOf } from './reading.ts';

const addressOf = (url: string) => {
  const read = urlKey(url);
  if (!read.ok) throw new Error(read.reason);
  return read;
};

test.for(['its author', 'members'] as const)(
  'what a page leads to is told to a source that is given another address by %s meanwhile',
  async (who, { as, db, drain, sites, clock }) => {
    const site = await sites.serve('news.example', {
      '/a': { status: 302, headers: { location: '/story' } },
      '/story': article({}),
    });
    await post(await as.member(), `${site.origin}/a`);
    await drain();
    expect(await aliasesOf(db)).toMatchObject([{ kind: 'redirect' }]);
    const other = addressOf(`${site.origin}/b`);
    let changing: Promise<unknown> = Promise.resolve();
    // As a reading does it: the source, then its other names.
    await db.transaction(async (tx) => {
      const [source] = await lockSources(tx, addressOf(`${site.origin}/a`).key);
      if (!source) throw new Error('There is no source.');
      const { id, topicId } = source;
      changing = db.transaction(async (editing) => {
        if (who === 'its author') await replaceAddress(editing, topicId, other, clock.now());
        else await correctAddress(editing, id, other, clock.now());
      });
      await somebodyWaits(db);
      await keepAlias(tx, id, 'redirect', addressOf(`${site.origin}/other`));
    });
    await changing;
    expect(await sourcesOf(db)).toMatchObject([{ url: other.shown }]);
    expect(await aliasesOf(db)).toEqual([]);
  },
);

test('an article is posted while a shortened link is found to lead to it', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const paper = await sites.serve('paper.example', { '/story': article({}) });
  const short = await sites.serve('bit.ly', {
    '/3x': { status: 301, headers: { location: `${paper.origin}/story` } },
  });
  await post(await as.member(), `${short.origin}/3x`);
  const story = addressOf(`${paper.origin}/story`);
  let reading: Promise<void> = Promise.resolve();
  // As followPage does it for the other topic, with the job in between.
  await db.transaction(async (tx) => {
    await askToRead(tx, story, clock.now());
    reading = drain();
    await somebodyWaits(db);
    await readAgain(tx, story, clock.now());
  });
  await reading;
  expect(await sourcesOf(db)).toMatchObject([{ url: story.shown, title: 'Lead times reach four years' }]);
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
