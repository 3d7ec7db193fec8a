// A topic is posted, and its source learns what the page says of itself.
import { pageReadings, sources } from '../../../src/db/schema/index.ts';
import { findReading } from '../../../src/features/links/index.ts';
import { expect, test } from '../../support/forum.ts';
import { aliasesOf, article, headlinesOf, post, sourceEvents, sourcesOf } from './reading.ts';

test('the source of a new topic is told what its page says', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/lead-times': article({}) });
  await post(await as.member(), `${site.origin}/lead-times`);
  expect((await sourcesOf(db))[0]).toMatchObject({ title: null, fetchedAt: null });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({
    title: 'Lead times reach four years',
    description: 'Transformers are late.',
    publisher: 'Grid Ledger',
    author: 'Ada Volt',
    language: 'en-GB',
    publishedAt: new Date('2026-04-02T08:00:00Z'),
    paywall: false,
    state: 'live',
    fetchedAt: clock.now(),
  });
  expect(await headlinesOf(db)).toEqual(['Lead times reach four years']);
  expect(await sourceEvents(db)).toEqual([]);
  expect(site.asked).toEqual(['/robots.txt', '/lead-times']);
  expect(site.askedBy()).toBe('Tokenwire/0.1 (+http://localhost:3000/about)');
});

test('what is known of a source already stays', async ({ as, db, drain, sites }) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await post(await as.member(), `${site.origin}/a`);
  await db.update(sources).set({ title: 'As a member corrected it', paywall: true });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({
    title: 'As a member corrected it',
    publisher: 'Grid Ledger',
    paywall: true,
  });
});

test('one reading serves all sources with the address, also those that come later', async ({
  as,
  make,
  db,
  drain,
  sites,
  clock,
}) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await make.topic({ source: `${site.origin}/a`, postedAt: clock.ago({ days: 200 }) });
  await post(await as.member(), `${site.origin}/a?utm_source=mail`);
  await drain();
  expect((await sourcesOf(db)).map(({ title }) => title)).toEqual(
    Array(2).fill('Lead times reach four years'),
  );
  clock.advance({ minutes: 59 });
  await db.delete(sources);
  await post(await as.member(), `${site.origin}/a`, 'The very same story once again');
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ title: 'Lead times reach four years' });
  expect(site.asked).toEqual(['/robots.txt', '/a']);
});

test('another address in its place is read anew', async ({ as, db, drain, sites }) => {
  const site = await sites.serve('news.example', {
    '/a': article({}),
    '/b': article({ title: 'Another article' }),
  });
  const member = await as.member();
  const topic = await post(member, `${site.origin}/a`);
  await drain();
  const form = await topic.follow('Edit');
  await form.press('Save', { url: `${site.origin}/b` });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ title: null, publisher: null });
});

test('a PDF has a title; of other files it is enough that they are there', async ({
  as,
  db,
  drain,
  sites,
}) => {
  const site = await sites.serve('files.example', {
    '/data.csv': { type: 'text/csv', body: 'a,b' },
    '/nothing': { status: 204, type: 'text/html' },
  });
  const member = await as.member();
  await post(member, `${site.origin}/data.csv`);
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ title: null, state: 'live', publisher: null });
  expect(await findReading(db, (await sourcesOf(db))[0]?.urlKey ?? '')).toMatchObject({
    fault: null,
    gone: false,
  });
});

test.for([
  ['an error of the server', { status: 500 }, 'The site answered with an error (500).'],
  ['a refusal', { status: 403 }, 'The site answered with an error (403).'],
  ['a page that is too large', { body: 'x'.repeat(2_000_001) }, 'The page is too large.'],
  [
    'a redirect to a private address',
    { status: 302, headers: { location: 'http://127.0.0.1/admin' } },
    'The address is not on the public internet.',
  ],
  [
    'a redirect to metadata of a cloud',
    { status: 302, headers: { location: 'http://169.254.169.254/' } },
    'The address is not on the public internet.',
  ],
  [
    'a redirect to a file',
    { status: 302, headers: { location: 'file:///etc/passwd' } },
    'Only addresses that begin with https:// or http:// can be read.',
  ],
] as const)('%s is said, and changes nothing', async ([, page, fault], { as, db, drain, sites }) => {
  const site = await sites.serve('news.example', { '/a': page });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  const [source] = await sourcesOf(db);
  expect(source).toMatchObject({ title: null, state: 'live' });
  expect(await findReading(db, source?.urlKey ?? '')).toMatchObject({ fault, gone: false });
});

test('a page that says nothing believable leaves a source as it was', async ({ as, db, drain, sites }) => {
  const site = await sites.serve('news.example', {
    '/a': '<meta property="article:published_time" content="2036-01-01T00:00:00Z"><p>No title.\u0000',
  });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ title: null, publishedAt: null });
  expect(await headlinesOf(db)).toEqual([]);
});

test.for(['events', 'source_headlines', 'page_readings'])(
  'a job that breaks off at %s has changed nothing, and does everything when it is repeated',
  async (table, { as, db, drain, sites, clock, expectFaults }) => {
    const site = await sites.serve('news.example', { '/a': article({ title: 'First headline' }) });
    await post(await as.member(), `${site.origin}/a`);
    await drain();
    site.pages.set('/a', article({ title: 'Second headline' }));
    clock.advance({ hours: 2 });
    const before = await sourcesOf(db);
    await db.execute(`create function break_off() returns trigger language plpgsql as $$ begin raise 'cut'; end $$;
      create trigger break_off before insert or update on ${table} for each row execute function break_off()`);
    expectFaults('read-page');
    await drain();
    await db.execute(`drop function break_off cascade`);
    expect([await sourcesOf(db), await headlinesOf(db), await sourceEvents(db)]).toEqual([
      before,
      ['First headline'],
      [],
    ]);
    // The queue writes down that a job failed after it has ended.
    const locked = `select 1 from graphile_worker._private_jobs where locked_at is not null`;
    await expect.poll(async () => (await db.execute(locked)).rowCount).toBe(0);
    await db.execute(`update graphile_worker._private_jobs set run_at = created_at where attempts > 0`);
    clock.advance({ minutes: 1 });
    await drain();
    expect(await headlinesOf(db)).toEqual(['First headline', 'Second headline']);
    expect(await sourceEvents(db)).toEqual([{ kind: 'headline-changed', actorId: null }]);
    expect(await db.$count(pageReadings)).toBe(1);
  },
);

test('an address as long as may be is read, too', async ({ as, db, drain, sites }) => {
  const path = `/${'long-'.repeat(300)}`;
  const site = await sites.serve('news.example', { [path]: article({}) });
  await post(await as.member(), site.origin + path);
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ publisher: 'Grid Ledger' });
  expect(await aliasesOf(db)).toEqual([]);
});
