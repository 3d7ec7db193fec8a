// What moderators say of a tag.
import { eq } from 'drizzle-orm';
import { actions, tags, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { addTag, giveTags, tagsOf } from './tagging.ts';

const WANTED = {
  ...{ name: 'OpenAI', kind: 'company', aliases: 'Open AI, OAI', description: 'Maker of GPT.' },
  ...{ parent: '', modifier: '0' },
};

test('a moderator says what a tag is; its page, its other names and the log tell', async ({
  make,
  as,
  db,
}) => {
  await addTag(db, 'laboratories');
  await addTag(db, 'openai', { description: '' });
  const topic = await make.topic();
  await giveTags(db, topic, 'openai');
  const browser = await as.moderator();
  const form = await (await browser.visit(paths.tag('openai'))).follow('Edit this tag');
  const page = await form.press('Save', { ...WANTED, parent: 'laboratories', ordinary: true });
  expect(page.url).toBe(paths.tag('openai'));
  for (const said of ['Company', 'Maker of GPT.', 'also: oai, open-ai', 'belongs to', '1 topic'])
    expect(page.main).toContain(said);
  expect((await as.visitor().visit(paths.tag('laboratories'))).main).toContain('OpenAI');
  expect((await as.visitor().get('/tag/open-ai')).headers.location).toBe('/tag/openai');

  const log = (await as.visitor().visit(paths.moderationLog())).main;
  expect(log).toContain('#openai');
  for (const said of [
    'Kind: Subject → Company.',
    'Name: openai → OpenAI.',
    'Other names: none → open-ai, oai.',
    'Belongs to: none → #laboratories.',
    'Everyday word: no → yes.',
  ])
    expect(log).toContain(said);
  // Saved again with nothing changed: nothing to tell.
  await (await browser.visit(paths.tagEdit('openai'))).press('Save');
  expect(await db.$count(actions, eq(actions.kind, 'edit-tag'))).toBe(1);
  const visitorsPage = await as.visitor().visit(paths.tag('openai'));
  expect(visitorsPage.main).not.toContain('Edit this tag');
});

test('what cannot be is said beside the field, and what was typed stays', async ({ as, db }) => {
  await addTag(db, 'openai');
  await addTag(db, 'gpt', { parentId: await addTag(db, 'models', {}), aliases: ['generative'] });
  const browser = await as.moderator();
  const form = await browser.visit(paths.tagEdit('models'));
  for (const [fields, field, says] of [
    [{ name: '…' }, 'name', 'letters or digits'],
    [{ kind: 'planet' }, 'kind', 'Choose a kind'],
    [{ aliases: 'openai' }, 'aliases', '“openai” leads to another tag'],
    [{ aliases: 'generative' }, 'aliases', '“generative” leads to another tag'],
    [{ aliases: Array.from({ length: 30 }, (_one, n) => `n${n}`).join(',') }, 'aliases', 'up to 20'],
    [{ description: 'x'.repeat(301) }, 'description', 'up to 300'],
    [{ parent: 'nothing-like-it' }, 'parent', 'There is no such tag.'],
    [{ parent: 'gpt' }, 'parent', 'or one below it'],
    [{ parent: 'models' }, 'parent', 'That is this tag itself'],
    [{ modifier: '2' }, 'modifier', 'from -1 to 1'],
  ] as const) {
    const was = form.field('was').value;
    const sent = { ...WANTED, aliases: '', was, ...fields };
    const answer = await browser.submit(
      paths.tagEdit('models'),
      Object.entries(sent),
      paths.tagEdit('models'),
    );
    expect([field, answer.status, answer.error(field)]).toEqual([field, 422, expect.stringContaining(says)]);
    expect(answer.field('name').value).toBe(sent.name);
  }
  expect(await db.$count(actions)).toBe(0);
});

test('nobody saves over what another has written meanwhile without having been told', async ({ as, db }) => {
  await addTag(db, 'openai');
  const [one, other] = [await as.moderator(), await as.moderator()];
  const [first, second] = [
    await one.visit(paths.tagEdit('openai')),
    await other.visit(paths.tagEdit('openai')),
  ];
  await first.press('Save', { description: 'What the first one says.' });
  const refused = await second.press('Save', { description: 'What the second one says.' });
  expect([refused.status, refused.field('description').value]).toEqual([409, 'What the second one says.']);
  expect(refused.main).toContain('Another moderator has changed this tag');
  expect((await refused.press('Save')).main).toContain('What the second one says.');
});

test('an alias belongs to one tag, however many want it at one moment', async ({ as, db }) => {
  const slugs = ['one', 'two', 'three', 'four'];
  for (const slug of slugs) await addTag(db, slug);
  const browser = await as.moderator();
  const pages = [];
  for (const slug of slugs) pages.push(await browser.visit(paths.tagEdit(slug)));
  const answers = await Promise.all(pages.map((page) => page.press('Save', { aliases: 'wanted by all' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  const rows = await db.select({ aliases: tags.aliases }).from(tags);
  expect(rows.flatMap(({ aliases }) => aliases)).toEqual(['wanted-by-all']);
});

test('an alias and a tag that is new with a topic never both have a name', async ({ make, as, db }) => {
  await addTag(db, 'one');
  const topics = [await make.topic(), await make.topic(), await make.topic()];
  const page = await (await as.moderator()).visit(paths.tagEdit('one'));
  const [saved] = await Promise.all([
    page.press('Save', { aliases: 'new name' }),
    ...topics.map((topic) => giveTags(db, topic, 'new-name')),
  ]);
  const [own] = await db.select().from(tags).where(eq(tags.slug, 'new-name'));
  // Whoever was first has the name: the alias, and topics got the tag; or the new tag, and the alias was refused.
  expect(own === undefined).toBe(saved.status === 200);
  for (const topic of topics) expect(await tagsOf(db, topic)).toEqual([own ? '0 new-name' : '0 one']);
});

test('a weight moves the topics of the tag in the hot list, and back when it is undone', async ({
  make,
  as,
  db,
  drain,
}) => {
  await addTag(db, 'hype');
  const topic = await make.topic();
  await giveTags(db, topic, 'hype');
  const rank = async () => {
    const [row] = await db.select({ rank: topics.hotRank }).from(topics).where(eq(topics.id, topic.id));
    return row!.rank;
  };
  const before = await rank();
  const browser = await as.moderator();
  await (await browser.visit(paths.tagEdit('hype'))).press('Save', { modifier: '-0,5' });
  await drain();
  expect(await rank()).toBeCloseTo(before - 0.5, 9);
  const [action] = await db.select().from(actions).where(eq(actions.kind, 'edit-tag'));
  await browser.post(paths.undo(action!.id), { reason: 'Too hard' });
  await drain();
  expect(await rank()).toBeCloseTo(before, 9);
});

test('only moderators see the form', async ({ as, db }) => {
  await addTag(db, 'openai');
  expect((await (await as.member()).get(paths.tagEdit('openai'))).status).toBe(403);
  expect((await (await as.moderator()).get('/tag/never-heard-of/edit')).status).toBe(404);
});
