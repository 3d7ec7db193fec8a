// Hidden means gone: one test per surface. Whatever is hidden, held, withdrawn, both, or merged away is looked for on it
// by a visitor, by another member and, where a list is meant, by a moderator; at the end all surfaces for a spammer's.
import { setTimeout as after } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../../src/db/connection.ts';
import {
  actions,
  followLevels,
  notifications,
  posts,
  tags,
  topics,
  topicTags,
  weeks,
  weekTopics,
} from '../../src/db/schema/index.ts';
import type { TagId } from '../../src/domain/ids.ts';
import { DAY } from '../../src/domain/times.ts';
import { sendMail } from '../../src/features/mails/index.ts';
import { recordEvent } from '../../src/features/threads/index.ts';
import { paths } from '../../src/web/paths.ts';
import type { Browser } from '../support/browser.ts';
import { type As, expect } from '../support/forum.ts';
import type { Make, MemberRow, PostRow, TopicRow } from '../support/make.ts';
import { ask, isKept } from './page-cache/asking.ts';
import { test } from './page-cache/other-process.ts';

/** Stands in every title, text and address of what is gone, and nowhere else. */
const WORD = 'zeppelin';
const HOST = `${WORD}.example`;
const MERGED = `The ${WORD} that was merged`;
const AT = new Date('2026-04-03T12:00:00Z');

const WAYS = {
  hidden: { hiddenAt: AT },
  held: { heldAt: AT },
  withdrawn: { withdrawnAt: AT },
  'hidden and withdrawn': { hiddenAt: AT, withdrawnAt: AT },
} as const;

interface Written {
  readonly topics: readonly TopicRow[];
  readonly replies: readonly PostRow[];
}
interface Scene extends Written {
  readonly author: MemberRow;
  /** What stays: a topic with one visible reply beside those that are gone. */
  readonly stays: TopicRow;
}

async function setScene(make: Make, db: Database): Promise<Scene> {
  const author = await make.member({ name: 'author' });
  const tagId = await makeTag(db);
  const source = `https://${HOST}/stays`;
  const stays = await make.topic({ title: 'What stays', body: 'A text that stays', source });
  const parent = await make.reply({ topic: stays, body: 'A reply that stays' });
  const gone: { topics: TopicRow[]; replies: PostRow[] } = { topics: [], replies: [] };
  for (const [way, columns] of Object.entries(WAYS)) {
    const written = await write(make, author, { stays, parent }, way, columns);
    gone.topics.push(...written.topics);
    gone.replies.push(...written.replies);
  }
  const merged = { title: MERGED, source: `https://${HOST}/merged`, mergedIntoId: stays.id };
  gone.topics.push(await make.topic({ author, ...merged }));
  await db
    .insert(topicTags)
    .values([...gone.topics, stays].map(({ id: topicId }) => ({ topicId, tagId, position: 1 })));
  return { ...gone, author, stays };
}

async function makeTag(db: Database): Promise<TagId> {
  const [tag] = await db.insert(tags).values({ slug: 'airships', name: 'airships' }).returning();
  return tag!.id;
}

/** A topic about an article, and an answer in the topic that stays. */
async function write(
  make: Make,
  author: MemberRow,
  { stays, parent }: { stays: TopicRow; parent: PostRow },
  way: string,
  columns: Partial<Record<'hiddenAt' | 'heldAt' | 'withdrawnAt', Date>> = {},
): Promise<Written> {
  const body = `Words of the ${WORD}, ${way}`;
  const source = `https://${HOST}/${way.replaceAll(' ', '-')}`;
  const topic = await make.topic({ author, title: `The ${WORD} ${way}`, body, source, ...columns });
  await make.reply({ topic, body: 'Somebody answers' });
  const reply = await make.reply({ topic: stays, parent, author, body, ...columns });
  return { topics: [topic], replies: [reply] };
}

