// Adding an article to a topic that is there.
import { eq } from 'drizzle-orm';
import { events, posts, sources, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { makeNewcomer } from '../threads/newcomers.ts';
import { giveReading } from '../threads/readings.ts';
import { giveSource, sourcesOf } from './rows.ts';

const URL = 'https://paper.example/story';

test('a member adds an article with its role', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const anna = await make.member();
  const page = await (await as.member(anna)).visit(paths.topic(topic));
  const form = await page.follow('Add a source');
  expect(form.main).toContain('The report that others cite.');
  const fill = { url: `${URL}?utm_source=mail`, role: 'analysis', paywall: true };
  const added = await form.press('Add this source', fill);
  expect([added.status, added.url]).toEqual([200, expect.stringMatching(/\/sources#source-\d+$/)]);
  expect(added.main).toContain('Sources (2)');
  const [, row] = await sourcesOf(db, topic);
  expect(row).toMatchObject({
    ...{ url: URL, urlKey: 'paper.example/story', role: 'analysis', paywall: true, addedById: anna.id },
    addedAt: clock.now(),
  });
  expect(await db.select().from(events).where(eq(events.kind, 'source-added'))).toMatchObject([
    { actorId: anna.id, topicId: topic.id, data: { sourceId: row?.id } },
  ]);
  expect((await as.visitor().visit(paths.topic(topic))).main).toContain('analysis');
});

test('pressed twice it is added once', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const path = paths.topicSources(topic.id);
  const answers = await Promise.all([1, 2, 3].map(() => browser.post(path, { url: URL, role: 'report' })));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(await sourcesOf(db, topic)).toHaveLength(1);
});

test('twenty members who bring one article bring it once', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browsers = await Promise.all(Array.from({ length: 20 }, () => as.member()));
  const path = paths.topicSources(topic.id);
  const answers = await Promise.all(browsers.map((browser) => browser.post(path, { url: URL })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(await sourcesOf(db, topic)).toHaveLength(1);
});

test('what is there already is named', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const there = await giveSource(db, topic, { url: URL, title: 'The story' });
  const form = await (await as.member()).visit(paths.topicSources(topic.id));
  const refused = await form.press('Add this source', { url: 'http://www.paper.example/story/' });
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('Already here. This article is one of the sources below');
  const link = refused.document.querySelector('[role=alert] a');
  expect([link?.getAttribute('href'), link?.textContent]).toEqual([`#source-${there.id}`, 'The story']);
  expect(refused.field('url').value).toBe('http://www.paper.example/story/');
  // What was removed can be brought again.
  await db.update(sources).set({ state: 'removed' }).where(eq(sources.id, there.id));
  expect((await refused.press('Add this source')).main).toContain('Sources (2)');
});

test('what another topic is about leads there for 30 days', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const other = await make.topic({
    ...{ title: 'The other story', source: URL },
    postedAt: clock.ago({ days: 30 }),
  });
  const form = await (await as.member()).visit(paths.topicSources(topic.id));
  const refused = await form.press('Add this source', { url: URL });
  expect([refused.status, refused.main.includes('moderators can merge them')]).toEqual([409, true]);
  expect((await refused.follow('The other story')).url).toBe(paths.topic(other));
  expect(await sourcesOf(db, topic)).toEqual([]);
  clock.advance({ seconds: 1 });
  expect((await refused.press('Add this source')).main).toContain('Sources (1)');
});

test('a wrong address and an unknown role come back with the form', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const form = await browser.visit(paths.topicSources(topic.id));
  const refused = await form.press('Add this source', { url: 'ftp://paper.example/a', paywall: true });
  expect([refused.status, refused.error('url')]).toEqual([
    422,
    'Only addresses that begin with https:// or http:// can be posted.',
  ]);
  expect(refused.document.querySelector('[name=paywall]')?.hasAttribute('checked')).toBe(true);
  const other = await browser.post(paths.topicSources(topic.id), { url: URL, role: 'rumour' });
  expect([other.status, other.text.includes('Choose what it is.')]).toEqual([422, true]);
  expect(await sourcesOf(db, topic)).toEqual([]);
});

test('from the form of a new topic, the text goes on to a reply', async ({ make, as, db }) => {
  const topic = await make.topic();
  const browser = await as.member();
  const body = '\nWhat I wrote.\n\n- a list';
  const sent = { url: URL, title: 'Mine', section: 'funding', tags: 'power', body, form_id: 'x'.repeat(20) };
  for (let press = 0; press < 2; press += 1) {
    const answer = await browser.submit(paths.topicSources(topic.id), Object.entries(sent), '/submit');
    expect([answer.status, answer.field('body').value]).toEqual([200, body.trimStart()]);
    expect(answer.main).toContain('Reply to this topic');
    expect(answer.main).toContain('Your link is among the sources of this topic now.');
    if (press === 1) await answer.press('Post reply');
  }
  expect(await sourcesOf(db, topic)).toMatchObject([{ url: URL, role: 'report', paywall: false }]);
  expect(await db.select().from(posts).where(eq(posts.bodyMd, body.trimStart()))).toHaveLength(1);
});

