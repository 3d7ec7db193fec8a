// Muted means gone from every surface of the one who muted, by whatever a topic can be muted, and back afterwards. Only the
// page of the muted thing itself shows what was asked for; others, and the public feeds, notice nothing.
import type { Database } from '../../src/db/connection.ts';
import {
  followLevels,
  newsItems,
  newsStories,
  notifications,
  tags,
  topicTags,
  visits,
} from '../../src/db/schema/index.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { URL_KEY_VERSION } from '../../src/domain/url-key.ts';
import { paths } from '../../src/web/paths.ts';
import type { Browser } from '../support/browser.ts';
import { type As, expect, test } from '../support/forum.ts';
import type { Make, TopicRow } from '../support/make.ts';
import { makeFeed } from '../features/incoming/sites.ts';

const TITLE = 'The Zeppelin-maker flies again';
const HOST = 'loud.example';

interface Scene {
  readonly topic: TopicRow;
  readonly stays: TopicRow;
  readonly reader: Browser;
  readonly readerId: MemberId;
  readonly mute: (way: Way) => Promise<unknown>;
  readonly unmute: () => Promise<unknown>;
}
const WAYS = ['topic', 'tag', 'section', 'site', 'member', 'word'] as const;
type Way = (typeof WAYS)[number];

/** A topic of a loud member that has everything by which it can be muted, and one that stays. */
async function setScene({ make, as, db }: { make: Make; as: As; db: Database }): Promise<Scene> {
  const loud = await make.member({ name: 'loud' });
  const section = 'infrastructure';
  const source = `https://${HOST}/flies`;
  const topic = await make.topic({ author: loud, title: TITLE, section, source, kind: 'digest' });
  const stays = await make.topic({ title: 'What stays', section, source: 'https://calm.example/1' });
  const [airships, flight] = await db
    .insert(tags)
    .values([
      { slug: 'airships', name: 'airships' },
      { slug: 'flight', name: 'flight' },
    ])
    .returning({ id: tags.id });
  const calm = await make.member({ name: 'calm' });
  await make.reply({ topic, author: calm, body: 'An answer in there' });
  await db.insert(topicTags).values([
    { topicId: topic.id, tagId: airships!.id, position: 0 },
    { topicId: topic.id, tagId: flight!.id, position: 1 },
    { topicId: stays.id, tagId: flight!.id, position: 0 },
  ]);
  const member = await make.member();
  // Their own reply, and one by somebody else to be told of.
  await make.reply({ topic, author: member });
  const answering = await as.member(calm);
  await answering.post(paths.topicReply(topic.id), { body: 'An answer to be told of' });
  const columns: Readonly<Record<Way, Partial<typeof followLevels.$inferInsert>>> = {
    topic: { topicId: topic.id },
    tag: { tagId: airships!.id },
    section: { sectionId: topic.sectionId },
    site: { host: HOST },
    member: { aboutId: loud.id },
    word: { word: 'zeppelin maker' },
  };
  return {
    ...{ topic, stays, reader: await as.member(member), readerId: member.id },
    mute: (way) =>
      db
        .insert(followLevels)
        .values({ memberId: member.id, level: 'nothing', setAt: topic.postedAt, ...columns[way] }),
    unmute: () => db.delete(followLevels),
  };
}

const SURFACES: readonly (readonly [string, (scene: Scene) => readonly string[], Way?])[] = [
  ['the front page with its digest', () => ['/']],
  ['another list', () => ['/top']],
  ['a section', () => ['/s/infrastructure'], 'section'],
  ['a tag', () => ['/tag/airships'], 'tag'],
  ['another tag', () => ['/tag/flight']],
  ['a site', () => [`/site/${HOST}`], 'site'],
  ['a member’s page', () => ['/u/loud'], 'member'],
  ['the page of a member who replied there', () => ['/u/calm']],
  ['the related topics', ({ stays }) => [paths.topic(stays)]],
  ['a search', () => ['/search?q=flies', '/search?q=flies&sort=new', '/search?q=answer&in=replies']],
  ['a search in another tag', () => ['/search?q=flies+tag:flight', '/search?q=is:topic+tag:flight']],
  ['a search in a tag', () => ['/search?q=flies+tag:airships'], 'tag'],
  ['a search in a section', () => ['/search?q=flies&section=infrastructure'], 'section'],
  ['a search on a site', () => [`/search?q=flies+site:${HOST}`], 'site'],
  ['a search by author', () => ['/search?q=flies&by=loud'], 'member'],
  ['what changed where somebody takes part', () => [paths.changes()]],
];

for (const [surface, addresses, ownWay] of SURFACES) {
  test(`what is muted leaves ${surface}, and comes back`, async ({ make, as, db }) => {
    const scene = await setScene({ make, as, db });
    for (const path of addresses(scene)) {
      const isShown = async () => (await scene.reader.visit(path)).main.includes(TITLE);
      expect(await isShown(), path).toBe(true);
      for (const way of WAYS) {
        await scene.mute(way);
        expect([way, await isShown()], path).toEqual([way, way === ownWay]);
        await scene.unmute();
      }
      expect(await isShown(), path).toBe(true);
    }
  });
}

test('the topic itself, the pages of others and the public feeds stay as they are', async ({
  make,
  as,
  db,
}) => {
  const { topic, reader, mute } = await setScene({ make, as, db });
  for (const way of WAYS) await mute(way);
  expect((await reader.visit('/')).main).not.toContain(TITLE);
  expect((await reader.visit(paths.topic(topic))).main).toContain(TITLE);
  expect((await reader.get('/feed.atom')).text).toContain(TITLE);
  for (const other of [as.visitor(), await as.member()])
    expect((await other.visit('/')).main).toContain(TITLE);
});