/** What a page says of things that are gone, but for the words of a search that it repeats. */
function tracesOf({ topics: gone }: Written, html: string): string[] {
  const said = html
    .replaceAll(`value="${WORD}"`, '')
    .replaceAll(`q=${WORD}`, '')
    .replaceAll(`“${WORD}”`, '')
    .replaceAll(new RegExp(`/site/${HOST}|<h1[^>]*>${HOST}</h1>|<title>${HOST}[^<]*`, 'g'), '');
  const texts = said.match(new RegExp(`.{0,40}(?:the|words of the) ${WORD}.{0,40}`, 'gi')) ?? [];
  const links = said.match(new RegExp(`https://${HOST}/(?!stays)[^"<]*`, 'g')) ?? [];
  return [
    ...texts,
    ...links,
    ...gone.filter(({ id }) => said.includes(`/t/${id}/`)).map(({ id }) => `/t/${id}/`),
  ];
}

async function expectNothing(as: As, scene: Written, surface: readonly string[], viewers = VIEWERS) {
  for (const viewer of viewers) {
    const browser: Browser = await as[viewer]();
    for (const path of surface) {
      const { html, status } = await browser.visit(path);
      expect([status, ...tracesOf(scene, html)], `${path} for a ${viewer}`).toEqual([200]);
    }
  }
}

const VIEWERS: readonly ('visitor' | 'member' | 'moderator')[] = ['visitor', 'member', 'moderator'];

const SURFACES: readonly (readonly [string, readonly string[]])[] = [
  ['the front page', ['/']],
  ['the list of new topics', ['/new']],
  ['the list of active topics', ['/active']],
  ['the list of top topics', ['/top', '/top?t=day', '/top?t=all']],
  ['a section', ['/s/funding', '/s/funding?sort=new', '/s/funding?sort=active']],
  ['a tag', ['/tag/airships', '/tag/airships?sort=new', '/tags']],
  ['a list that is narrowed', ['/?tag=airships', '/new?tag=airships&age=year', `/site/${HOST}?tag=-other`]],
  ['the list of second chances', ['/second-chance', '/second-chance?tag=airships']],
  ['a site', [`/site/${HOST}`]],
  ['a member’s page', ['/u/author', '/u/author?show=topics', '/u/author?show=replies']],
  ['the search', [`/search?q=${WORD}`, `/search?q=${WORD}&in=topics`, `/search?q=${WORD}&in=replies`]],
  [
    'the Atom feeds',
    [
      ...['/feed.atom', '/s/funding/feed.atom', '/tag/airships/feed.atom', `/site/${HOST}/feed.atom`],
      ...['/hot/feed.atom', '/top/feed.atom?t=all', '/active/feed.atom', '/second-chance/feed.atom'],
      '/u/author/feed.atom',
    ],
  ],
  [
    'the JSON feeds',
    [
      ...['/feed.json', '/s/funding/feed.json', '/tag/airships/feed.json', `/site/${HOST}/feed.json`],
      ...['/hot/feed.json', '/top/feed.json?t=all', '/active/feed.json', '/second-chance/feed.json'],
      '/u/author/feed.json',
    ],
  ],
  ['the sitemap', ['/sitemap.xml']],
  ['the log', ['/moderation/log']],
  ['the news', ['/incoming']],
];

for (const [surface, addresses] of SURFACES) {
  test(`nothing that is gone is on ${surface}`, async ({ make, as, db }) => {
    await expectNothing(as, await setScene(make, db), addresses);
  });
}

test('nothing that is gone is in the texts, the OpenGraph or the JSON-LD of a topic', async ({
  make,
  as,
  db,
}) => {
  const { stays, author, ...gone } = await setScene(make, db);
  for (const browser of [as.visitor(), await as.member()]) {
    const feed = paths.atomFeed(paths.topicFeeds(stays.id));
    for (const path of [paths.topic(stays), paths.topic(stays, { sort: 'new' }), feed]) {
      const { html } = await browser.visit(path);
      expect(tracesOf(gone, html.replaceAll(MERGED, '')), path).toEqual([]);
    }
    for (const topic of gone.topics.slice(0, -1)) {
      const { html, document: page, status } = await browser.visit(paths.topicById(topic.id));
      // A withdrawn one that others answered keeps their answers, and the title that they answer to.
      expect([200, 404, 410]).toContain(status);
      const said = status === 200 ? html.replaceAll(topic.title, '') : html;
      expect(tracesOf({ topics: [], replies: [] }, said)).toEqual([]);
      if (status !== 200)
        expect(page.querySelector('meta[property^="og:"], script[type="application/ld+json"]')).toBeNull();
    }
  }
  const { document } = await as.visitor().visit(paths.topic(stays));
  const structured = document.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
  expect(structured).toContain('A reply that stays');
  expect(structured.match(/"@type":"Comment"/g)).toHaveLength(1);
  // Its author reads it there, and so do moderators.
  const own = await (await as.member(author)).visit(paths.topic(stays));
  expect(own.main).toContain(`Words of the ${WORD}, hidden`);
});

