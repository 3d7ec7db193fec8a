import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  events,
  posts,
  queueItems,
  revisions,
  sources,
  tags,
  topics,
  topicTags,
} from '../../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { makeNewcomer } from './newcomers.ts';

async function findPostRow(db: Database, id: PostId) {
  const [post] = await db.select().from(posts).where(eq(posts.id, id));
  return post;
}

async function findTopicRow(db: Database, id: TopicId) {
  const [topic] = await db.select().from(topics).where(eq(topics.id, id));
  return topic;
}

test('within five minutes an edit leaves no mark, but the text is kept', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({
    topic,
    author: anna,
    body: 'Sixty gigawats.',
    postedAt: clock.ago({ minutes: 5 }),
  });
  const page = await (await as.member(anna)).visit(paths.postEdit(reply.id));
  expect(page.field('body').value).toBe('Sixty gigawats.');
  const after = await page.press('Save', { body: 'Sixty gigawatts.' });
  expect(after.url).toBe(`${paths.topic(topic)}#p${reply.id}`);
  expect(after.main).toContain('Sixty gigawatts.');
  expect(after.main).not.toContain('edited');
  expect(await findPostRow(db, reply.id)).toMatchObject({ version: 2, editedAt: null });
  expect(await db.select().from(revisions)).toMatchObject([
    {
      postId: reply.id,
      version: 1,
      bodyMd: 'Sixty gigawats.',
      title: null,
      silent: true,
      replacedById: anna.id,
    },
  ]);
  expect(await db.select().from(events)).toMatchObject([
    { kind: 'post-edited', data: { silent: true }, public: null },
  ]);
});

test('after five minutes an edit is marked', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const postedAt = clock.ago({ minutes: 5, seconds: 1 });
  const reply = await make.reply({ topic: await make.topic(), author: anna, postedAt });
  const after = await (
    await (await as.member(anna)).visit(paths.postEdit(reply.id))
  ).press('Save', { body: 'Other.' });
  expect(after.main).toContain('edited');
  expect(await findPostRow(db, reply.id)).toMatchObject({ version: 2, editedAt: clock.now() });
  expect((await db.select().from(revisions))[0]?.silent).toBe(false);
});

test('saving what is there already changes nothing', async ({ make, as, db }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna });
  await (await (await as.member(anna)).visit(paths.postEdit(reply.id))).press('Save');
  expect(await findPostRow(db, reply.id)).toMatchObject({ version: 1, bodyMd: reply.bodyMd });
  expect(await db.select().from(revisions)).toEqual([]);
});

test('the second of two edits of one text is told, and loses nothing', async ({ make, as, db }) => {
  const anna = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author: anna, body: 'As it was.' });
  const browser = await as.member(anna);
  const [one, other] = [
    await browser.visit(paths.postEdit(reply.id)),
    await browser.visit(paths.postEdit(reply.id)),
  ];
  await one.press('Save', { body: 'What one window says.' });
  const stale = await other.press('Save', { body: 'What the <other> says.' });
  expect(stale.status).toBe(409);
  expect(stale.main).toContain('Changed meanwhile.');
  expect(stale.field('body').value).toBe('What the <other> says.');
  expect(stale.document.querySelector('#saved')?.textContent).toContain('What one window says.');
  expect((await findPostRow(db, reply.id))?.bodyMd).toBe('What one window says.');

  const after = await stale.press('Save');
  expect(after.main).toContain('What the <other> says.');
  const kept = await db.select({ bodyMd: revisions.bodyMd }).from(revisions).orderBy(asc(revisions.version));
  expect(kept.map(({ bodyMd }) => bodyMd)).toEqual(['As it was.', 'What one window says.']);
});

test('the same edit sent twice is saved once', async ({ make, as, db }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna });
  const browser = await as.member(anna);
  const form = { version: '1', body: 'Better.' };
  for (const time of ['first', 'second'])
    expect((await browser.post(paths.postEdit(reply.id), form)).status, time).toBe(303);
  expect(await findPostRow(db, reply.id)).toMatchObject({ version: 2, bodyMd: 'Better.' });
});

