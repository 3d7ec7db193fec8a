import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { tellPages } from '../../../src/db/page-changes.ts';
import {
  events,
  posts,
  queueItems,
  sections,
  sources,
  tags,
  topics,
  topicTags,
} from '../../../src/db/schema/index.ts';
import type { TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { makeNewcomer } from './newcomers.ts';

const TEXT = { title: 'Who measures the queue?', section: 'infrastructure', body: 'I **wonder**.' };
const LINK = {
  url: 'https://www.gridledger.example/lead-times/?utm_source=mail',
  title: 'Lead times for large transformers',
  section: 'infrastructure',
  tags: 'power, Supply Chain',
};

async function newestTopic(db: Database) {
  const rows = await db
    .select()
    .from(topics)
    .innerJoin(posts, eq(posts.id, topics.openingPostId))
    .orderBy(asc(topics.id));
  const row = rows.at(-1);
  if (!row) throw new Error('There is no topic.');
  return { topic: row.topics, opening: row.posts };
}

test('a member starts a topic with a text', async ({ make, as, db }) => {
  const anna = await make.member({ name: 'anna' });
  const browser = await as.member(anna);
  await settleCounters(db);
  const after = await (await browser.visit(paths.submit())).press('Post topic', TEXT);
  const { topic, opening } = await newestTopic(db);
  expect(topic).toMatchObject({
    kind: 'text',
    slug: 'who-measures-the-queue',
    authorId: anna.id,
    state: 'visible',
  });
  expect(opening).toMatchObject({ depth: 0, branchId: null, bodyMd: 'I **wonder**.' });
  expect(after.url).toBe(paths.topic(topic));
  expect(after.text).toContain('Posted by anna · 0 upvotes · 0 replies');
  expect(after.html).toContain('<strong>wonder</strong>');
  expect(await db.select().from(events)).toMatchObject([
    {
      kind: 'topic-posted',
      actorId: anna.id,
      topicId: topic.id,
      postId: opening.id,
      data: { topicKind: 'text' },
    },
  ]);
  await expectTrueCounters(db);
});

test('a member starts a topic from a link, with tags, known and new', async ({ as, db }) => {
  await db.insert(tags).values({ slug: 'power', name: 'Power', aliases: ['electricity'] });
  const page = await (await as.member()).visit(paths.submit());
  await page.press('Post topic', { ...LINK, tags: 'electricity, Supply Chain' });
  const { topic, opening } = await newestTopic(db);
  expect(topic.kind).toBe('link');
  expect(opening.bodyMd).toBe('');
  expect(await db.select().from(sources)).toMatchObject([
    {
      topicId: topic.id,
      url: 'https://www.gridledger.example/lead-times/',
      urlKey: 'gridledger.example/lead-times',
      publisherHost: 'gridledger.example',
      wrapper: false,
    },
  ]);
  const tagged = await db
    .select({ slug: tags.slug, name: tags.name, kind: tags.kind })
    .from(topicTags)
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .orderBy(asc(topicTags.position));
  expect(tagged).toEqual([
    { slug: 'power', name: 'Power', kind: 'subject' },
    { slug: 'supply-chain', name: 'Supply Chain', kind: 'subject' },
  ]);
});

test('everything that is wrong is said beside its field, and all that was typed stays', async ({
  as,
  db,
}) => {
  const page = await (await as.member()).visit(paths.submit());
  const typed = {
    url: 'javascript:alert(1)',
    title: 'x'.repeat(168),
    tags: 'a, b, c, d, e, f',
    body: '<i>kept</i>',
  };
  const again = await page.press('Post topic', typed);
  expect(again.status).toBe(422);
  expect(again.error('url')).toBe('Only addresses that begin with https:// or http:// can be posted.');
  expect(again.error('title')).toBe('The title is too long by 18: it may have 150 characters.');
  expect(again.error('section')).toBe('Choose a section.');
  expect(again.error('tags')).toBe('A topic has up to 5 tags; these are 6. Tags are separated by commas.');
  for (const [name, value] of Object.entries(typed)) expect(again.field(name).value).toBe(value);
  const links = [...again.document.querySelectorAll('[role="alert"] a')].map((link) =>
    link.getAttribute('href'),
  );
  expect(links).toEqual(['#url', '#title', '#section', '#tags']);
  expect(await db.select().from(topics)).toEqual([]);
});

test('a text topic needs a text', async ({ as }) => {
  const page = await (await as.member()).visit(paths.submit());
  const again = await page.press('Post topic', { ...TEXT, body: '' });
  expect(again.status).toBe(422);
  expect(again.error('body')).toBe('Write something first.');
  expect(again.document.querySelector('option[selected]')?.getAttribute('value')).toBe('infrastructure');
});

test('a text that cannot be formatted is refused beside the field', async ({ as, db }) => {
  const page = await (await as.member()).visit(paths.submit());
  const again = await page.press('Post topic', { ...TEXT, body: `|${'a|'.repeat(21)}\n|${'-|'.repeat(21)}` });
  expect(again.status).toBe(422);
  expect(again.error('body')).toMatch(/20/);
  expect(await db.select().from(topics)).toEqual([]);
});

test('Preview shows the text, complains about nothing and posts nothing', async ({ as, db }) => {
  const page = await (await as.member()).visit(paths.submit());
  const preview = await page.press('Preview', { body: '# A heading\n\nwith text' });
  expect(preview.status).toBe(200);
  expect(preview.document.querySelector('[data-preview] h2')?.textContent).toBe('A heading');
  expect(preview.document.querySelector('[role="alert"]')).toBeNull();
  expect(await db.select().from(topics)).toEqual([]);
});

test('a visitor is sent to log in, an unconfirmed member is told why not', async ({ make, as }) => {
  expect((await as.visitor().get(paths.submit())).headers.location).toBe(paths.signIn(paths.submit()));
  const page = await (await as.member(await make.member({ confirmedAt: null }))).visit(paths.submit());
  expect(page.status).toBe(403);
  expect(page.main).toContain('Confirm your e-mail address first');
});

test('a second topic within half a minute is too fast, and keeps its text', async ({ as, clock }) => {
  const browser = await as.member();
  await (await browser.visit(paths.submit())).press('Post topic', TEXT);
  clock.advance({ seconds: 10 });
  const again = await (await browser.visit(paths.submit())).press('Post topic', { ...LINK, body: 'Kept.' });
  expect([again.status, again.headers['retry-after']]).toEqual([429, '20']);
  expect(again.main).toContain('You wrote a moment ago. Try again in 20 seconds.');
  expect(again.field('body').value).toBe('Kept.');
});

test('moderators post digests: long ones, and without an address', async ({ as, db }) => {
  const browser = await as.moderator();
  const page = await browser.visit(paths.submit());
  const body = 'A paragraph of the digest.\n\n'.repeat(2_000);
  const refused = await page.press('Post topic', { ...LINK, body, digest: true });
  expect(refused.error('url')).toBe('A digest has no address of its own: put the links into the text.');
  expect(refused.document.querySelector('[name="digest"]')?.hasAttribute('checked')).toBe(true);
  await refused.press('Post topic', { url: '' });
  expect((await newestTopic(db)).topic.kind).toBe('digest');
  expect((await newestTopic(db)).opening.bodyMd).toHaveLength(body.trimEnd().length);
});

test('members cannot post digests, by whatever form', async ({ as, db }) => {
  const browser = await as.member();
  expect((await browser.visit(paths.submit())).document.querySelector('[name="digest"]')).toBeNull();
  const answer = await browser.post(paths.submit(), { ...TEXT, digest: '1' });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('Only moderators write digests.');
  expect(await db.select().from(topics)).toEqual([]);
});

test('a section that was removed meanwhile can be chosen no more', async ({ as, db }) => {
  const page = await (await as.member()).visit(paths.submit());
  await db.transaction(async (tx) => {
    // As if by another process, of which this one has not heard yet.
    tellPages(tx, { effect: 'voted', topicId: 1 as TopicId });
    await tx.delete(sections).where(eq(sections.slug, 'infrastructure'));
  });
  const again = await page.press('Post topic', TEXT);
  expect(again.status).toBe(409);
  expect(again.main).toContain('This section has been removed meanwhile. Choose another.');
  expect(again.field('title').value).toBe(TEXT.title);
});

test('a new member’s first topics with a link wait for a moderator; the third does not', async ({
  make,
  as,
  app,
  db,
  clock,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const own = await (await (await as.member(newcomer)).visit(paths.submit())).press('Post topic', LINK);
  const { topic, opening } = await newestTopic(db);
  expect([topic.state, opening.state]).toEqual(['held', 'held']);
  expect(own.status).toBe(200);
  expect((await as.visitor().visit(paths.topic(topic))).status).toBe(404);
  expect((await as.visitor().visit('/new')).main).not.toContain(LINK.title);
  expect(await db.select().from(queueItems)).toMatchObject([{ kind: 'held', postId: opening.id }]);

  // Two others that everyone can see.
  const earlier = await make.topic({
    author: newcomer,
    source: 'https://one.example/a',
    postedAt: clock.ago({ days: 1 }),
  });
  const linked = '<p><a href="https://two.example/" rel="ugc nofollow noopener">two</a></p>';
  await make.reply({
    topic: earlier,
    author: newcomer,
    bodyHtml: linked as never,
    postedAt: clock.ago({ days: 1 }),
  });
  clock.advance({ minutes: 1 });
  await (
    await (await as.member(newcomer)).visit(paths.submit())
  ).press('Post topic', {
    ...LINK,
    title: 'Something else altogether',
    url: 'https://three.example/',
  });
  expect((await newestTopic(db)).topic.state).toBe('visible');
});

test('new members post three topics a day, and no more than two links in one', async ({
  make,
  as,
  app,
  clock,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const browser = await as.member(newcomer);
  const body = 'https://a.example/ https://b.example/ https://c.example/';
  const refused = await browser.post(paths.submit(), { ...TEXT, body });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('New members can put 2 links in a post; this one has 3.');
  for (const hours of [1, 2, 3]) await make.topic({ author: newcomer, postedAt: clock.ago({ hours }) });
  const fourth = await browser.post(paths.submit(), TEXT);
  expect(fourth.status).toBe(429);
  expect(fourth.text).toContain('That was the limit of 3 topics a day.');
});

test('POST /preview answers the script', async ({ as }) => {
  const browser = await as.member();
  const json = { accept: 'application/json' };
  const answer = await browser.post(paths.preview(), { body: '**bold**' }, json);
  expect(JSON.parse(answer.text)).toEqual({ html: '<p dir="auto"><strong>bold</strong></p>\n' });
  const refused = await browser.post(paths.preview(), { body: `${'> '.repeat(13)}deep` }, json);
  expect(refused.status).toBe(422);
  expect(JSON.parse(refused.text)).toMatchObject({
    explanation: expect.stringMatching(/12 levels/) as string,
  });
  expect((await as.visitor().post(paths.preview(), { body: 'x' }, json)).status).toBe(401);
});