test('what is muted is gone from the feed of what its reader follows, and comes back', async ({
  make,
  as,
  db,
}) => {
  const { reader, readerId, topic, mute } = await setScene({ make, as, db });
  await reader.post(paths.feedKey());
  const page = await reader.visit(paths.feeds());
  const feed = (page.document.querySelector('#own-atom')?.getAttribute('value') ?? '').replace(
    /^.*?\/\/[^/]*/,
    '',
  );
  // Followed by something that is not muted with it.
  const follow = { memberId: readerId, level: 'all' as const, setAt: topic.postedAt };
  const isShown = async () => (await as.visitor().get(feed)).text.includes(TITLE);
  for (const way of WAYS) {
    await db.insert(followLevels).values({ ...follow, word: 'flies again' });
    expect([way, await isShown()]).toEqual([way, true]);
    await mute(way);
    expect([way, await isShown()]).toEqual([way, false]);
    await db.delete(followLevels);
  }
});

test('own topics are never left out', async ({ make, as }) => {
  const author = await make.member();
  await make.topic({ author, title: TITLE, source: `https://${HOST}/1` });
  const own = await as.member(author);
  await own.post(paths.followWord(), { word: 'zeppelin', level: 'nothing' });
  await own.post(paths.siteFollow(HOST), { level: 'nothing' });
  for (const path of ['/', '/new', `/u/${author.name}`])
    expect((await own.visit(path)).main, path).toContain(TITLE);
});

test('replies by someone muted are folded on topic pages, not new, and can be opened', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const loud = await make.member({ name: 'loud' });
  const first = await make.reply({ topic, body: 'Before' });
  const reader = await as.member();
  await reader.visit(paths.topic(topic));
  // It is noted after the answer.
  await expect.poll(() => db.$count(visits)).toBe(1);
  const reply = await make.reply({ topic, parent: first, author: loud, body: 'Noise' });
  await make.reply({ topic, parent: reply, body: 'An answer to it' });
  await reader.post(paths.memberFollow('loud'), { level: 'nothing' });
  const { document, main } = await reader.visit(paths.topic(topic));
  const item = document.querySelector(`#${paths.postAnchor(reply.id)}`);
  const folded = item?.querySelector('details.more');
  expect(folded?.hasAttribute('open')).toBe(false);
  expect(folded?.querySelector('summary')?.textContent).toBe('Reply by someone you muted');
  expect(folded?.textContent).toContain('Noise');
  expect(folded?.textContent).toContain('loud');
  expect(item?.querySelector('.reply-head')?.textContent).not.toContain('loud');
  // The answer by somebody else is to be read, and is all that is new.
  expect(folded?.textContent).not.toContain('An answer to it');
  expect(main).toContain('An answer to it');
  expect(document.querySelectorAll('.is-new')).toHaveLength(1);
  await reader.post(paths.memberFollow('loud'), { level: 'none' });
  const back = (await reader.visit(paths.topic(topic))).document;
  expect(back.querySelector(`#${paths.postAnchor(reply.id)} .reply-head`)?.textContent).toContain('loud');
});

test('nobody is told of what they have muted', async ({ make, as, db, drain }) => {
  const reader = await make.member({ name: 'reader' });
  const topic = await make.topic({ author: reader });
  const loud = await make.member({ name: 'loud' });
  const browser = await as.member(reader);
  await browser.post(paths.memberFollow('loud'), { level: 'nothing' });
  await (await as.member(loud)).post(paths.topicReply(topic.id), { body: 'Noise for @reader' });
  await (await as.member()).post(paths.topicReply(topic.id), { body: 'Something to hear' });
  await drain();
  const inbox = await browser.visit('/inbox');
  expect([inbox.main.includes('loud'), await db.$count(notifications)]).toEqual([false, 1]);
});

test('news on muted sites, with muted words, and of muted topics leave the news', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { reader, mute, unmute } = await setScene({ make, as, db });
  const feedId = await makeFeed(db, 'https://feed.example/', clock.now());
  const publish = async (title: string, host: string, urlKey: string) => {
    const [story] = await db.insert(newsStories).values({ lastItemAt: clock.now() }).returning();
    await db.insert(newsItems).values({
      ...{ storyId: story!.id, feedId, guidHash: urlKey, title, host, urlKey },
      ...{ url: `https://${host}/`, keyVersion: URL_KEY_VERSION, foundAt: clock.now() },
    });
  };
  await publish('Of the loud site', HOST, 'loud');
  await publish('A zeppelin maker, elsewhere', 'calm.example', 'word');
  await publish('Discussed there', 'calm.example', `${HOST}/flies`);
  const titles = ['Of the loud site', 'A zeppelin maker, elsewhere', 'Discussed there'];
  const shown = async () => {
    const { main } = await reader.visit(paths.incoming());
    return titles.filter((title) => main.includes(title));
  };
  expect(await shown()).toEqual(titles);
  const left: Partial<Record<Way, readonly string[]>> = {
    site: titles.slice(1, 2),
    word: titles.slice(0, 1),
    topic: titles.slice(0, 2),
  };
  for (const [way, expected] of Object.entries(left)) {
    await mute(way as Way);
    expect([way, ...(await shown())]).toEqual([way, ...expected]);
    await unmute();
  }
  expect(await shown()).toEqual(titles);
});
