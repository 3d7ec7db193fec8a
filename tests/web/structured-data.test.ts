// What search engines are told: every kind of topic, members, the way to a page, and the forum itself.
import { eq } from 'drizzle-orm';
import type { Database } from '../../src/db/connection.ts';
import { images, posts, sources, tags, topics, topicTags } from '../../src/db/schema/index.ts';
import type { TopicId } from '../../src/domain/ids.ts';
import { paths, type TopicAddress } from '../../src/web/paths.ts';
import type { Browser } from '../support/browser.ts';
import { expect, test } from '../support/forum.ts';
import { type Data, faultsOf, LISTED, partsOf, structuredOf } from './structured-data.ts';

const SITE = 'http://localhost:3000';
const AT = new Date('2026-04-03T13:00:00Z');

async function postingOf(browser: Browser, topic: TopicAddress): Promise<Data> {
  const [posting = {}, ...others] = await structuredOf(browser, paths.topic(topic));
  expect(posting['@type']).toBe('DiscussionForumPosting');
  expect(others.map((other) => other['@type'])).toEqual(['BreadcrumbList']);
  expect([posting, ...others].flatMap(partsOf).flatMap(faultsOf)).toEqual([]);
  return posting;
}

/** The article gets a title, a picture and its publisher. */
async function describe(db: Database, topicId: TopicId): Promise<void> {
  const picture = { hash: 'a'.repeat(64), bytes: Buffer.from('x'), width: 640, height: 360, madeAt: AT };
  const [image] = await db.insert(images).values(picture).returning();
  await db
    .update(sources)
    .set({ title: 'The article', publisher: 'The Paper', publishedAt: AT, imageId: image?.id })
    .where(eq(sources.topicId, topicId));
}

/** Every recommended property that is not there for a reason stands in at least one of the parts. */
function lackingOf(parts: readonly Data[], ...kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => {
    const { recommended = [], absent = {} } = LISTED[kind] ?? {};
    const ofKind = parts.filter((part) => part['@type'] === kind);
    expect(ofKind, kind).not.toEqual([]);
    expect(ofKind.flatMap((part) => Object.keys(absent).filter((name) => name in part))).toEqual([]);
    return recommended
      .filter((name) => !ofKind.some((part) => name in part))
      .map((name) => `${kind} lacks ${name}`);
  });
}

test('a topic about articles has all that is asked of a discussion, and its replies stand in each other', async ({
  make,
  as,
  db,
}) => {
  const author = await make.member({ name: 'diana_f' });
  const topic = await make.topic({
    author,
    title: 'A <b> headline',
    source: 'https://paper.example/first',
    body: '',
  });
  await describe(db, topic.id);
  await db.insert(sources).values({
    ...{ topicId: topic.id, addedById: author.id, addedAt: AT, url: 'https://paper.example/second' },
    ...{ urlKey: 'paper.example/second', keyVersion: 1, publisherHost: 'paper.example', role: 'primary' },
  });
  await db
    .update(posts)
    .set({ editedAt: AT, modelWritten: true, score: 7 })
    .where(eq(posts.topicId, topic.id));
  const [tag] = await db.insert(tags).values({ slug: 'nvidia', name: 'Nvidia' }).returning();
  if (tag) await db.insert(topicTags).values({ topicId: topic.id, tagId: tag.id, position: 0 });
  const first = await make.reply({
    topic,
    author,
    body: 'First </script>',
    editedAt: AT,
    modelWritten: true,
  });
  await make.reply({ topic, parent: first, body: 'An answer' });

  const posting = await postingOf(as.visitor(), topic);
  const kinds = ['DiscussionForumPosting', 'Comment', 'WebPage', 'InteractionCounter'];
  expect(lackingOf(partsOf(posting), ...kinds)).toEqual([]);
  expect(posting).toMatchObject({
    headline: 'A <b> headline',
    text: 'A <b> headline',
    url: SITE + paths.topic(topic),
    datePublished: topic.postedAt.toISOString(),
    author: { '@type': 'Person', name: 'diana_f', url: `${SITE}/u/diana_f` },
    isPartOf: { name: 'Funding', url: `${SITE}/s/funding` },
    keywords: ['Nvidia'],
    commentCount: 2,
    // That which it was posted with, and then the rest.
    sharedContent: [
      {
        '@type': 'WebPage',
        url: 'https://paper.example/first',
        headline: 'The article',
        image: `${SITE}${paths.image('a'.repeat(64))}`,
        publisher: { '@type': 'Organization', name: 'The Paper' },
      },
      { '@type': 'WebPage', url: 'https://paper.example/second' },
    ],
    interactionStatistic: [
      { interactionType: 'https://schema.org/LikeAction', userInteractionCount: 7 },
      { interactionType: 'https://schema.org/CommentAction', userInteractionCount: 2 },
    ],
    comment: [{ text: 'First </script>', comment: [{ text: 'An answer' }] }],
  });
});

