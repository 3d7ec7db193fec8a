// Setting right what is said of a source: its role by agreement, a paywall by anyone, taking it away.
import { eq } from 'drizzle-orm';
import { actions, events, sources, suggestions } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { makeNewcomer } from '../threads/newcomers.ts';
import { giveSource, sourceRow, sourcesOf } from './rows.ts';

const WRONG = { url: 'https://blog.example/opinion', role: 'primary', title: 'An opinion' } as const;

test('a wrong role is proposed away by two members', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const path = paths.topicSource(topic.id, source.id);
  const [anna, ben, cleo] = [await as.member(), await as.member(), await as.member()];
  const noted = await (await anna.visit(path)).press('Suggest this role', { role: 'analysis' });
  expect([noted.status, noted.url]).toEqual([200, path]);
  expect(noted.main).toContain('1 member suggests: analysis You');
  // The same again is the same suggestion.
  await noted.press('Suggest this role', { role: 'analysis' });
  expect((await sourceRow(db, source.id))?.role).toBe('primary');
  // Another one takes the place of one's first.
  await (await ben.visit(path)).press('Suggest this role', { role: 'report' });
  const seen = await cleo.visit(path);
  expect(seen.main).toMatch(/1 member suggests: analysis\n.*\n1 member suggests: report\n/);
  expect(seen.main).not.toContain('Take back');
  await (await ben.visit(path)).press('Suggest this role', { role: 'analysis' });
  expect((await sourceRow(db, source.id))?.role).toBe('analysis');
  const about = { topicId: topic.id, actorId: null, at: clock.now() };
  const rows = await db.select().from(suggestions).orderBy(suggestions.id);
  expect(rows.map(({ shown, outcome }) => [shown, outcome])).toEqual([
    ['analysis', 'applied'],
    ['report', 'taken_back'],
    ['analysis', 'applied'],
  ]);
  expect(await db.select().from(events).orderBy(events.id)).toMatchObject([
    { kind: 'source-edited', ...about, data: { sourceId: source.id } },
    {
      ...{ kind: 'suggestion-applied', ...about, public: {} },
      data: { suggestionIds: [rows[0]?.id, rows[2]?.id] },
    },
  ]);
  // Who comes too late is told so.
  const late = await seen.press('Suggest this role', { role: 'analysis' });
  expect([late.status, late.main.includes('That is what stands there already.')]).toEqual([409, true]);
  expect(await db.$count(suggestions)).toBe(3);
});

test('a suggestion can be taken back', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const path = paths.topicSource(topic.id, source.id);
  const page = await (await as.member()).visit(path);
  const noted = await page.press('Suggest this role', { role: 'analysis' });
  expect((await noted.press('Take back')).main).not.toContain('member suggests');
  await (await (await as.member()).visit(path)).press('Suggest this role', { role: 'analysis' });
  expect((await sourceRow(db, source.id))?.role).toBe('primary');
});

test('others say the same by one button, and a moderator who gives a reason applies it', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const path = paths.topicSource(topic.id, source.id);
  const own = await (await (await as.member()).visit(path)).press('Suggest this role', { role: 'analysis' });
  expect(own.main).not.toContain('Suggest the same');
  const moderator = await (await as.moderator()).visit(path);
  const unexplained = await moderator.press('Apply: analysis');
  const chosen = unexplained.document.querySelector('input[name=role][checked]');
  expect([unexplained.status, chosen?.getAttribute('value')]).toEqual([422, 'analysis']);
  await (await (await as.member()).visit(path)).press('Suggest the same: analysis');
  expect((await sourceRow(db, source.id))?.role).toBe('analysis');

  const elsewhere = await giveSource(db, topic, { ...WRONG, url: 'https://blog.example/copy' });
  const other = paths.topicSource(topic.id, elsewhere.id);
  await (await (await as.member()).visit(other)).press('Suggest this role', { role: 'syndicated' });
  const decided = await (await as.moderator()).visit(other);
  await decided.press('Apply: syndicated copy', { reason: 'The same text' });
  expect((await sourceRow(db, elsewhere.id))?.role).toBe('syndicated');
});

test('the enter key sends what was typed, and takes nothing back', async ({ make, as, db }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const path = paths.topicSource(topic.id, source.id);
  const page = await (await as.member()).visit(path);
  const noted = await page.press('Suggest this role', { role: 'analysis' });
  // Browsers press the first button of a form when the key is pressed in a field.
  const first = noted.document.querySelector(`form[action="${path}"] button`);
  expect(['address', 'role']).toContain(first?.getAttribute('value'));
});