test('what was typed for a new topic stays when the article cannot be added', async ({ make, as, db }) => {
  const topic = await make.topic();
  await make.topic({ source: URL });
  const browser = await as.member();
  const sent = { url: URL, title: 'My "title"', body: 'What I wrote.' };
  const answer = await browser.submit(paths.topicSources(topic.id), Object.entries(sent), '/submit');
  expect(answer.status).toBe(409);
  for (const [name, value] of Object.entries(sent)) expect(answer.field(name).value).toBe(value);
  expect(await sourcesOf(db, topic)).toEqual([]);
});

test('the text becomes a reply, too, when somebody has brought the article already', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: URL });
  const sent = { url: URL, title: 'Mine', body: 'What I wrote.' };
  const browser = await as.member();
  const answer = await browser.submit(paths.topicSources(topic.id), Object.entries(sent), '/submit');
  expect([answer.status, answer.field('body').value]).toEqual([200, 'What I wrote.']);
  expect(answer.main).toContain('The article is among the sources of this topic already.');
  expect((await answer.press('Post reply')).main).toContain('What I wrote.');
  expect(await sourcesOf(db, topic)).toHaveLength(1);
});

test('the sources of a topic that was merged are looked for in the other, and added there', async ({
  make,
  as,
  db,
}) => {
  const [topic, into] = [await make.topic(), await make.topic({ title: 'The other' })];
  await db.update(topics).set({ mergedIntoId: into.id }).where(eq(topics.id, topic.id));
  const browser = await as.member();
  expect((await browser.visit(paths.topicSources(topic.id))).url).toBe(paths.topicSources(into.id));
  expect((await browser.post(paths.topicSources(topic.id), { url: URL })).status).toBe(303);
  expect(await sourcesOf(db, topic)).toEqual([]);
  expect(await sourcesOf(db, into)).toHaveLength(1);
});

test('whoever was logged out meanwhile keeps what was typed; visitors are led to log in', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const path = paths.topicSources(topic.id);
  const page = await as.visitor().visit(path);
  expect(page.document.querySelector('form[action$="/sources"]')).toBeNull();
  expect((await page.follow('Log in')).url).toContain('/sign-in?next=');
  const answer = await as.visitor().post(path, { url: URL, role: 'primary', body: 'What I wrote.' });
  expect(answer.status).toBe(422);
  for (const text of [URL, 'What I wrote.', 'You are not logged in.']) expect(answer.text).toContain(text);
  expect(await sourcesOf(db, topic)).toEqual([]);
});

test('not to topics that are locked, hidden, old, held, withdrawn or digests', async ({
  make,
  as,
  db,
  clock,
}) => {
  const anna = await make.member();
  const hidden = await make.topic({ author: anna });
  await make.hide({ topic: hidden.id });
  const cases = [
    [await make.topic({ lockedAt: clock.now() }), 409],
    [await make.topic({ postedAt: clock.ago({ days: 91 }) }), 409],
    [await make.topic({ kind: 'digest' }), 409],
    [await make.topic({ author: anna, heldAt: clock.now() }), 409],
    [await make.topic({ author: anna, withdrawnAt: clock.now() }), 409],
    [hidden, 409],
    [await make.topic({ heldAt: clock.now() }), 404],
  ] as const;
  const browser = await as.member(anna);
  for (const [topic, status] of cases) {
    const answer = await browser.post(paths.topicSources(topic.id), { url: URL });
    expect(answer.status, topic.title).toBe(status);
    expect(await sourcesOf(db, topic)).toEqual([]);
  }
  expect((await as.visitor().visit(paths.topicSources(cases[0][0].id))).main).toContain(
    'This topic is locked',
  );
});

test('a new member’s first links are looked at by moderators: not as sources', async ({
  make,
  as,
  db,
  app,
}) => {
  const newcomer = await makeNewcomer(make, app);
  const topic = await make.topic();
  const form = await (await as.member(newcomer)).visit(paths.topicSources(topic.id));
  const refused = await form.press('Add this source', { url: URL });
  expect([refused.status, refused.field('url').value]).toEqual([403, URL]);
  expect(refused.main).toContain('A moderator looks at your first posts with a link');
  expect(await sourcesOf(db, topic)).toEqual([]);
});

test('a topic is full at 20, and a member at 20 a day', async ({ make, as, db, clock }) => {
  const anna = await make.member();
  const full = await make.topic();
  for (let n = 0; n < 20; n += 1)
    await giveSource(db, full, { url: `https://a${n}.example/x`, addedById: anna.id, addedAt: clock.now() });
  const browser = await as.member(anna);
  expect((await browser.post(paths.topicSources(full.id), { url: URL })).status).toBe(409);
  const other = await make.topic();
  const answer = await browser.post(paths.topicSources(other.id), { url: URL });
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, String(9.5 * 3600)]);
  clock.advance({ hours: 10 });
  expect((await browser.post(paths.topicSources(other.id), { url: URL })).status).toBe(303);
});

test('an article that another topic has is found by where its page leads to', async ({
  make,
  as,
  db,
  clock,
}) => {
  const there = await make.topic({ title: 'The story', source: URL });
  const topic = await make.topic();
  await giveReading(db, 'https://short.example/x', clock.now(), { finalUrl: URL });
  const answer = await (
    await as.member()
  ).post(paths.topicSources(topic.id), { url: 'https://short.example/x', role: 'report' });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain(paths.topic(there));
  expect(await sourcesOf(db, topic)).toEqual([]);
});
