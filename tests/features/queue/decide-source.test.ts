// Decisions about sources: flagged ones, and aggregators' links whose publisher nobody has found.
import { eq } from 'drizzle-orm';
import { flags, suggestions } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, flagRecord, itemRow } from '../../support/moderation-rows.ts';
import { giveSource, SEED_LINK, sourceRow, sourcesOf } from '../sources/rows.ts';
import { asViewer, decide, open, openItems, runHourly } from './items.ts';

const REAL = 'https://news.crunchbase.com/venture/record-breaking-funding-ai-global-q1-2026/';

test('a flagged source is kept or removed, and its flags have been right or wrong', async ({
  make,
  as,
  db,
  clock,
  drain,
}) => {
  const adder = await make.member();
  const topic = await make.topic({ source: 'https://press.example/a' });
  const browser = await as.moderator();
  for (const { decision, outcome, state, upheld } of [
    { decision: 'keep', outcome: 'rejected', state: 'live', upheld: 0 },
    { decision: 'remove-source', outcome: 'upheld', state: 'removed', upheld: 1 },
  ] as const) {
    const { id } = await giveSource(db, topic, {
      url: `https://blog.example/${decision}`,
      addedById: adder.id,
    });
    const flagger = await make.member();
    const given = { sourceId: id, flaggerId: flagger.id, weight: 5, flaggedAt: clock.now() };
    await db.insert(flags).values({ ...given, reason: 'spam' });
    const item = await open(db, 'flagged', { sourceId: id }, clock.now());
    const fields = { do: decision, version: '1', canned: 'Spam or promotion' };
    expect((await browser.post(paths.queueItem(item), fields)).status).toBe(303);
    expect(await sourceRow(db, id)).toMatchObject({ state });
    expect(await db.select().from(flags).where(eq(flags.sourceId, id))).toMatchObject([{ outcome }]);
    expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld });
    const action = (await actionRows(db)).at(-1);
    expect(action).toMatchObject({ queueItemId: item, topicId: topic.id, data: { sourceId: id } });
    expect((await itemRow(db, item)).closedByActionId).toBe(action?.id);
  }
  await drain();
  const inbox = (await (await as.member(adder)).visit('/inbox')).main;
  expect(inbox).toContain(`Source changed by a moderator in ${topic.title}`);
  expect(inbox).toContain('blog.example: removed. Reason: Spam or promotion (rule 4)');
  expect(inbox).not.toContain('Kept');
});

test('nobody keeps a flagged source that they added', async ({ make, db, clock }) => {
  const moderator = await make.member({ role: 'moderator' });
  const topic = await make.topic({ author: moderator, source: 'https://press.example/a' });
  const [source] = await sourcesOf(db, topic);
  const now = clock.now();
  const itemId = await open(db, 'flagged', { sourceId: source!.id }, now);
  const keep = { itemId, decision: 'keep', now } as const;
  await expect(decide(db, asViewer(moderator), keep)).rejects.toThrow('another moderator decides');
  await decide(db, asViewer(await make.member({ role: 'moderator' })), keep);
  expect(await openItems(db)).toEqual([]);
});

test('an address that a member suggests is applied to a link', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ source: SEED_LINK });
  const [source] = await sourcesOf(db, topic);
  const path = paths.topicSource(topic.id, source!.id);
  await (await as.member()).post(path, { do: 'address', url: REAL });
  await (await as.member()).post(path, { do: 'address', url: 'https://elsewhere.example/a' });
  const [right, wrong] = await db.select().from(suggestions).orderBy(suggestions.id);
  const item = await open(db, 'link', { sourceId: source!.id }, clock.now());
  const browser = await as.moderator();
  const apply = (choice: string) =>
    browser.post(paths.queueItem(item), { do: 'apply', version: '1', choice });
  expect((await apply(String(right!.id))).status).toBe(303);
  expect(await sourceRow(db, source!.id)).toMatchObject({ url: REAL, wrapper: false });
  expect(await actionRows(db)).toMatchObject([
    {
      ...{ kind: 'edit-source', queueItemId: item, reason: 'As suggested.' },
      data: { sourceId: source!.id, address: { from: source!.url, to: REAL } },
    },
  ]);
  const after = await db.select().from(suggestions).orderBy(suggestions.id);
  expect(after).toMatchObject([
    { id: right!.id, outcome: 'applied' },
    { id: wrong!.id, outcome: 'outdated' },
  ]);
  const [action] = await actionRows(db);
  expect(await itemRow(db, item)).toMatchObject({ closedAt: clock.now(), closedByActionId: action?.id });
});

