// The feed of what a member follows: its key, what is in it, and what is not.
import { eq } from 'drizzle-orm';
import { members, posts, tags, topicTags } from '../../../src/db/schema/index.ts';
import { addressesOf } from './reader.ts';
import { expect, SECRET, test } from '../../support/forum.ts';
import { noteSecretFields } from '../../support/logged-secrets.ts';
import type { Browser } from '../../support/browser.ts';
import { sanction } from '../members/sanctions.ts';

const SITE = 'http://localhost:3000';

/** Makes a key on the page of feeds, and reads the addresses there. */
async function ownFeed(browser: Browser): Promise<{ readonly atom: string; readonly json: string }> {
  const page = await browser.visit('/feeds');
  const made = await page.press(page.document.querySelector('#own-atom') ? 'Make a new key' : 'Make my feed');
  const [atom, json] = ['atom', 'json'].map((format) => {
    const address = made.document.querySelector(`#own-${format}`)?.getAttribute('value') ?? '';
    expect(address.startsWith(`${SITE}/feeds/own/`)).toBe(true);
    return address.slice(SITE.length);
  }) as [string, string];
  noteSecretFields([['key', atom.split('/')[3] ?? '']]);
  expect(made.headers['cache-control']).toBe('no-store');
  return { atom, json };
}

async function titlesOf(browser: Browser, path: string): Promise<string[]> {
  const { items } = JSON.parse((await browser.get(path)).text) as { items: { title: string }[] };
  return items.map(({ title }) => title);
}

test('whoever has the address reads new topics and replies that its member follows, without logging in', async ({
  make,
  as,
  db,
  clock,
}) => {
  const reader = await make.member({ name: 'reader' });
  const browser = await as.member(reader);
  const kevin = await make.member({ name: 'kevin_h' });
  const tagged = await make.topic({ title: 'About a tag', postedAt: clock.ago({ hours: 5 }) });
  const [tag] = await db.insert(tags).values({ slug: 'gpu', name: 'GPU' }).returning();
  await db.insert(topicTags).values({ topicId: tagged.id, tagId: tag!.id, position: 1 });
  const old = await make.topic({ title: 'An old topic', postedAt: clock.ago({ days: 80 }) });
  await make.reply({ topic: old, author: kevin, postedAt: clock.ago({ hours: 1 }) });
  await make.reply({ topic: old, author: reader, postedAt: clock.ago({ hours: 1 }) });
  const other = await make.topic({ title: 'Of no interest' });
  await make.reply({ topic: other, author: kevin });
  const feed = await ownFeed(browser);
  const visitor = as.visitor();
  expect(await titlesOf(visitor, feed.json)).toEqual([]);

  await browser.post('/tag/gpu/follow', { level: 'all' });
  await browser.post(`/t/${old.id}/follow`, { level: 'all' });
  expect(await titlesOf(visitor, feed.json)).toEqual([
    'kevin_h in An old topic',
    'About a tag',
    'An old topic',
  ]);
  const { headers, text } = await visitor.get(feed.atom);
  expect(headers).toMatchObject({
    'content-type': 'application/atom+xml; charset=utf-8',
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
  });
  expect(text).toContain('<title>Tokenwire: what reader follows</title>');
  expect((await visitor.get(feed.atom, { 'if-none-match': String(headers.etag) })).status).toBe(304);

  // Muted things, and what models wrote where that is not wanted, are left out.
  await browser.post('/u/kevin_h/follow', { level: 'nothing' });
  expect(await titlesOf(visitor, feed.json)).toEqual(['About a tag', 'An old topic']);
  await browser.post('/s/funding/follow', { level: 'nothing' });
  expect(await titlesOf(visitor, feed.json)).toEqual([]);
  await browser.post('/s/funding/follow', { level: 'none' });
  await browser.post('/u/kevin_h/follow', { level: 'none' });
  await db.update(members).set({ hidesModelWritten: true }).where(eq(members.id, reader.id));
  await db.update(posts).set({ modelWritten: true }).where(eq(posts.authorId, kevin.id));
  expect(await titlesOf(visitor, feed.json)).toEqual(['About a tag', 'An old topic']);
});

