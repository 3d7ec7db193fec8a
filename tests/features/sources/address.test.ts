// The story of the seed: a link that hides the publisher is accepted, marked and asked about; two members give the real
// address, and from then on the article is known by both.
import { eq } from 'drizzle-orm';
import { actions, events, sourceAliases, sources, suggestions } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';
import { giveSource, SEED_LINK, sourceRow, sourcesOf } from './rows.ts';

const REAL = 'https://news.crunchbase.com/venture/record-breaking-funding-ai-global-q1-2026/';
const TITLE = 'Q1 2026 AI Investment Hits $300B, Shattering Records';
const topicWith = (url: string, title: string) => ({ url, title, section: 'funding' });

test('the seed’s link: accepted, marked, resolved by two members, refused ever after', async ({
  as,
  db,
  clock,
}) => {
  const kevin = await as.member();
  const form = await kevin.visit(paths.submit());
  const topic = await form.press('Post topic', topicWith(SEED_LINK, TITLE));
  expect([topic.status, topic.main.includes('publisher link missing')]).toEqual([200, true]);

  const asked = await topic.follow('Give the publisher’s address');
  const wrapped = await asked.press('Suggest this address', { url: 'https://t.co/abc' });
  expect([wrapped.status, wrapped.field('url').value]).toEqual([422, 'https://t.co/abc']);
  expect(wrapped.error('url')).toContain('This address hides the publisher, too.');
  const noted = await wrapped.press('Suggest this address', { url: REAL });
  expect(noted.main).toContain(`1 member suggests: ${REAL} You`);
  expect(
    (await (await as.member()).visit(asked.url)).document
      .querySelector(`li a[href="${REAL}"]`)
      ?.getAttribute('rel'),
  ).toBe('ugc nofollow noopener');
  const [before] = await db.select().from(sources);
  expect(before).toMatchObject({ wrapper: true, publisherHost: 'news.google.com' });

  const diana = await as.member();
  const other = `${REAL.slice(0, -1).replace('https:', 'http:')}?utm_source=x`;
  const resolved = await (await diana.visit(asked.url)).press('Suggest this address', { url: other });
  expect(resolved.main).toContain('crunchbase.com');
  expect(resolved.main).not.toContain('publisher link missing');
  const [after] = await db.select().from(sources);
  expect(after).toMatchObject({
    ...{ id: before?.id, url: REAL, wrapper: false, publisherHost: 'news.crunchbase.com' },
    state: 'live',
  });
  expect(await db.select().from(sourceAliases)).toMatchObject([
    { sourceId: before?.id, kind: 'wrapper', urlKey: before?.urlKey },
  ]);
  const kinds = await db
    .select({ kind: events.kind, actorId: events.actorId })
    .from(events)
    .orderBy(events.id);
  expect(kinds.slice(-2)).toEqual([
    { kind: 'source-edited', actorId: null },
    { kind: 'suggestion-applied', actorId: null },
  ]);
  expect(
    (await as.visitor().visit('/new')).document.querySelector('.row-title a')?.getAttribute('href'),
  ).toBe(REAL);

  clock.advance({ minutes: 5 });
  const again = await as.member();
  for (const url of [REAL, SEED_LINK]) {
    const refused = await (await again.visit(paths.submit())).press('Post topic', topicWith(url, 'Again'));
    expect([refused.status, refused.main.includes('Already here.')]).toEqual([409, true]);
    expect((await refused.follow(TITLE)).main).toContain('Posted by');
  }
});

test('what a suspended member suggested does not count while they are', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [source] = await sourcesOf(db, topic);
  const path = paths.topicSource(topic.id, source!.id);
  const suspended = await make.member();
  await (await (await as.member(suspended)).visit(path)).press('Suggest this address', { url: REAL });
  await sanction(db, suspended, 'suspension', { startsAt: clock.now(), endsAt: clock.ago({ days: -1 }) });
  const form = await (await as.member()).visit(path);
  await form.press('Suggest this address', { url: REAL });
  expect(await sourceRow(db, source!.id)).toMatchObject({ wrapper: true });
  clock.advance({ days: 2 });
  await (await (await as.member()).visit(path)).press('Suggest this address', { url: REAL });
  expect(await sourceRow(db, source!.id)).toMatchObject({ url: REAL, wrapper: false });
});

