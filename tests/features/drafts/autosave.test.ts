// Drafts as a script keeps them: what it is answered, two windows, and saves that come late.
import { drafts, posts } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Browser } from '../../support/browser.ts';

const FORM = 'abcdefghijklmnopqrst';
const OTHER = 'tsrqponmlkjihgfedcba';

async function save(
  browser: Browser,
  fields: Record<string, string>,
): Promise<{ outcome: string; draft?: string }> {
  const answer = await browser.post(paths.drafts(), fields, { accept: 'application/json' });
  return JSON.parse(answer.text) as { outcome: string; draft?: string };
}

test('a save that comes after the post brings nothing back', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const place = `reply:${topic.id}:0`;
  expect((await save(browser, { place, form_id: FORM, body: 'Half a' })).outcome).toBe('kept');
  expect(
    (await browser.post(paths.topicReply(topic.id), { form_id: FORM, body: 'Half a sentence.' })).status,
  ).toBe(303);
  expect((await save(browser, { place, form_id: FORM, body: 'Half a sen' })).outcome).toBe('sent');
  expect(await db.$count(drafts)).toBe(0);
});

test('posts and saves of one form at once leave one post and no draft', async ({ make, as, db }) => {
  const topic = await make.topic();
  const author = await make.member();
  const browser = await as.member(author);
  const place = `reply:${topic.id}:0`;
  const saves = () =>
    Array.from({ length: 4 }, () => save(browser, { place, form_id: FORM, body: 'A text' }));
  await Promise.all([
    ...saves(),
    browser.post(paths.topicReply(topic.id), { form_id: FORM, body: 'A text.' }),
    ...saves(),
  ]);
  expect([await db.$count(posts), await db.$count(drafts)]).toEqual([2, 0]);
});

test('a save of an edit that comes after it brings nothing back, nor loses another text', async ({
  make,
  as,
  db,
}) => {
  const author = await make.member();
  const reply = await make.reply({ topic: await make.topic(), author, body: 'As it was.' });
  const browser = await as.member(author);
  const place = `edit:${reply.id}`;
  expect((await save(browser, { place, form_id: FORM, version: '1', body: 'Better sa' })).outcome).toBe(
    'kept',
  );
  const sent = { form_id: FORM, version: '1', body: 'Better said.' };
  expect((await browser.post(paths.postEdit(reply.id), sent)).status).toBe(303);
  expect((await save(browser, { place, ...sent })).outcome).toBe('sent');
  expect((await save(browser, { place, ...sent, body: 'Better sai' })).outcome).toBe('other');
  expect(await db.$count(drafts)).toBe(0);
  // By the button, it is meant.
  expect((await browser.post(paths.drafts(), { place, ...sent, body: 'Quite different.' })).status).toBe(303);
  expect(await db.$count(drafts)).toBe(1);
});

test('two windows at one place do not write over each other', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const place = `reply:${topic.id}:0`;
  const first = await save(browser, { place, form_id: FORM, body: 'The first.' });
  expect((await save(browser, { place, form_id: OTHER, body: 'The second.' })).outcome).toBe('other');
  // One that was opened with it goes on with it, and then it is the first that is another one.
  clock.advance({ seconds: 5 });
  const draft = first.draft ?? '';
  expect((await save(browser, { place, form_id: OTHER, draft, body: 'The first, and more.' })).outcome).toBe(
    'kept',
  );
  expect((await save(browser, { place, form_id: FORM, draft, body: 'The first, but.' })).outcome).toBe(
    'other',
  );
  // What is sent from there does not take the text of the other one away.
  await browser.post(paths.topicReply(topic.id), { form_id: FORM, draft, body: 'The first, but.' });
  expect((await db.select({ fields: drafts.fields }).from(drafts)).map(({ fields }) => fields)).toEqual([
    { body: ['The first, and more.'] },
  ]);
  // And the button puts one text under the other.
  await browser.post(paths.drafts(), { place, form_id: 'a-third-form-of-mine', body: 'The third.' });
  expect((await db.select({ fields: drafts.fields }).from(drafts)).map(({ fields }) => fields)).toEqual([
    { body: ['The first, and more.\n\nThe third.'] },
  ]);
});

test('a form whose text was taken out again leaves no draft', async ({ as, db }) => {
  const browser = await as.member();
  expect((await save(browser, { place: 'topic', form_id: FORM, title: 'A' })).outcome).toBe('kept');
  expect(
    (await save(browser, { place: 'topic', form_id: FORM, title: '', section: 'funding' })).outcome,
  ).toBe('empty');
  expect(await db.$count(drafts)).toBe(0);
  const answer = await as
    .visitor()
    .post(paths.drafts(), { place: 'topic', form_id: FORM, title: 'A' }, { accept: 'application/json' });
  expect(answer.status).toBe(401);
});