test('of many who say the same at one instant two are enough, and it is done once', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const browsers = await Promise.all(Array.from({ length: 12 }, () => as.member()));
  const path = paths.topicSource(topic.id, source.id);
  const answers = await Promise.all(browsers.map((who) => who.post(path, { do: 'role', role: 'report' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, ...Array<number>(10).fill(409)]);
  expect(await db.$count(events, eq(events.kind, 'suggestion-applied'))).toBe(1);
  expect(await db.$count(suggestions, eq(suggestions.outcome, 'applied'))).toBe(2);
  expect(await db.$count(suggestions)).toBe(2);
});

test('a moderator decides at once, and the log says why', async ({ make, as, db, drain }) => {
  const author = await make.member();
  const topic = await make.topic({ author, source: 'https://first.example/a' });
  const source = await giveSource(db, topic, WRONG);
  const path = paths.topicSource(topic.id, source.id);
  await (await (await as.member()).visit(path)).press('Suggest this role', { role: 'report' });
  const page = await (await as.moderator()).visit(path);
  const unexplained = await page.press('Set this role', { role: 'analysis' });
  expect([unexplained.status, unexplained.error('reason')]).toEqual([
    422,
    'Say why: the author is told, and it stands in the log.',
  ]);
  expect(unexplained.document.querySelector('[role=alert] a')?.getAttribute('href')).toBe('#reason');
  await unexplained.press('Set this role', { role: 'analysis', reason: 'An opinion, not a document' });
  expect((await sourceRow(db, source.id))?.role).toBe('analysis');
  expect(await db.select().from(suggestions)).toMatchObject([{ outcome: 'outdated' }]);
  expect(await db.select().from(actions)).toMatchObject([
    {
      ...{ kind: 'edit-source', topicId: topic.id, reason: 'An opinion, not a document' },
      data: { sourceId: source.id, role: { from: 'primary', to: 'analysis' } },
    },
  ]);
  const log = await as.visitor().visit('/moderation/log');
  for (const text of ['Source changed', 'blog.example: analysis', 'An opinion, not a document'])
    expect(log.main).toContain(text);
  await drain();
  const inbox = (await (await as.member(author)).visit('/inbox')).main;
  expect(inbox).toContain('Source changed');
  expect(inbox).toContain('blog.example: analysis. Reason: An opinion, not a document');
});

test('anyone but the new says where there is a paywall', async ({ make, as, db, app }) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const [source] = await sourcesOf(db, topic);
  const path = paths.topicSource(topic.id, source!.id);
  const page = await (await as.member()).visit(path);
  const said = await page.press('It is behind a paywall');
  expect([said.url, said.document.querySelector('.linkcard .badge')?.textContent]).toEqual([path, 'paywall']);
  await said.press('It can be read without paying');
  expect((await sourceRow(db, source!.id))?.paywall).toBe(false);
  expect(await db.$count(events, eq(events.kind, 'source-edited'))).toBe(2);
  const newcomer = await as.member(await makeNewcomer(make, app));
  expect((await newcomer.visit(path)).main).not.toContain('paywall');
  expect((await newcomer.post(path, { do: 'paywall' })).status).toBe(403);
});

test('who brought a source removes it within a day; moderators at any time', async ({
  make,
  as,
  db,
  clock,
}) => {
  const joinedAt = clock.ago({ days: 40 });
  const [anna, ben] = [await make.member({ joinedAt }), await make.member({ joinedAt })];
  const topic = await make.topic({ source: 'https://first.example/a' });
  const brought = { addedById: anna.id, addedAt: clock.now() };
  const one = await giveSource(db, topic, { ...brought, url: 'https://one.example/a' });
  const two = await giveSource(db, topic, { ...brought, url: 'https://two.example/a' });
  const path = (id: typeof one.id) => paths.topicSource(topic.id, id);
  expect((await (await as.member(ben)).visit(path(one.id))).main).not.toContain('Remove it');
  expect((await (await as.member(ben)).post(path(one.id), { do: 'remove' })).status).toBe(403);
  const browser = await as.member(anna);
  const removed = await (await browser.visit(path(one.id))).press('Remove');
  expect([removed.url, removed.main.includes('Sources (2)')]).toEqual([paths.topicSources(topic.id), true]);
  expect((await sourceRow(db, one.id))?.state).toBe('removed');
  expect((await browser.get(path(one.id))).status).toBe(404);
  clock.advance({ hours: 25 });
  expect((await browser.post(path(two.id), { do: 'remove' })).status).toBe(409);
  const page = await (await as.moderator()).visit(path(two.id));
  await page.press('Remove', { reason: 'Spam' });
  expect((await sourceRow(db, two.id))?.state).toBe('removed');
  expect(await db.select().from(actions)).toMatchObject([
    { kind: 'edit-source', data: { sourceId: two.id, state: { from: 'live', to: 'removed' } } },
  ]);
  expect(await db.$count(events, eq(events.kind, 'source-removed'))).toBe(2);
  // The article that a topic is about stays.
  const [first] = await db.select().from(sources).where(eq(sources.topicId, topic.id)).orderBy(sources.id);
  const last = await (await as.moderator()).post(path(first!.id), { do: 'remove', reason: 'Spam' });
  expect([last.status, last.text.includes('This is the only article of the topic.')]).toEqual([409, true]);
});

test('a form without one of our buttons is refused, and a source of another topic is not there', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic({ source: 'https://first.example/a' });
  const other = await make.topic();
  const [source] = await sourcesOf(db, topic);
  const browser = await as.member();
  expect((await browser.post(paths.topicSource(topic.id, source!.id), { do: 'burn' })).status).toBe(400);
  expect((await browser.get(paths.topicSource(other.id, source!.id))).status).toBe(404);
  expect((await browser.post(paths.topicSource(other.id, source!.id), { do: 'paywall' })).status).toBe(404);
  expect((await as.visitor().visit(paths.topicSource(topic.id, source!.id))).url).toContain('/sign-in');
});