test('what is gone is in no count', async ({ make, as, db }) => {
  const { stays } = await setScene(make, db);
  const visitor = as.visitor();
  expect((await visitor.visit(paths.topic(stays))).text).toContain('Replies (1)');
  expect((await visitor.visit('/')).text).toContain('1 reply');
  const member = await visitor.visit('/u/author');
  expect(member.main).toMatch(/Topics 0|0 topics/);
  expect(member.main).toMatch(/Replies 0|0 replies/);
});

test('a digest that is gone is not offered beside the lists', async ({ make, as, db }) => {
  const digest = await make.topic({ kind: 'digest', title: `The ${WORD} weekly`, body: 'This week' });
  expect((await as.visitor().visit('/')).text).toContain(`The ${WORD} weekly`);
  await db.update(topics).set({ hiddenAt: AT }).where(eq(topics.id, digest.id));
  await expectNothing(as, { topics: [digest], replies: [] }, ['/', '/new', '/feed.atom']);
});

test('nothing that is gone is on the page of its week, in the list of weeks, their feeds or their mail', async ({
  make,
  as,
  db,
  drain,
  mails,
}) => {
  const scene = await setScene(make, db);
  const startsAt = new Date('2026-03-23T00:00:00Z');
  const name = '2026-W13';
  const [week] = await db.insert(weeks).values({ name, startsAt, closedAt: AT }).returning();
  const ofWeek = [...scene.topics, scene.stays].map(({ id: topicId }) => ({
    weekId: week!.id,
    topicId,
    position: 1,
  }));
  await db.insert(weekTopics).values(ofWeek);
  const feeds = ['/weeks/feed.atom', '/weeks/feed.json'];
  await expectNothing(as, scene, [paths.week(name), paths.weeks(), ...feeds]);
  // What was merged leads to what stays.
  const { document, main } = await as.visitor().visit(paths.week(name));
  expect(main).toContain('What stays');
  expect(document.querySelectorAll('.row')).toHaveLength(1);

  const reader = await make.member({ weekByMailSince: AT });
  await db.transaction((tx) => sendMail(tx, { to: reader.id, mail: 'week', weekId: week!.id }));
  await drain();
  expect(mails()[0]?.text).toContain('What stays');
  expect(tracesOf(scene, `${mails()[0]?.text}${mails()[0]?.html}`)).toEqual([]);
});

test('a gathered mail tells nothing of what is gone', async ({ make, db, drain, mails }) => {
  const { replies, topics: gone, stays, author } = await setScene(make, db);
  const reader = await make.member({ name: 'reader' });
  const told = { memberId: reader.id, at: AT, actorId: author.id, mail: 'daily' as const };
  const standing = await make.reply({ topic: stays, body: 'Another that stays' });
  const written = await db
    .insert(notifications)
    .values([
      ...[...replies, standing].map(({ id: postId }) => ({
        ...{ ...told, kind: 'topic' as const, postId, topicId: stays.id },
      })),
      // The opening post of what was merged stands on the page of what stays.
      ...gone.slice(0, -1).map(({ id: topicId, openingPostId: postId }) => ({
        ...told,
        kind: 'new-topic' as const,
        postId,
        topicId,
      })),
    ])
    .returning({ id: notifications.id });
  const notificationIds = written.map(({ id }) => id);
  await db.transaction((tx) =>
    sendMail(tx, { to: reader.id, mail: 'gathered', which: 'daily', notificationIds }),
  );
  await drain();
  expect(mails()[0]?.text).toContain('Another that stays');
  expect(tracesOf({ topics: gone, replies }, `${mails()[0]?.text}${mails()[0]?.html}`)).toEqual([]);
});