for (const kind of ['text', 'digest'] as const) {
  test(`a ${kind}, locked, is a discussion with its own words and no article`, async ({ make, as }) => {
    const topic = await make.topic({ kind, body: 'What was said', lockedAt: AT });
    const gone = await make.reply({ topic, body: 'Secret', hiddenAt: AT });
    await make.reply({ topic, parent: gone, body: 'Stays' });
    await make.reply({ topic, body: 'Secret too', withdrawnAt: AT });
    const posting = await postingOf(as.visitor(), topic);
    expect(posting).toMatchObject({ text: 'What was said', comment: [{ text: 'Stays' }] });
    expect(posting).not.toHaveProperty('sharedContent');
    expect(JSON.stringify(posting)).not.toContain('Secret');
  });
}

test('one article stands by itself, and a topic of a former member names nobody', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: 'https://paper.example/first' });
  await db.update(topics).set({ authorId: null }).where(eq(topics.id, topic.id));
  const posting = await postingOf(as.visitor(), topic);
  expect(posting.sharedContent).toEqual({ '@type': 'WebPage', url: 'https://paper.example/first' });
  expect(posting.author).toEqual({ '@type': 'Person', name: 'Former member' });
});

test('the way to a page begins at the front page and ends with the page', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'One of two' });
  const other = await make.topic({ source: 'https://paper.example/first' });
  const [tag] = await db.insert(tags).values({ slug: 'nvidia', name: 'Nvidia' }).returning();
  for (const { id } of [topic, other])
    if (tag) await db.insert(topicTags).values({ topicId: id, tagId: tag.id, position: 0 });
  const ways = {
    [paths.topic(topic)]: ['Tokenwire', 'Funding', 'One of two'],
    '/s/funding': ['Tokenwire', 'Funding'],
    '/tag/nvidia': ['Tokenwire', 'Tags', '#nvidia'],
  };
  for (const [path, names] of Object.entries(ways)) {
    const way = (await structuredOf(as.visitor(), path)).find((data) => data['@type'] === 'BreadcrumbList');
    expect(partsOf(way).flatMap(faultsOf), path).toEqual([]);
    const items = (way?.itemListElement ?? []) as { name: string; item: string; position: number }[];
    expect(
      items.map(({ name }) => name),
      path,
    ).toEqual(names);
    expect(
      items.map(({ position }) => position),
      path,
    ).toEqual(names.map((_name, index) => index + 1));
    expect(items.at(-1)?.item, path).toBe(SITE + path);
  }
});

test('a member’s page says who they are; one who does not want to be found has none', async ({
  make,
  as,
}) => {
  const about = { about: 'Reads filings', link: 'https://diana.example', affiliation: 'The Paper' };
  const author = await make.member({ name: 'diana_f', ...about });
  const hidden = await make.member({ name: 'shy', hiddenFromSearchEngines: true });
  for (const each of [author, hidden]) await make.topic({ author: each });
  const [profile = {}] = await structuredOf(as.visitor(), '/u/diana_f');
  expect(partsOf(profile).flatMap(faultsOf)).toEqual([]);
  expect(lackingOf([profile], 'ProfilePage')).toEqual([]);
  const person = { ...(profile.mainEntity as Data), '@type': 'the member of a ProfilePage' };
  expect(lackingOf([person], 'the member of a ProfilePage')).toEqual([]);
  expect(profile).toMatchObject({
    dateCreated: author.joinedAt.toISOString(),
    mainEntity: { name: 'diana_f', sameAs: ['https://diana.example'], url: `${SITE}/u/diana_f` },
  });
  expect(await structuredOf(as.visitor(), '/u/shy')).toEqual([]);
});

test('the front page names the forum and its search', async ({ as }) => {
  const [site = {}] = await structuredOf(as.visitor(), '/');
  expect(partsOf(site).flatMap(faultsOf)).toEqual([]);
  expect(site).toMatchObject({ '@type': 'WebSite', name: 'Tokenwire', url: `${SITE}/` });
  const { target } = site.potentialAction as { target: { urlTemplate: string } };
  const search = target.urlTemplate.replace('{search_term_string}', 'gpu');
  expect((await as.visitor().visit(search.slice(SITE.length))).status).toBe(200);
});
