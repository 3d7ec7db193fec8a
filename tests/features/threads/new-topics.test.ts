// What an open list asks for every now and then: how many topics have come in since it was made.
import { eq } from 'drizzle-orm';
import { followLevels, topics } from '../../../src/db/schema/index.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

async function addressOn(browser: Browser, list: string): Promise<string> {
  const { document } = await browser.visit(list);
  return document.querySelector('[data-new-topics]')?.getAttribute('data-new-topics') ?? '';
}

async function asked(browser: Browser, address: string): Promise<unknown> {
  const { status, text } = await browser.get(address, { accept: 'application/json' });
  return status === 200 ? (JSON.parse(text) as { text: string }).text : status;
}

test('each open list is told of its own topics', async ({ make, as, clock }) => {
  await make.topic({ section: 'funding', source: 'https://a.example/1' });
  const browser = as.visitor();
  const open: Record<string, string> = {};
  for (const list of [
    '/',
    '/new',
    '/active',
    '/s/funding',
    '/s/regions',
    '/site/a.example',
    '/s/funding?tag=none',
  ]) {
    open[list] = await addressOn(browser, list);
  }
  for (const address of Object.values(open).filter(Boolean)) expect(await asked(browser, address)).toBe('');
  clock.advance({ minutes: 1 });
  await make.topic({ section: 'funding', source: 'https://a.example/2', postedAt: clock.now() });
  await make.topic({ section: 'funding', postedAt: clock.now() });
  await make.topic({ section: 'funding', postedAt: clock.now(), hiddenAt: clock.now() });
  expect(await asked(browser, open['/']!)).toBe('2 new topics');
  expect(await asked(browser, open['/active']!)).toBe('2 new topics');
  expect(await asked(browser, open['/s/funding']!)).toBe('2 new topics');
  expect(await asked(browser, open['/site/a.example']!)).toBe('1 new topic');
  // Nothing was in these, which says nothing of what came.
  expect([open['/s/regions'], open['/s/funding?tag=none']]).toEqual(['', '']);
  for (const list of ['/top', '/second-chance']) expect(await addressOn(browser, list)).toBe('');
});

test('what was approved since counts, though it was written before', async ({ make, as, db, clock }) => {
  const held = await make.topic({ heldAt: clock.now(), postedAt: clock.ago({ hours: 5 }) });
  await make.topic();
  const browser = as.visitor();
  const address = await addressOn(browser, '/');
  clock.advance({ minutes: 1 });
  await db.update(topics).set({ heldAt: null, postedAt: clock.now() }).where(eq(topics.id, held.id));
  expect(await asked(browser, address)).toBe('1 new topic');
});

test('what is unchanged costs a 304; visitors share the answer, members have their own', async ({
  make,
  as,
  db,
  clock,
}) => {
  await make.topic();
  const reader = await make.member();
  const member = await as.member(reader);
  const address = await addressOn(member, '/');
  const first = await member.get(address);
  expect(first.headers['cache-control']).toBe('private, no-cache');
  const etag = String(first.headers.etag);
  expect((await member.get(address, { 'if-none-match': etag })).status).toBe(304);
  clock.advance({ minutes: 1 });
  await make.topic({ source: 'https://muted.example/a', postedAt: clock.now() });
  expect((await as.visitor().get(address, { 'if-none-match': etag })).status).toBe(200);
  expect((await as.visitor().get(address)).headers['cache-control']).toBe('public, max-age=15');
  await db
    .insert(followLevels)
    .values({ memberId: reader.id, host: 'muted.example', level: 'nothing', setAt: clock.now() });
  expect((await member.get(address, { 'if-none-match': etag })).status).toBe(304);
});

test.for([
  ['/new/topics', 404],
  ['/new/topics?since=x', 404],
  ['/new/topics?since=1&section=nowhere', 404],
  ['/new/topics?since=1&site=a.example&site=b.example', 200],
  ['/new/topics?since=9007199254740991', 200],
] as const)('%s is answered with %i', async ([address, status], { as }) => {
  expect((await as.visitor().get(address, { accept: 'application/json' })).status).toBe(status);
});
