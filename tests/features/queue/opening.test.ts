// Work that opens by itself: links and suggestions that members have not settled among themselves, and that goes with
// what it was about.
import { eq } from 'drizzle-orm';
import { sources } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { topicRow } from '../../support/moderation-rows.ts';
import { sourcesOf, SEED_LINK, giveSource } from '../sources/rows.ts';
import { asViewer, decide, open, openItems, runHourly } from './items.ts';

const REAL = 'https://news.crunchbase.com/venture/record-breaking-funding-ai-global-q1-2026/';
const kinds = (items: readonly { readonly kind: string }[]) => items.map(({ kind }) => kind);

test('a link that hides its publisher has a day for members, then moderators are asked once', async ({
  make,
  db,
  clock,
}) => {
  const topic = await make.topic({ source: SEED_LINK });
  await make.topic({ source: 'https://press.example/a' });
  await giveSource(db, topic, { url: 'https://t.co/old', addedAt: clock.ago({ days: 40 }) });
  await giveSource(db, topic, { url: 'https://t.co/brought', originKey: 'elsewhere:1' });
  const [link] = await sourcesOf(db, topic);
  await db.update(sources).set({ addedAt: clock.now() }).where(eq(sources.id, link!.id));
  clock.advance({ days: 1 });
  await runHourly(db, clock);
  expect(await openItems(db)).toEqual([]);
  clock.advance({ minutes: 1 });
  await runHourly(db, clock);
  expect(kinds(await openItems(db))).toEqual(['link']);
  clock.advance({ hours: 2 });
  await runHourly(db, clock);
  expect(await openItems(db)).toMatchObject([{ kind: 'link', version: 1 }]);
});

test('a link’s item is renewed by what members suggest, and ends when they agree', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [link] = await sourcesOf(db, topic);
  await open(db, 'link', { sourceId: link!.id }, clock.now());
  const suggest = async (url: string) =>
    (await as.member()).post(paths.topicSource(topic.id, link!.id), { do: 'address', url });
  await suggest(REAL);
  expect(await openItems(db)).toMatchObject([{ kind: 'link', version: 2 }]);
  await suggest(REAL);
  expect(await openItems(db)).toEqual([]);
});

test('members who lead a topic to an article of another one call moderators at once', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: SEED_LINK });
  await make.topic({ source: REAL });
  const [link] = await sourcesOf(db, topic);
  for (const member of [await as.member(), await as.member()])
    await member.post(paths.topicSource(topic.id, link!.id), { do: 'address', url: REAL });
  expect(await openItems(db)).toMatchObject([{ kind: 'link', version: 1 }]);
});

test('a suggestion has a day to be agreed on; then it is before moderators until nothing is suggested', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ postedAt: clock.ago({ days: 3 }) });
  const path = paths.topicSuggest(topic.id);
  const [anna, ben] = [await as.member(), await as.member()];
  await anna.post(path, { title: 'A better title' });
  await runHourly(db, clock);
  expect(await openItems(db)).toEqual([]);
  clock.advance({ days: 1, minutes: 1 });
  await runHourly(db, clock);
  expect(await openItems(db)).toMatchObject([{ kind: 'suggestion', version: 1 }]);
  await ben.post(path, { title: 'Another title' });
  await ben.post(path, { title: 'Another title' });
  expect(await openItems(db)).toMatchObject([{ kind: 'suggestion', version: 2 }]);
  await ben.post(path, { 'take-back': 'title' });
  expect(await openItems(db)).toMatchObject([{ kind: 'suggestion', version: 3 }]);
  await anna.post(path, { 'take-back': 'title' });
  expect(await openItems(db)).toEqual([]);
});

test('an address for an aggregator’s link is asked about with the link, not twice', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [link] = await sourcesOf(db, topic);
  await (await as.member()).post(paths.topicSource(topic.id, link!.id), { do: 'address', url: REAL });
  clock.advance({ days: 1, minutes: 1 });
  await runHourly(db, clock);
  expect(kinds(await openItems(db))).toEqual(['link']);
});