test('notifications that were written already tell nothing of what is gone', async ({ make, as, db }) => {
  const { replies, stays, author } = await setScene(make, db);
  const reader = await make.member({ name: 'reader' });
  const told = { memberId: reader.id, kind: 'reply' as const, at: AT, actorId: author.id, topicId: stays.id };
  await db.insert(notifications).values(replies.map(({ id: postId }) => ({ ...told, postId })));
  const inbox = await (await as.member(reader)).visit('/inbox');
  expect(tracesOf({ topics: [], replies: [] }, inbox.html)).toEqual([]);
});

test('what is queued to be told is not told of a post that is gone by then', async ({
  make,
  as,
  db,
  drain,
  mails,
}) => {
  const stays = await make.topic({ author: await make.member({ name: 'reader' }) });
  const moderator = await as.moderator();
  const answered = await (
    await as.member()
  ).post(paths.topicReply(stays.id), { body: `Words of the ${WORD} to @reader` });
  const [reply] = await db
    .select()
    .from(posts)
    .where(eq(posts.topicId, stays.id))
    .orderBy(posts.id)
    .offset(1);
  expect([answered.status, reply?.state]).toEqual([303, 'visible']);
  await moderator.post(paths.postHide(reply!.id), { canned: 'Spam or promotion' });
  await drain();
  const told = await db.select().from(notifications).where(eq(notifications.kind, 'reply'));
  expect(told).toEqual([]);
  expect(mails().filter(({ to }) => to.includes('reader@'))).toEqual([]);
});

test('nothing that is gone is in the lists chosen for a member, nor counted as new', async ({
  make,
  as,
  db,
  clock,
}) => {
  const scene = await setScene(make, db);
  const reader = await make.member();
  const level = { memberId: reader.id, level: 'all' as const, setAt: clock.now() };
  await db.insert(followLevels).values([
    { ...level, sectionId: scene.stays.sectionId },
    { ...level, host: HOST },
    { ...level, aboutId: scene.author.id },
  ]);
  const browser = await as.member(reader);
  for (const path of [paths.followed(), paths.unread(), paths.followed({ sort: 'hot', tag: 'airships' })]) {
    const page = await browser.visit(path);
    expect([path, page.status, ...tracesOf(scene, page.html)]).toEqual([path, 200]);
    expect(page.main).toContain('What stays');
  }
  const { postedAt, openingPostId } = scene.stays;
  await db
    .update(topics)
    .set({ postedAt: new Date(postedAt.getTime() - 1) })
    .where(eq(topics.id, scene.stays.id));
  await db
    .update(posts)
    .set({ postedAt: new Date(postedAt.getTime() - 1) })
    .where(eq(posts.id, openingPostId));
  const answer = await browser.get(paths.newTopics({ since: openingPostId }));
  expect(JSON.parse(answer.text)).toEqual({ text: '' });
});

test('nothing that is gone is in what changed, of a topic or over those that a member follows', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { stays, author, ...gone } = await setScene(make, db);
  const reader = await make.member();
  const all = { memberId: reader.id, level: 'all' as const, setAt: clock.now() };
  await db.insert(followLevels).values([stays, ...gone.topics].map(({ id }) => ({ ...all, topicId: id })));
  const by = { at: clock.now(), actorId: author.id };
  await db.transaction(async (tx) => {
    for (const { id: topicId, openingPostId: postId, kind: topicKind } of [stays, ...gone.topics])
      await recordEvent(tx, { kind: 'topic-posted', ...by, topicId, postId, data: { topicKind } });
    for (const { id: postId } of gone.replies) {
      const data = { parentId: null, branchId: postId, purpose: null };
      await recordEvent(tx, { kind: 'reply-posted', ...by, topicId: stays.id, postId, data });
    }
  });
  const scene = { ...gone, replies: [] };
  await expectNothing(as, scene, [paths.topicChanges(stays.id)]);
  const list = await (await as.member(reader)).visit(paths.changes());
  expect([list.status, ...tracesOf(scene, list.html)]).toEqual([200]);
  // A withdrawn one that others answered keeps its page.
  for (const { id } of gone.topics.filter(({ state }) => state === 'hidden' || state === 'held')) {
    const page = await as.visitor().visit(paths.topicChanges(id));
    expect([[404, 410].includes(page.status), page.html.includes(WORD)]).toEqual([true, false]);
  }
  // What stands is said.
  expect(list.main).toContain('What stays');
});