test('the author of a topic sets its title right for half an hour, and its address follows', async ({
  make,
  as,
  db,
  clock,
}) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, title: 'Lead tims', postedAt: clock.ago({ minutes: 30 }) });
  const page = await (await as.member(anna)).visit(paths.postEdit(topic.openingPostId));
  const after = await page.press('Save', { title: ' Lead  times ' });
  expect(after.url).toBe(`/t/${topic.id}/lead-times`);
  expect(await findTopicRow(db, topic.id)).toMatchObject({ title: 'Lead times', titleEditedAt: clock.now() });
  expect(await db.select().from(revisions)).toMatchObject([
    { title: 'Lead tims', bodyMd: 'What do you make of this?' },
  ]);
  expect((await db.select().from(events)).map(({ kind }) => kind)).toEqual(['title-edited']);
});

test('after half an hour the title stays, whatever is sent', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, postedAt: clock.ago({ minutes: 31 }) });
  const browser = await as.member(anna);
  const page = await browser.visit(paths.postEdit(topic.openingPostId));
  expect(page.document.querySelector('[name="title"]')).toBeNull();
  await browser.post(paths.postEdit(topic.openingPostId), {
    version: '1',
    title: 'Mine',
    section: 'funding',
    body: 'New text.',
  });
  expect(await findTopicRow(db, topic.id)).toMatchObject({ title: topic.title });
  expect((await findPostRow(db, topic.openingPostId))?.bodyMd).toBe('New text.');
});

test('section and tags can be set right, and the topic is ranked anew', async ({ make, as, db }) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, section: 'funding' });
  await db.insert(tags).values({ slug: 'chips', name: 'Chips', modifier: -1 });
  const browser = await as.member(anna);
  await settleCounters(db);
  const page = await browser.visit(paths.postEdit(topic.openingPostId));
  const again = await page.press('Save', { section: '', tags: 'chips' });
  expect([again.status, again.error('section')]).toEqual([422, 'Choose a section.']);
  await again.press('Save', { section: 'infrastructure' });
  const [row] = await db.select().from(topicTags).innerJoin(tags, eq(tags.id, topicTags.tagId));
  expect(row?.tags.slug).toBe('chips');
  const kinds = (await db.select().from(events).orderBy(asc(events.id))).map(({ kind }) => kind);
  expect(kinds).toEqual(['section-set', 'tags-edited']);
  expect((await browser.visit(paths.postEdit(topic.openingPostId))).field('tags').value).toBe('chips');
  expect(await db.select().from(revisions)).toEqual([]);
  await expectTrueCounters(db);
});

test('the address can be changed until somebody replies, but not to one under discussion', async ({
  make,
  as,
  db,
}) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, source: 'https://one.example/a?x=1' });
  const other = await make.topic({ title: 'The other', source: 'https://two.example/b' });
  const browser = await as.member(anna);
  const page = await browser.visit(paths.postEdit(topic.openingPostId));
  expect(page.field('url').value).toBe('https://one.example/a?x=1');
  const wrong = await page.press('Save', { url: '' });
  expect([wrong.status, wrong.error('url')]).toEqual([422, 'Give an address.']);
  const refused = await page.press('Save', { url: 'https://www.two.example/b/', body: 'Kept.' });
  expect(refused.status).toBe(409);
  expect((await refused.follow('The other')).url).toBe(paths.topic(other));
  expect(refused.field('body').value).toBe('Kept.');
  expect((await findPostRow(db, topic.openingPostId))?.bodyMd).not.toBe('Kept.');
  await refused.press('Save', { url: 'https://three.example/c' });
  const [source] = await db.select().from(sources).where(eq(sources.topicId, topic.id));
  expect(source).toMatchObject({ url: 'https://three.example/c', publisherHost: 'three.example' });

  await make.reply({ topic });
  expect(
    (await browser.visit(paths.postEdit(topic.openingPostId))).document.querySelector('[name="url"]'),
  ).toBeNull();
});