test('what could be improved about a topic is no work once the topic is gone', async ({
  make,
  as,
  db,
  clock,
}) => {
  const moderator = await make.member({ role: 'moderator' });
  const browser = await as.moderator(moderator);
  const reason = { reason: 'Already discussed' };
  const author = await make.member();
  const stays = await make.topic({ source: REAL });
  const goingAway = {
    hidden: (post: number) => browser.post(`/p/${post}/hide`, reason),
    withdrawn: async (post: number) => (await as.member(author)).post(`/p/${post}/withdraw`),
    merged: (_post: number, topic: number) =>
      browser.post(`/t/${topic}/merge?with=${stays.id}`, { ...reason, stays: String(stays.id) }),
  };
  for (const [how, goes] of Object.entries(goingAway)) {
    const topic = await make.topic({ author, source: `https://t.co/${how}` });
    await giveSource(db, topic, { url: REAL });
    const [, copy] = await sourcesOf(db, topic);
    await open(db, 'suggestion', { topicId: topic.id }, clock.now());
    await open(db, 'link', { sourceId: copy!.id }, clock.now());
    expect([how, (await goes(topic.openingPostId, topic.id)).status]).toEqual([how, 303]);
    expect([how, await openItems(db)]).toEqual([how, []]);
  }
  // A topic that comes back brings its work along.
  clock.advance({ days: 1, minutes: 1 });
  await runHourly(db, clock);
  const before = kinds(await openItems(db));
  const [hidden] = await db.select().from(sources).where(eq(sources.url, 'https://t.co/hidden'));
  const opening = (await topicRow(db, hidden!.topicId)).openingPostId;
  await browser.post(`/p/${opening}/restore`, reason);
  await runHourly(db, clock);
  expect(kinds(await openItems(db))).toEqual([...before, 'link']);
});

test('a decision about what has changed since is refused, whatever it is about', async ({
  make,
  as,
  db,
  clock,
}) => {
  const by = asViewer(await make.member({ role: 'moderator' }));
  const now = clock.now();
  const topic = await make.topic({ source: 'https://press.example/a' });
  const [source] = await sourcesOf(db, topic);
  const somebody = await as.member();
  const path = paths.topicSource(topic.id, source!.id);
  for (const { kind, subject, decision, change } of [
    {
      kind: 'flagged',
      subject: { sourceId: source!.id },
      decision: 'keep',
      change: () => somebody.post(path, { do: 'paywall' }),
    },
    {
      kind: 'link',
      subject: { sourceId: source!.id },
      decision: 'dismiss',
      change: () => somebody.post(path, { do: 'address', url: REAL }),
    },
    {
      kind: 'suggestion',
      subject: { topicId: topic.id },
      decision: 'dismiss',
      change: () => somebody.post(paths.topicSuggest(topic.id), { title: 'Now this' }),
    },
  ] as const) {
    const itemId = await open(db, kind, subject, now);
    expect([kind, (await change()).status]).toEqual([kind, 303]);
    await expect(decide(db, by, { itemId, decision, now })).rejects.toThrow('This has changed since');
    await decide(db, by, { itemId, decision, seenVersion: 2, now });
  }
  expect(await openItems(db)).toEqual([]);
});

test('what a member says of themselves, and another name, is not what a moderator saw', async ({
  make,
  as,
  db,
  clock,
}) => {
  const member = await make.member({ name: 'cheap_gpus', joinedAt: clock.ago({ days: 400 }), password: 'x' });
  await open(db, 'flagged', { memberId: member.id }, clock.now());
  const own = await as.member(member);
  expect((await own.post(paths.settings(), { about: 'Nothing to sell.' })).status).toBe(303);
  expect(await openItems(db)).toMatchObject([{ version: 2 }]);
  expect((await own.post(paths.name(), { name: 'dear_gpus', passwordForName: 'x' })).status).toBe(303);
  expect(await openItems(db)).toMatchObject([{ version: 3 }]);
});
