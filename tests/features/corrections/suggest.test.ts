// Titles and tags of others' topics: two trusted members who suggest the same change them, a moderator at once.
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import {
  actions,
  events,
  posts,
  revisions,
  suggestions,
  tags,
  topics,
} from '../../../src/db/schema/index.ts';
import { listTagsOfTopic } from '../../../src/features/tags/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { TopicRow } from '../../support/make.ts';

const TITLE = 'Grid operator reports a queue of 40 GW';

async function stateOf(db: Database, topic: TopicRow) {
  const [row] = await db.select().from(topics).where(eq(topics.id, topic.id));
  const named = await listTagsOfTopic(db, topic.id);
  return { title: row?.title, slug: row?.slug, tags: named.map(({ slug }) => slug) };
}

async function outcomes(db: Database) {
  const rows = await db.select().from(suggestions).orderBy(asc(suggestions.id));
  return rows.map(({ kind, shown, outcome }) => [kind, shown, outcome]);
}

test('two trusted members agree on a title', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ title: 'You will not believe this queue', body: 'As it was.' });
  const [anna, ben] = [await as.member(), await as.member()];
  const page = await (await anna.visit(paths.topic(topic))).follow('Title and tags');
  const noted = await page.press('Suggest', { title: ` ${TITLE.replace(' ', '  ')} ` });
  expect([noted.status, noted.url]).toEqual([200, paths.topicSuggest(topic.id)]);
  expect(noted.main).toContain(`1 member suggests the title: ${TITLE} You`);
  expect((await stateOf(db, topic)).title).toBe('You will not believe this queue');
  const seen = await ben.visit(paths.topicSuggest(topic.id));
  expect([seen.main.includes('You\n'), seen.field('title').value]).toEqual([false, topic.title]);
  const changed = await seen.press('Suggest', { title: TITLE });
  expect(changed.url).toBe(`/t/${topic.id}/grid-operator-reports-a-queue-of-40-gw`);
  expect(changed.document.querySelector('h1')?.textContent).toBe(TITLE);
  expect(await db.select().from(revisions)).toMatchObject([
    { title: topic.title, bodyMd: 'As it was.', replacedById: null, silent: false, version: 1 },
  ]);
  const [opening] = await db.select().from(posts).where(eq(posts.id, topic.openingPostId));
  expect(opening).toMatchObject({ version: 2, editedAt: clock.now(), bodyMd: 'As it was.' });
  const rows = await db.select().from(suggestions);
  expect(await db.select().from(events).orderBy(asc(events.id))).toMatchObject([
    { kind: 'title-edited', actorId: null, postId: topic.openingPostId },
    { kind: 'suggestion-applied', actorId: null, data: { suggestionIds: rows.map(({ id }) => id) } },
  ]);
  expect((await as.visitor().visit(paths.postHistory(topic.openingPostId))).main).toContain(
    'You will not believe this queue',
  );
});

test('others say the same by one button, and a moderator who gives a reason applies it', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ title: 'You will not believe this queue' });
  const path = paths.topicSuggest(topic.id);
  const noted = await (
    await (await as.member()).visit(path)
  ).press('Suggest', { title: TITLE, tags: 'power' });
  expect(noted.main).not.toContain('Suggest the same');
  const moderator = await (await as.moderator()).visit(path);
  const unexplained = await moderator.press(`Apply: ${TITLE}`);
  expect([unexplained.status, unexplained.field('title').value]).toEqual([422, TITLE]);
  await (await (await as.member()).visit(path)).press(`Suggest the same: ${TITLE}`);
  expect((await stateOf(db, topic)).title).toBe(TITLE);
  await (await (await as.moderator()).visit(path)).press('Apply: power', { reason: 'About power' });
  expect((await stateOf(db, topic)).tags).toEqual(['power']);
});

test('two agree on tags, in whatever order and by whatever name', async ({ make, as, db }) => {
  const topic = await make.topic();
  await db.insert(tags).values([
    {
      slug: 'data-centres',
      name: 'Data centres',
      aliases: ['data-centers'],
      description: 'Halls of machines',
    },
  ]);
  const path = paths.topicSuggest(topic.id);
  const [anna, ben, cleo] = [await as.member(), await as.member(), await as.member()];
  await anna.post(path, { title: topic.title, tags: 'Power, data centers' });
  await ben.post(path, { title: topic.title, tags: 'power' });
  expect((await stateOf(db, topic)).tags).toEqual([]);
  const changed = await cleo.submit(
    path,
    [
      ['title', topic.title],
      ['tags', '#data-centres; POWER'],
    ],
    path,
  );
  expect(changed.url).toBe(paths.topic(topic));
  expect((await stateOf(db, topic)).tags).toEqual(['power', 'data-centres']);
  expect(await outcomes(db)).toEqual([
    ['tags', 'Power, data centers', 'applied'],
    ['tags', 'power', 'outdated'],
    ['tags', 'data-centres, POWER', 'applied'],
  ]);
  const [event] = await db.select().from(events).where(eq(events.kind, 'tags-edited'));
  expect([event?.actorId, (event?.data.added as unknown[]).length]).toEqual([null, 2]);
  const late = await anna.post(path, {
    title: topic.title,
    tags: 'data-centers, power',
    'tags-was': 'other',
  });
  expect([late.status, late.text.includes('That is what stands there already.')]).toEqual([409, true]);
});