test('a moderator types the address, or leaves the link as it is for good', async ({
  make,
  as,
  db,
  clock,
}) => {
  const browser = await as.moderator();
  const [one, other] = [
    await make.topic({ source: SEED_LINK }),
    await make.topic({ source: 'https://t.co/abc' }),
  ];
  const [[typed], [left]] = [await sourcesOf(db, one), await sourcesOf(db, other)];
  await (await as.member()).post(paths.topicSource(other.id, left!.id), { do: 'address', url: REAL });
  const now = clock.now();
  const item = await open(db, 'link', { sourceId: typed!.id }, now);
  expect(
    (await browser.post(paths.queueItem(item), { do: 'apply', version: '1', address: REAL })).status,
  ).toBe(303);
  expect(await sourceRow(db, typed!.id)).toMatchObject({ url: REAL });

  const second = await open(db, 'link', { sourceId: left!.id }, now);
  expect((await browser.post(paths.queueItem(second), { do: 'dismiss', version: '1' })).status).toBe(303);
  expect(await sourceRow(db, left!.id)).toMatchObject({ wrapper: true, state: 'live' });
  expect(await db.select().from(suggestions)).toMatchObject([{ outcome: 'declined' }]);
  clock.advance({ days: 3 });
  await runHourly(db, clock);
  expect(await openItems(db)).toEqual([]);
});

test('a link is removed, unless it is all that the topic is about', async ({ make, db, clock }) => {
  const moderator = asViewer(await make.member({ role: 'moderator' }));
  const topic = await make.topic({ source: SEED_LINK });
  const [first] = await sourcesOf(db, topic);
  const now = clock.now();
  const itemId = await open(db, 'link', { sourceId: first!.id }, now);
  const remove = { itemId, decision: 'remove-source', now } as const;
  await expect(decide(db, moderator, remove)).rejects.toThrow('the only article of the topic');
  await giveSource(db, topic, { url: REAL });
  const actionId = await decide(db, moderator, remove);
  expect(await sourceRow(db, first!.id)).toMatchObject({ state: 'removed' });
  expect(await itemRow(db, itemId)).toMatchObject({ closedByActionId: actionId });
});

test('whoever added a source agrees with its flags by taking it away', async ({ make, as, db, clock }) => {
  const adder = await make.member();
  const topic = await make.topic({ source: 'https://press.example/a' });
  const { id } = await giveSource(db, topic, {
    ...{ url: 'https://blog.example/b', addedById: adder.id, addedAt: clock.now() },
  });
  const flagger = await make.member();
  const given = { sourceId: id, flaggerId: flagger.id, weight: 1, flaggedAt: clock.now() };
  await db.insert(flags).values({ ...given, reason: 'spam' });
  const item = await open(db, 'flagged', { sourceId: id }, clock.now());
  const removed = await (await as.member(adder)).post(paths.topicSource(topic.id, id), { do: 'remove' });
  expect(removed.status).toBe(303);
  expect(await itemRow(db, item)).toMatchObject({ closedAt: clock.now(), closedByActionId: null });
  expect(await db.select().from(flags)).toMatchObject([{ outcome: 'upheld' }]);
  expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 1 });
});
