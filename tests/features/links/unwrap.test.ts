// Links that hide the publisher: those that redirect are resolved, the others are left alone.
import { sources } from '../../../src/db/schema/index.ts';
import { askToRead, findReading } from '../../../src/features/links/index.ts';
import { urlKey } from '../../../src/domain/url-key.ts';
import { expect, test } from '../../support/forum.ts';
import { aliasesOf, article, post, sourceEvents, sourcesOf } from './reading.ts';

test('a shortened link becomes the publisher’s, and is read again there', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const story = article({ title: 'A story in the paper' });
  const paper = await sites.serve('paper.example', { '/story': story, '/story?utm_source=bitly': story });
  const short = await sites.serve('bit.ly', {
    '/3xAmple': { status: 301, headers: { location: `${paper.origin}/story?utm_source=bitly` } },
  });
  await post(await as.member(), `${short.origin}/3xAmple`);
  expect((await sourcesOf(db))[0]).toMatchObject({ wrapper: true, publisherHost: 'bit.ly' });
  await drain();
  const [source] = await sourcesOf(db);
  expect(source).toMatchObject({
    url: `${paper.origin}/story`,
    publisherHost: 'paper.example',
    publisher: 'Grid Ledger',
    title: 'A story in the paper',
    wrapper: false,
  });
  expect(await aliasesOf(db)).toMatchObject([{ kind: 'wrapper', url: `${short.origin}/3xAmple` }]);
  expect(await sourceEvents(db)).toEqual([{ kind: 'source-edited', actorId: null }]);
  expect(await findReading(db, source?.urlKey ?? '')).toMatchObject({ title: 'A story in the paper' });
  paper.pages.set('/story', { status: 404 });
  for (const step of [{ hours: 1 }, { hours: 23 }]) {
    clock.advance(step);
    await drain();
  }
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'dead' });
  expect(short.asked.filter((path) => path !== '/robots.txt')).toEqual(['/3xAmple']);
});

test.for([
  [
    'to another wrapper',
    (_paper: string, short: string) => ({ status: 302, headers: { location: `${short}/other` } }),
  ],
  ['nowhere, but to a page of its own', () => article({ title: 'https://short.example' })],
  ['to the front page of a paper', (paper: string) => ({ status: 302, headers: { location: `${paper}/` } })],
] as const)('a shortened link that leads %s stays marked', async ([, answer], { as, db, drain, sites }) => {
  const paper = await sites.serve('paper.example', { '/': article({}) });
  const short = await sites.serve('bit.ly', { '/other': article({}) });
  short.pages.set('/abc', answer(paper.origin, short.origin));
  await post(await as.member(), `${short.origin}/abc`);
  await drain();
  const [source] = await sourcesOf(db);
  expect(source).toMatchObject({ wrapper: true, publisherHost: 'bit.ly', title: null, publisher: null });
  expect(await findReading(db, source?.urlKey ?? '')).toMatchObject({
    fault: 'bit.ly did not tell where this link leads.',
  });
  expect(await sourceEvents(db)).toEqual([]);
});

test.for(['/2026/maker-faces-legal-challenge-in-court', '/an-error-of-consent-and-how-to-subscribe'])(
  'a headline may have words of pages that are none: %s',
  async (path, { as, db, drain, sites }) => {
    const paper = await sites.serve('paper.example', { [path]: article({}) });
    const location = `${paper.origin}${path}`;
    const short = await sites.serve('bit.ly', { '/abc': { status: 301, headers: { location } } });
    await post(await as.member(), `${short.origin}/abc`);
    await drain();
    expect(await sourcesOf(db)).toMatchObject([{ url: location, wrapper: false }]);
  },
);

test('Google News is not asked at all', async ({ as, db, drain, sites, clock }) => {
  const google = await sites.serve('news.google.com', {});
  await post(await as.member(), 'https://news.google.com/rss/articles/CBMiAUFVX3lxTE0?oc=5');
  for (const step of [{}, { hours: 1 }, { days: 7 }]) {
    clock.advance(step);
    await drain();
  }
  expect(google.asked).toEqual([]);
  const [source] = await sourcesOf(db);
  expect(source).toMatchObject({ wrapper: true, state: 'live', title: null });
  expect(await findReading(db, source?.urlKey ?? '')).toMatchObject({
    fault: 'news.google.com does not tell where its links lead.',
    gone: false,
  });
});

test('a source whose address was changed meanwhile is left alone', async ({ as, db, drain, sites }) => {
  const short = await sites.serve('bit.ly', { '/abc': { status: 302, headers: { location: '/x' } } });
  await post(await as.member(), `${short.origin}/abc`);
  await db.update(sources).set({ state: 'removed' });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ wrapper: true, fetchedAt: null });
});

test('a shortened link that a form had read before is resolved when it is posted, and its page followed', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const paper = await sites.serve('paper.example', { '/story': article({}) });
  const short = await sites.serve('bit.ly', {
    '/abc': { status: 301, headers: { location: `${paper.origin}/story` } },
  });
  const address = urlKey(`${short.origin}/abc`);
  if (!address.ok) throw new Error(address.reason);
  await db.transaction((tx) => askToRead(tx, address, clock.now()));
  await drain();
  expect(await findReading(db, address.key)).toMatchObject({
    title: 'Lead times reach four years',
    fault: null,
  });
  clock.advance({ minutes: 5 });
  await post(await as.member(), `${short.origin}/abc`);
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ publisherHost: 'paper.example', wrapper: false });
  expect(short.asked).toEqual(['/robots.txt', '/abc']);
  clock.advance({ hours: 1 });
  await drain();
  expect(paper.asked).toEqual(['/robots.txt', '/story', '/story']);
});
