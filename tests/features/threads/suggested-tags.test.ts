// The tags that a title names, offered beside the field of tags: by a button, never by themselves.
import { topicTags } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { addTag, giveTags } from '../tagging/tagging.ts';

const offered = (page: Page) =>
  [...page.document.querySelectorAll('button[name=add-tag]')].map((button) => button.getAttribute('value'));

test('a press adds one to the field and keeps all that was typed; then it is offered no more', async ({
  as,
  db,
}) => {
  await addTag(db, 'openai', { kind: 'company', aliases: ['open-ai'] });
  await addTag(db, 'meta', { kind: 'company', ordinary: true });
  await addTag(db, 'chips');
  const browser = await as.member();
  const title = 'Open AI sells its chips';
  const page = await browser.visit(paths.submit({ title }));
  expect(offered(page)).toEqual(['openai', 'chips']);
  const next = await page.press('Add the tag openai', {
    body: 'My own words',
    tags: 'power, ',
    section: 'funding',
  });
  expect(next.field('tags').value).toBe('power, openai');
  expect([next.status, next.field('title').value, next.field('body').value]).toEqual([
    200,
    title,
    'My own words',
  ]);
  expect(offered(next)).toEqual(['chips']);
  const posted = await next.press('Post topic');
  expect([posted.html.includes('/tag/openai'), posted.html.includes('/tag/chips')]).toEqual([true, false]);
  expect(await db.$count(topicTags)).toBe(2);
});

test('an everyday word is one, unless the article stands on its own site', async ({ as, db }) => {
  await addTag(db, 'meta', { kind: 'company', ordinary: true });
  const browser = await as.member();
  const title = 'Meta is late';
  expect(offered(await browser.visit(paths.submit({ title })))).toEqual([]);
  const url = 'https://ai.meta.com/blog/late';
  expect(offered(await browser.visit(paths.submit({ title, url })))).toEqual(['meta']);
});

test('not offered: what nobody may know of, what was merged away, more than a topic has room for', async ({
  make,
  as,
  db,
}) => {
  for (const slug of ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']) await addTag(db, slug);
  await addTag(db, 'omega');
  await giveTags(db, await make.topic({ heldAt: new Date('2026-04-03T12:00:00Z') }), 'whispered');
  await (await as.moderator()).post(paths.tagMerge('omega'), { into: 'alpha', reason: 'The same' });
  const browser = await as.member();
  const all = await browser.visit(paths.submit({ title: 'Whispered alpha beta gamma delta epsilon zeta' }));
  expect(offered(all)).toEqual(['alpha', 'beta', 'gamma', 'delta', 'epsilon']);
  expect(offered(await browser.visit(paths.submit({ title: 'An omega for everybody' })))).toEqual(['alpha']);
  const full = await all.press('Preview', { tags: 'a, b, c, d, zeta' });
  expect(offered(full)).toEqual([]);
});

test('the script is told the same, and what stands in the field is left out', async ({ as, db }) => {
  await addTag(db, 'openai');
  await addTag(db, 'chips');
  const browser = await as.member();
  const fields = { url: '', title: 'OpenAI sells chips', tags: 'OpenAI' };
  const answer = await browser.post(paths.submitCheck(), fields, { accept: 'application/json' });
  const { tags } = JSON.parse(answer.text) as { readonly tags: string };
  expect([tags.includes('value="chips"'), tags.includes('value="openai"')]).toEqual([true, false]);
});

test('whoever edits a topic is offered them too', async ({ make, as, db, clock }) => {
  await addTag(db, 'openai');
  const author = await make.member();
  const topic = await make.topic({ author, title: 'What OpenAI sells', postedAt: clock.ago({ minutes: 5 }) });
  const browser = await as.member(author);
  const page = await browser.visit(paths.postEdit(topic.openingPostId));
  expect(offered(page)).toEqual(['openai']);
  const next = await page.press('Add the tag openai', { body: 'Other words' });
  expect([next.field('tags').value, next.field('body').value]).toEqual(['openai', 'Other words']);
  expect((await next.press('Save')).html).toContain('/tag/openai');
});