test('a page that a browser or a reader kept is asked for anew once something on it is gone', async ({
  make,
  as,
}) => {
  const topic = await make.topic({ title: `The ${WORD} hidden`, body: `Words of the ${WORD}` });
  const addresses = ['/', '/feed.atom', '/feed.json', '/sitemap.xml', paths.topic(topic)];
  const visitor = as.visitor();
  const kept = new Map<string, string | undefined>();
  for (const path of addresses) kept.set(path, (await visitor.get(path)).headers.etag);
  await (await as.moderator()).post(paths.postHide(topic.openingPostId), { canned: 'Spam or promotion' });
  for (const path of addresses) {
    const { status, text } = await visitor.get(path, { 'if-none-match': kept.get(path) ?? '"none"' });
    expect([path, [200, 410].includes(status), tracesOf({ topics: [], replies: [] }, text)]).toEqual([
      path,
      true,
      [],
    ]);
  }
});

test('all that a suspended spammer posted is gone from every surface, though kept by two processes, and back when that is undone', async ({
  make,
  as,
  db,
  app,
  other,
}) => {
  const spammer = await make.member({ name: 'author' });
  const tagId = await makeTag(db);
  const stays = await make.topic({ title: 'What stays', source: `https://${HOST}/stays` });
  await db.insert(topicTags).values({ topicId: stays.id, tagId, position: 1 });
  const parent = await make.reply({ topic: stays, body: 'A reply that stays' });
  const spam = await write(make, spammer, { stays, parent }, 'for sale');
  const moderator = await as.moderator();
  const page = await moderator.visit(paths.sanctionMember('author'));
  const surfaces = [...SURFACES.flatMap(([, addresses]) => addresses), paths.topic(stays)];
  const shown = async (process: FastifyInstance) => {
    const plain = { 'accept-encoding': 'identity' };
    const answers = await Promise.all(surfaces.map((path) => ask(process, path, plain)));
    const showing = answers.filter(({ body }) => tracesOf(spam, body.toString()).length > 0).length;
    return { showing, kept: answers.filter(isKept).length };
  };
  for (const process of [app, other]) {
    expect((await shown(process)).showing).toBeGreaterThan(25);
    await expect.poll(async () => (await shown(process)).kept).toBeGreaterThan(25);
  }
  const length = String(7 * DAY);
  const done = await page.press('Decide', { kind: 'suspension', length, 'hide-all': true, reason: 'Spam' });
  expect(done.url).toBe(paths.moderationMember('author'));
  expect((await shown(app)).showing).toBe(0);
  await after(100);
  expect((await shown(other)).showing).toBe(0);
  for (const [, addresses] of SURFACES) await expectNothing(as, spam, addresses, ['visitor', 'member']);
  const topic = paths.topic(stays);
  expect(tracesOf(spam, (await as.visitor().visit(topic)).html)).toEqual([]);
  expect((await moderator.visit(topic)).main).toContain(`Words of the ${WORD}, for sale`);

  const [suspension] = await db.select({ id: actions.id }).from(actions).where(eq(actions.kind, 'suspend'));
  const undone = await moderator.post(paths.undo(suspension!.id), { reason: 'Not a spammer after all' });
  expect(undone.status, undone.text).toBe(303);
  expect((await as.visitor().visit('/')).html).toContain(`The ${WORD} for sale`);
  expect((await as.visitor().visit(topic)).main).toContain(`Words of the ${WORD}, for sale`);
});