test('of many who say the same at one instant two are enough, and it is done once', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browsers = await Promise.all(Array.from({ length: 12 }, () => as.member()));
  const answers = await Promise.all(
    browsers.map((browser) => browser.post(paths.topicSuggest(topic.id), { title: TITLE, tags: '' })),
  );
  const done = answers.filter(({ status }) => status === 303);
  expect(done).toHaveLength(2);
  expect(await db.$count(revisions)).toBe(1);
  expect(await db.$count(events, eq(events.kind, 'suggestion-applied'))).toBe(1);
  expect(await outcomes(db)).toEqual([
    ['title', TITLE, 'applied'],
    ['title', TITLE, 'applied'],
  ]);
});

test('what was changed meanwhile is not suggested back by a form that was open', async ({ make, as, db }) => {
  const anna = await make.member();
  const topic = await make.topic({
    title: 'Before',
    author: anna,
    postedAt: new Date('2026-04-03T14:20:00Z'),
  });
  const open = await (await as.member()).visit(paths.topicSuggest(topic.id));
  await (await as.member()).post(paths.topicSuggest(topic.id), { title: TITLE, tags: '' });
  const edit = await (await as.member(anna)).visit(paths.postEdit(topic.openingPostId));
  await edit.press('Save', { title: 'After' });
  const noted = await open.press('Suggest', { tags: 'power' });
  expect(noted.main).toContain('1 member suggests the tags: power You');
  // The author's own title makes what was suggested for the old one worthless, and leaves what is not about it.
  expect(await outcomes(db)).toEqual([
    ['title', TITLE, 'outdated'],
    ['tags', 'power', null],
  ]);
  const again = await (await as.member(anna)).visit(paths.postEdit(topic.openingPostId));
  await again.press('Save', { tags: 'chips' });
  expect((await outcomes(db)).at(-1)).toEqual(['tags', 'power', 'outdated']);
});

test('nothing that differs, a title that cannot be one, too many tags: the form comes back', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicSuggest(topic.id));
  const same = await page.press('Suggest');
  expect([same.status, same.error('title')]).toEqual([422, 'Change the title or the tags.']);
  const wrong = await page.press('Suggest', { title: 'AI', tags: 'a1, b2, c3, d4, e5, f6' });
  expect([wrong.status, wrong.field('title').value]).toEqual([422, 'AI']);
  expect([wrong.error('title'), wrong.error('tags')]).toEqual([
    'A title has at least 3 characters.',
    'A topic has up to 5 tags; these are 6. Tags are separated by commas.',
  ]);
  expect(await db.$count(suggestions)).toBe(0);
});

test('own suggestions are taken back on the page', async ({ make, as, db }) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicSuggest(topic.id));
  const noted = await page.press('Suggest', { title: TITLE, tags: 'power' });
  const after = await noted.press('Take back');
  expect(after.main.match(/member suggests/g)).toHaveLength(1);
  expect((await outcomes(db)).map(([, , outcome]) => outcome)).toEqual(['taken_back', null]);
});

test('a moderator changes both at once, with a reason that the author is told', async ({
  make,
  as,
  db,
  drain,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, lockedAt: new Date() });
  const member = await as.member();
  expect((await member.get(paths.topicSuggest(topic.id))).status).toBe(409);
  const page = await (await as.moderator()).visit(paths.topicSuggest(topic.id));
  const unexplained = await page.press('Change', { title: TITLE, tags: 'power' });
  expect([unexplained.status, unexplained.field('title').value]).toEqual([422, TITLE]);
  expect((await stateOf(db, topic)).title).toBe(topic.title);
  await unexplained.press('Change', { canned: 'A title that says more than its source' });
  expect(await stateOf(db, topic)).toMatchObject({ title: TITLE, tags: ['power'] });
  const [revision] = await db.select().from(revisions);
  const [tag] = await db.select().from(tags);
  expect(await db.select().from(actions).orderBy(asc(actions.id))).toMatchObject([
    { kind: 'edit-title', rule: 5, topicId: topic.id, data: { revisionId: revision?.id } },
    { kind: 'edit-tags', rule: 5, topicId: topic.id, data: { added: [tag?.id], removed: [] } },
  ]);
  const log = await as.visitor().visit('/moderation/log');
  for (const text of ['Title changed', 'Tags changed', TITLE]) expect(log.main).toContain(text);
  await drain();
  expect((await (await as.member(author)).visit('/inbox')).main).toContain('Title changed');
});

test('only trusted members are offered it', async ({ make, as, clock }) => {
  const topic = await make.topic();
  const member = await as.member(await make.member({ joinedAt: clock.ago({ days: 40 }) }));
  expect((await member.visit(paths.topic(topic))).main).not.toContain('Title and tags');
  expect((await member.get(paths.topicSuggest(topic.id))).status).toBe(403);
  const answer = await member.post(paths.topicSuggest(topic.id), { title: TITLE, tags: '' });
  expect([answer.status, answer.text.includes(TITLE)]).toEqual([403, true]);
  expect((await as.visitor().visit(paths.topic(topic))).main).not.toContain('Title and tags');
  expect((await as.visitor().visit(paths.topicSuggest(topic.id))).url).toContain('/sign-in');
});
