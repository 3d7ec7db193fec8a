// The form of a new topic as it comes from elsewhere, and where what was typed goes when it is no new topic.
import { eq } from 'drizzle-orm';
import { pageReadings, posts, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

const ARTICLE = 'https://gridledger.example/lead-times?utm_source=bookmark';
const TITLE = 'Lead times for large transformers';

test('a bookmark fills the form, which says at once what is here already', async ({ make, as, db }) => {
  const earlier = await make.topic({ title: 'Large transformers: the lead times' });
  const address = paths.submit({ url: ARTICLE, title: TITLE, section: 'funding' });
  const page = await (await as.member()).visit(address);
  expect([page.field('url').value, page.field('title').value]).toEqual([ARTICLE, TITLE]);
  expect(page.document.querySelector('option[selected]')?.getAttribute('value')).toBe('funding');
  expect(page.main).toContain('The same story?');
  expect(page.document.querySelector('[role="alert"], [aria-invalid]')).toBeNull();
  // It has been shown: nobody presses twice for it.
  await page.press('Post topic');
  expect(await db.select().from(topics)).toHaveLength(2);
  expect(page.main).toContain(earlier.title);
});

test('what has been shown cannot be given in the address', async ({ make, as }) => {
  const earlier = await make.topic({ title: 'Large transformers: the lead times' });
  const browser = await as.member();
  const page = await browser.visit(`${paths.submit({ title: 'Something else' })}&again=${earlier.id}`);
  const warned = await page.press('Post topic', { title: TITLE, section: 'funding', body: 'Mine.' });
  expect(warned.status).toBe(409);
});

test.for([
  ['a request for the headers', 'HEAD', {}],
  ['a page fetched ahead of time', 'GET', { 'sec-purpose': 'prefetch' }],
  ['opening the form', 'GET', {}],
] as const)(
  '%s asks nobody for the page and writes nothing',
  async ([, method, headers], { app, make, as, db }) => {
    const cookie = await as.cookie(await make.member());
    const url = paths.submit({ url: ARTICLE, title: TITLE });
    expect((await app.inject({ method, url, headers: { ...headers, cookie } })).statusCode).toBe(200);
    expect(await db.select().from(pageReadings)).toEqual([]);
  },
);

test('several values of one name, and values that are no text, fill what they can', async ({ as }) => {
  const browser = await as.member();
  const page = await browser.visit('/submit?url=a&url=b&title=%00%FF&section[]=x');
  expect(page.status).toBe(200);
  expect(page.field('url').value).toBe('b');
});

test('"Reply there" takes the text along, with the address under it, and sends nothing yet', async ({
  make,
  as,
  db,
}) => {
  const earlier = await make.topic({ title: 'Large transformers: the lead times' });
  const page = await (await as.member()).visit(paths.submit({ url: ARTICLE, title: TITLE }));
  const reply = await page.press('Reply there', { body: 'What I **think**.' });
  expect(reply.status).toBe(200);
  expect(reply.document.querySelector('h1')?.textContent).toBe('Reply to this topic');
  expect(reply.field('body').value).toBe(`What I **think**.\n\n${ARTICLE}`);
  expect(await db.select().from(posts)).toHaveLength(1);
  // Not with the topic's form: that one may still be posted.
  expect(reply.field('form_id').value).not.toBe(page.field('form_id').value);
  await reply.press('Post reply');
  const [posted] = await db.select().from(posts).where(eq(posts.depth, 0)).orderBy(posts.id).offset(1);
  expect(posted).toMatchObject({ topicId: earlier.id, bodyMd: `What I **think**.\n\n${ARTICLE}` });
});

test('an address that stands in the text is not put under it again; without a text it is the text', async ({
  make,
  as,
}) => {
  await make.topic({ title: 'Large transformers: the lead times' });
  const page = await (await as.member()).visit(paths.submit({ url: ARTICLE, title: TITLE }));
  const typed = `See ${ARTICLE} for all.`;
  expect((await page.press('Reply there', { body: typed })).field('body').value).toBe(typed);
  expect((await page.press('Reply there')).field('body').value).toBe(ARTICLE);
});

test('a text is not lost when the topic takes no reply any more, or the session has ended', async ({
  make,
  as,
  clock,
  db,
}) => {
  const earlier = await make.topic({ title: 'Large transformers: the lead times' });
  const page = await (await as.member()).visit(paths.submit({ title: TITLE }));
  const sent = { carry: '1', body: 'Mine.', url: ARTICLE };
  const loggedOut = await as.visitor().submit(paths.topicReply(earlier.id), Object.entries(sent), '/submit');
  expect(loggedOut.status).toBe(422);
  expect(loggedOut.field('body').value).toBe(`Mine.\n\n${ARTICLE}`);
  expect(loggedOut.main).toContain('You are not logged in');

  await db.update(topics).set({ lockedAt: clock.now() }).where(eq(topics.id, earlier.id));
  const refused = await page.press('Reply there', { body: 'Mine.' });
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('This topic is locked');
  expect(refused.field('body').value).toBe('Mine.');
});
