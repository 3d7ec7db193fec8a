// What an opening post says of its topic (section, tags, address) is as much a part of an edit as its text: moderators
// about to approve it hear of the change, two windows do not overwrite each other, new members' limits hold.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, queueItems, revisions, sources } from '../../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { makeNewcomer } from './newcomers.ts';

async function versionOf(db: Database, id: PostId) {
  const [post] = await db.select({ version: posts.version }).from(posts).where(eq(posts.id, id));
  return post?.version;
}

async function addressOf(db: Database, id: TopicId) {
  const [source] = await db.select({ url: sources.url }).from(sources).where(eq(sources.topicId, id));
  return source?.url;
}

test.for([
  ['the address', { url: 'https://elsewhere.example/b' }],
  ['the section', { section: 'infrastructure' }],
  ['the tags', { tags: 'chips' }],
] as const)(
  'a moderator who looked at a held topic does not approve it after %s changed',
  async ([, change], { make, as, db }) => {
    const anna = await make.member();
    const topic = await make.topic({ author: anna, source: 'https://one.example/a', heldAt: new Date() });
    await db
      .insert(queueItems)
      .values({ kind: 'held', postId: topic.openingPostId, openedAt: new Date(), version: 1 });
    const moderator = await as.moderator();
    const queue = await moderator.visit('/moderation?tab=held');
    await (await (await as.member(anna)).visit(paths.postEdit(topic.openingPostId))).press('Save', change);
    expect((await queue.press('Approve')).status).toBe(409);
    expect((await as.visitor().get(paths.topic(topic))).status).toBe(404);
    expect(await versionOf(db, topic.openingPostId)).toBe(2);
    expect(await db.select().from(revisions)).toEqual([]);
  },
);

test('an older form does not put back the section, tags and address that were saved meanwhile', async ({
  make,
  as,
}) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, source: 'https://one.example/a', body: 'As it was.' });
  const browser = await as.member(anna);
  const [one, other] = [
    await browser.visit(paths.postEdit(topic.openingPostId)),
    await browser.visit(paths.postEdit(topic.openingPostId)),
  ];
  const saved = { url: 'https://two.example/b', section: 'infrastructure', tags: 'chips, power' };
  await one.press('Save', saved);
  const stale = await other.press('Save', { body: 'What the other says.' });
  expect(stale.status).toBe(409);
  for (const value of ['https://two.example/b', 'Infrastructure', 'chips, power'])
    expect(stale.document.querySelector('[role=alert] + .field')?.textContent).toContain(value);
  expect(stale.field('body').value).toBe('What the other says.');
  expect(stale.field('tags').value).toBe('');
  const now = await browser.visit(paths.postEdit(topic.openingPostId));
  expect([now.field('url').value, now.field('tags').value]).toEqual([saved.url, saved.tags]);
  expect(now.field('body').value).toBe('As it was.');

  await stale.press('Save', saved);
  const after = await browser.visit(paths.postEdit(topic.openingPostId));
  expect([after.field('body').value, after.field('tags').value]).toEqual([
    'What the other says.',
    'chips, power',
  ]);
});

test('the same change of a topic sent twice is made once', async ({ make, as, db }) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, source: 'https://one.example/a' });
  const browser = await as.member(anna);
  const form = {
    version: '1',
    title: topic.title,
    url: 'https://two.example/b',
    section: 'infrastructure',
    tags: 'Chips',
    body: 'What do you make of this?',
  };
  for (const time of ['first', 'second'])
    expect((await browser.post(paths.postEdit(topic.openingPostId), form)).status, time).toBe(303);
  expect(await versionOf(db, topic.openingPostId)).toBe(2);
});

test('a new member whose topic others see cannot change where it leads, unless two were looked at', async ({
  make,
  as,
  app,
  db,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const topic = await make.topic({ author: newcomer, source: 'https://one.example/a' });
  const browser = await as.member(newcomer);
  const page = await browser.visit(paths.postEdit(topic.openingPostId));
  const again = await page.press('Save', { url: 'https://buy.example/now' });
  expect(again.status).toBe(403);
  expect(again.main).toContain('A moderator looks at your first posts with a link');
  expect(again.field('url').value).toBe('https://buy.example/now');
  expect(await addressOf(db, topic.id)).toBe('https://one.example/a');

  await make.topic({ author: newcomer, source: 'https://two.example/b' });
  await again.press('Save');
  expect(await addressOf(db, topic.id)).toBe('https://buy.example/now');
});

test('a new member changes the address of a topic that still awaits approval', async ({
  make,
  as,
  app,
  db,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const topic = await make.topic({
    author: newcomer,
    source: 'https://one.example/a',
    heldAt: app.clock.now(),
  });
  const page = await (await as.member(newcomer)).visit(paths.postEdit(topic.openingPostId));
  await page.press('Save', { url: 'https://two.example/b' });
  expect(await addressOf(db, topic.id)).toBe('https://two.example/b');
});