test('of many who give it at one instant two are enough', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [source] = await sourcesOf(db, topic);
  const browsers = await Promise.all(
    Array.from({ length: 10 }, async () =>
      as.member(await make.member({ joinedAt: clock.ago({ days: 40 }) })),
    ),
  );
  const path = paths.topicSource(topic.id, source!.id);
  const answers = await Promise.all(browsers.map((who) => who.post(path, { do: 'address', url: REAL })));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(2);
  expect(await db.$count(events, eq(events.kind, 'suggestion-applied'))).toBe(1);
  expect(await db.$count(suggestions)).toBe(2);
  const late = answers.filter(({ status }) => status === 409);
  expect(late).toHaveLength(8);
  expect(late.filter(({ text }) => !text.includes('That is what stands there already.'))).toEqual([]);
});

test('a moderator gives it alone', async ({ make, as, db }) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [source] = await sourcesOf(db, topic);
  const page = await (await as.moderator()).visit(paths.topicSource(topic.id, source!.id));
  await page.press('Set this address', { url: REAL, reason: 'Found it' });
  expect(await sourceRow(db, source!.id)).toMatchObject({ url: REAL, wrapper: false });
  expect(await db.select().from(actions)).toMatchObject([
    { kind: 'edit-source', reason: 'Found it', data: { address: { from: source!.url, to: REAL } } },
  ]);
});

test('it applies although another topic is about the article, and both say so', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'By the aggregator', source: SEED_LINK });
  await make.topic({ title: 'By the publisher', source: REAL });
  const [source] = await sourcesOf(db, topic);
  const path = paths.topicSource(topic.id, source!.id);
  for (const who of [await as.member(), await as.member()])
    await who.post(path, { do: 'address', url: REAL });
  expect((await sourceRow(db, source!.id))?.url).toBe(REAL);
  expect((await as.visitor().visit(paths.topic(topic))).main).toContain('Also discussed: By the publisher');
});

test('not when it is another source of the same topic', async ({ make, as, db }) => {
  const topic = await make.topic({ source: SEED_LINK });
  await giveSource(db, topic, { url: REAL });
  const [source] = await sourcesOf(db, topic);
  const page = await (await as.member()).visit(paths.topicSource(topic.id, source!.id));
  const refused = await page.press('Suggest this address', { url: REAL });
  expect([refused.status, refused.main.includes('as another source')]).toEqual([409, true]);
  expect(refused.field('url').value).toBe(REAL);
});

test('a wrong address is corrected by trusted members, and is no other name of the article', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic({ source: 'https://wrong.example/a' });
  const [source] = await sourcesOf(db, topic);
  await db.update(sources).set({ title: 'Another article', state: 'dead' });
  const path = paths.topicSource(topic.id, source!.id);
  const member = await as.member(await make.member({ joinedAt: clock.ago({ days: 40 }) }));
  expect((await member.visit(path)).main).not.toContain('The right address');
  expect((await member.post(path, { do: 'address', url: REAL })).status).toBe(403);
  for (const trusted of [await as.member(), await as.member()])
    await (await trusted.visit(path)).press('Suggest this address', { url: REAL });
  expect(await sourceRow(db, source!.id)).toMatchObject({ url: REAL, title: null, state: 'live' });
  expect(await db.select().from(sourceAliases)).toEqual([]);
});

test('the author’s own edit of the address makes suggestions and other names of the old one worthless', async ({
  make,
  as,
  db,
}) => {
  const anna = await make.member();
  const topic = await make.topic({ author: anna, source: SEED_LINK });
  const [source] = await sourcesOf(db, topic);
  const old = { sourceId: source!.id, keyVersion: 1, url: 'https://old.example/a', urlKey: 'old.example/a' };
  await db.insert(sourceAliases).values({ ...old, kind: 'redirect' });
  await (await as.member()).post(paths.topicSource(topic.id, source!.id), { do: 'address', url: REAL });
  const edit = await (await as.member(anna)).visit(paths.postEdit(topic.openingPostId));
  await edit.press('Save', { url: 'https://mine.example/b' });
  expect(await sourceRow(db, source!.id)).toMatchObject({ url: 'https://mine.example/b', wrapper: false });
  expect(await db.select().from(sourceAliases)).toEqual([]);
  expect(await db.select().from(suggestions)).toMatchObject([{ outcome: 'outdated' }]);
});