test('what is hidden, held or withdrawn is not in it, for a moderator either', async ({
  make,
  as,
  clock,
}) => {
  const moderator = await make.member({ role: 'moderator' });
  const browser = await as.moderator(moderator);
  const topic = await make.topic({ title: 'Visible' });
  await browser.post(`/t/${topic.id}/follow`, { level: 'all' });
  await browser.post('/s/funding/follow', { level: 'all' });
  const now = clock.now();
  for (const gone of [{ hiddenAt: now }, { heldAt: now }, { withdrawnAt: now }]) {
    await make.topic({ title: 'Secret', body: 'Secret', ...gone });
    await make.reply({ topic, body: 'Secret', ...gone });
  }
  const { atom, json } = await ownFeed(browser);
  for (const path of [atom, json]) {
    const { text } = await browser.get(path);
    expect(text).toContain('Visible');
    expect(text).not.toContain('Secret');
  }
});

test('a new key ends the one before, and no other text opens anything', async ({ as, make, forum }) => {
  const browser = await as.member();
  const first = await ownFeed(browser);
  const second = await ownFeed(browser);
  const visitor = as.visitor();
  const statusOf = async (path: string) => (await visitor.get(path)).status;
  expect(await statusOf(first.atom)).toBe(404);
  expect(await statusOf(second.atom)).toBe(200);
  expect(await statusOf(second.json)).toBe(200);
  const [, , , key = ''] = second.atom.split('/');
  const [id = '', seal = ''] = key.split('.');
  const other = await make.member();
  for (const wrong of [
    `${other.id}-1.${seal}`,
    id.replace(/-2$/, '-3') + `.${seal}`,
    `${id}.${seal.slice(1)}A`,
    id,
    'x',
    '%F0%9F%94%91',
  ])
    expect(await statusOf(`/feeds/own/${wrong}/feed.atom`), wrong).toBe(404);
  // Cut off or mistyped, it is still nothing that a log should hold: the fixtures look for it there.
  expect(await statusOf(`/feeds/own/${key}`)).toBe(404);
  expect(await statusOf(`/feeds/own/${key}/feed.xml`)).toBe(404);

  const rotated = await forum.build({
    secret: 'another secret of tests, long enough to be one',
    config: { secretPrevious: [SECRET] },
  });
  const strange = await forum.build({ secret: 'another secret of tests, long enough to be one' });
  expect((await rotated.inject(second.json)).statusCode).toBe(200);
  expect((await strange.inject(second.json)).statusCode).toBe(404);
  await rotated.close();
  await strange.close();
});

test('the key of somebody who is suspended opens nothing until that is over, that of somebody who is gone never', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member();
  const { json } = await ownFeed(await as.member(member));
  const visitor = as.visitor();
  await sanction(db, member, 'suspension', { startsAt: clock.now(), endsAt: clock.ago({ days: -1 }) });
  expect((await visitor.get(json)).status).toBe(404);
  clock.advance({ days: 2 });
  expect((await visitor.get(json)).status).toBe(200);
  const gone = await make.member();
  const left = await ownFeed(await as.member(gone));
  await db.delete(members).where(eq(members.id, gone.id));
  expect((await visitor.get(left.json)).status).toBe(404);
});

test('visitors read which feeds there are, and log in for one of their own', async ({ as, app }) => {
  const visitor = as.visitor();
  const page = await visitor.visit('/feeds');
  expect(page.document.querySelector('form[action="/feeds/key"]')).toBeNull();
  expect((await visitor.post('/feeds/key')).headers.location).toMatch(/^\/sign-in/);
  const addresses = addressesOf(page);
  expect(addresses).toContain('/feed.atom');
  expect(addresses).toContain('/s/funding/feed.json');
  for (const address of addresses) expect((await app.inject(address)).statusCode, address).toBe(200);
});