test.for([
  ['a visitor', [303, 422], 'You are not logged in.'],
  ['another member', [403, 403], 'Only its author can edit a post.'],
  ['a moderator', [403, 403], 'Only its author can edit a post.'],
] as const)('%s cannot edit it', async ([who, status, sentence], { make, as }) => {
  const reply = await make.reply({ topic: await make.topic() });
  const browser =
    who === 'a visitor' ? as.visitor() : await (who === 'a moderator' ? as.moderator() : as.member());
  const got = await browser.get(paths.postEdit(reply.id));
  const posted = await browser.post(paths.postEdit(reply.id), { version: '1', body: 'Mine.' });
  expect([got.status, posted.status]).toEqual(status);
  expect(posted.text).toContain(sentence);
  expect(posted.text).not.toContain(reply.bodyMd);
});

test.for([
  ['after a day', 'A post can be edited for 24 hours. Reply to it to add something.'],
  ['when it is withdrawn', 'You have withdrawn this post.'],
  ['when it is hidden', 'A moderator has hidden this post.'],
] as const)('%s nobody can edit it', async ([when, sentence], { make, as, clock }) => {
  const anna = await make.member({ joinedAt: clock.ago({ days: 20 }) });
  const reply = await make.reply({
    topic: await make.topic(),
    author: anna,
    ...(when === 'after a day' && { postedAt: clock.ago({ days: 1, seconds: 1 }) }),
    ...(when === 'when it is withdrawn' && { withdrawnAt: clock.now() }),
  });
  if (when === 'when it is hidden') await make.hide({ post: reply.id });
  const browser = await as.member(anna);
  expect((await browser.get(paths.postEdit(reply.id))).status).toBe(409);
  const answer = await browser.post(paths.postEdit(reply.id), { version: '1', body: 'Late, but typed.' });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain(sentence);
  expect(answer.text).toContain('Late, but typed.');
});

test('an edit has the limits of a post', async ({ make, as }) => {
  const anna = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author: anna });
  const page = await (await as.member(anna)).visit(paths.postEdit(reply.id));
  const empty = await page.press('Save', { body: ' ' });
  expect([empty.status, empty.error('body')]).toEqual([422, 'Write something first.']);
  const deep = await page.press('Save', { body: `${'> '.repeat(13)}deep` });
  expect(deep.status).toBe(422);
  expect(deep.error('body')).toMatch(/12 levels deep/);
  const preview = await page.press('Preview', { body: '**Now?**' });
  expect(preview.html).toContain('<strong>Now?</strong>');
  expect(preview.field('version').value).toBe('1');
});

test('a new member cannot edit a link into a post that nobody looked at', async ({ make, as, app }) => {
  const newcomer = await makeNewcomer(make, app);
  const reply = await make.reply({ topic: await make.topic(), author: newcomer, postedAt: app.clock.now() });
  const page = await (await as.member(newcomer)).visit(paths.postEdit(reply.id));
  const again = await page.press('Save', { body: 'Buy at https://buy.example/now' });
  expect(again.status).toBe(403);
  expect(again.main).toContain('Put the link into a new reply.');
  expect(again.field('body').value).toBe('Buy at https://buy.example/now');
  expect((await again.press('Save', { body: 'No link.' })).status).toBe(200);
});

test('a moderator about to decide on a held post hears of an edit by its version', async ({
  make,
  as,
  app,
  db,
}) => {
  const topic = await make.topic();
  const browser = await as.member(await makeNewcomer(make, app));
  await browser.post(paths.topicReply(topic.id), { body: 'See https://one.example/' });
  const [item] = await db.select().from(queueItems);
  const page = await browser.visit(paths.postEdit(item?.postId as PostId));
  await page.press('Save', { body: 'See https://two.example/' });
  expect((await db.select().from(queueItems))[0]?.version).toBe((item?.version ?? 0) + 1);
});
