// Whoever was logged out while writing gets the form back with what they wrote and a way to log in; nothing is saved.
import type { Database } from '../../../src/db/connection.ts';
import { events, posts, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

async function countRows(db: Database): Promise<number[]> {
  return [await db.$count(topics), await db.$count(posts), await db.$count(events)];
}

test.for(['topic', 'reply'] as const)('a reply to a %s keeps its text', async (what, { make, as, db }) => {
  const topic = await make.topic();
  const answered = await make.reply({ topic });
  const path = what === 'topic' ? paths.topicReply(topic.id) : paths.postReply(answered.id);
  const before = await countRows(db);
  const form = { body: '  A long\n\n<thought>.', form_id: 'abcdefghijklmnopqrst' };
  const page = await as.visitor().submit(path, Object.entries(form), path);
  expect(page.status).toBe(422);
  expect(page.main).toContain('You are not logged in.');
  expect(page.document.querySelector('main [role=alert] a')?.getAttribute('href')).toBe(paths.signIn(path));
  expect(page.field('body').value).toBe(form.body);
  expect(page.field('form_id').value).toBe(form.form_id);
  expect(await countRows(db)).toEqual(before);
});

test('a preview that somebody logged out asks for is no preview', async ({ make, as }) => {
  const path = paths.topicReply((await make.topic()).id);
  const page = await as.visitor().submit(path, Object.entries({ body: '**Bold**', preview: '1' }), path);
  expect(page.status).toBe(422);
  expect(page.html).not.toContain('<strong>Bold</strong>');
  expect(page.field('body').value).toBe('**Bold**');
});

test('a topic keeps all its fields', async ({ as, db }) => {
  const form = {
    url: 'https://one.example/a',
    title: 'Lead times',
    tags: 'chips, power',
    body: 'What now?',
  };
  const sent = Object.entries({ ...form, section: 'infrastructure' });
  const page = await as.visitor().submit(paths.submit(), sent, paths.submit());
  expect(page.status).toBe(422);
  expect(page.document.querySelector('main [role=alert] a')?.getAttribute('href')).toBe(
    paths.signIn(paths.submit()),
  );
  for (const [name, value] of Object.entries(form)) expect(page.field(name).value, name).toBe(value);
  expect(page.document.querySelector('option[selected]')?.getAttribute('value')).toBe('infrastructure');
  expect(await countRows(db)).toEqual([0, 0, 0]);
});

test('a digest stays one', async ({ as }) => {
  const form = { title: 'The week', body: 'What happened.', digest: '1' };
  const page = await as.visitor().submit(paths.submit(), Object.entries(form), paths.submit());
  expect(page.document.querySelector('[name=digest]')?.hasAttribute('checked')).toBe(true);
});

test('an edit keeps what it says and which version it was made from', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://one.example/a', body: 'As it was.' });
  const form = {
    version: '1',
    title: 'A better title',
    url: 'https://two.example/b',
    tags: 'chips',
    body: 'A better text.',
  };
  const path = paths.postEdit(topic.openingPostId);
  const before = await countRows(db);
  const page = await as.visitor().submit(path, Object.entries({ ...form, section: 'funding' }), path);
  expect(page.status).toBe(422);
  expect(page.document.querySelector('main [role=alert] a')?.getAttribute('href')).toBe(paths.signIn(path));
  for (const [name, value] of Object.entries(form)) expect(page.field(name).value, name).toBe(value);
  expect(page.main).not.toContain('As it was.');
  expect(await countRows(db)).toEqual(before);
});

test('what awaits approval is not edited by visitors, nor told of', async ({ make, as, clock }) => {
  const topic = await make.topic({ heldAt: clock.now() });
  const answer = await as
    .visitor()
    .post(paths.postEdit(topic.openingPostId), { version: '1', body: 'Mine.' });
  expect(answer.status).toBe(404);
});

test('a script that writes for somebody logged out is told so as data', async ({ make, as }) => {
  const path = paths.topicReply((await make.topic()).id);
  const answer = await as.visitor().post(path, { body: 'Hello' }, { accept: 'application/json' });
  expect(answer.status).toBe(401);
});
