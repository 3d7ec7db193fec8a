// Decisions about what members suggest and have not agreed on.
import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { revisions, suggestions } from '../../../src/db/schema/index.ts';
import type { QueueItemId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import type { As } from '../../support/forum.ts';
import { expect, test } from '../../support/forum.ts';
import type { TopicRow } from '../../support/make.ts';
import { actionRows, itemRow, topicRow } from '../../support/moderation-rows.ts';
import { giveSource, sourceRow, sourcesOf } from '../sources/rows.ts';
import { asViewer, decide, open, openItems } from './items.ts';

const suggested = (db: Database) => db.select().from(suggestions).orderBy(asc(suggestions.id));

async function suggestTitle(as: As, topic: TopicRow, title: string) {
  return (await as.member()).post(paths.topicSuggest(topic.id), { title });
}

test('one suggestion is applied, and the rest stays before the moderator', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member();
  const topic = await make.topic({ author, title: 'A titel', source: 'https://press.example/a' });
  const [source] = await sourcesOf(db, topic);
  await suggestTitle(as, topic, 'A title');
  await suggestTitle(as, topic, 'Another title');
  await (await as.member()).post(paths.topicSource(topic.id, source!.id), { do: 'role', role: 'primary' });
  const item = await open(db, 'suggestion', { topicId: topic.id }, clock.now());
  // What waits behind it is not what comes next.
  const other = await make.topic({ author, title: 'An other topic' });
  await suggestTitle(as, other, 'Another topic');
  clock.advance({ minutes: 1 });
  const next = await open(db, 'suggestion', { topicId: other.id }, clock.now());
  const browser = await as.moderator();
  await browser.post(paths.queueClaim(item), {});

  const page = await browser.visit(paths.queueItem(item));
  const again = await page.press('Apply 1');
  expect((await topicRow(db, topic.id)).title).toBe('A title');
  const [edited] = await actionRows(db);
  const [kept] = await db.select({ id: revisions.id }).from(revisions);
  expect(edited).toMatchObject({
    kind: 'edit-title',
    queueItemId: item,
    data: { revisionId: kept?.id },
  });
  expect((await suggested(db)).map(({ outcome }) => outcome)).toEqual(['applied', 'outdated', null, null]);
  expect(await itemRow(db, item)).toMatchObject({ closedAt: null, closedByActionId: null });

  expect(new URL(again.url, 'http://this.invalid').pathname).toBe(paths.queueItem(item));
  expect(again.main).toContain('Title changed.');
  expect(again.main).toContain('Claimed by you');
  expect(again.main).not.toContain('A title (');
  // Whoever still has the other page before them is told that it has changed.
  expect((await page.press('Apply 1')).status).toBe(409);
  const last = await again.press('Apply K');
  expect(await sourceRow(db, source!.id)).toMatchObject({ role: 'primary' });
  const changed = (await actionRows(db)).at(-1);
  expect(changed).toMatchObject({
    ...{ kind: 'edit-source', queueItemId: item },
    data: { sourceId: source!.id, role: { from: 'report', to: 'primary' } },
  });
  expect((await itemRow(db, item)).closedByActionId).toBe(changed?.id);
  expect(new URL(last.url, 'http://this.invalid').pathname).toBe(paths.queueItem(next));
});

test('in the list, too, the item with the rest comes next', async ({ make, as, db, clock }) => {
  const items: QueueItemId[] = [];
  for (const wanted of ['First', 'Second']) {
    const topic = await make.topic({ title: `${wanted} titel` });
    await suggestTitle(as, topic, `${wanted} title`);
    await (await as.member()).post(paths.topicSuggest(topic.id), { title: topic.title, tags: 'Mistral' });
    items.push(await open(db, 'suggestion', { topicId: topic.id }, clock.now()));
  }
  const list = await (await as.moderator()).visit(paths.queue({ tab: 'suggestions' }));
  expect((await list.press('Apply 1')).document.querySelector('.q.is-current')?.id).toBe(`q-${items[0]}`);
});

test('all are declined at once, by another than the author of the topic', async ({ make, as, db, clock }) => {
  const author = await make.member({ role: 'moderator' });
  const topic = await make.topic({ author, title: 'A titel' });
  await suggestTitle(as, topic, 'A title');
  await (await as.member()).post(paths.topicSuggest(topic.id), { title: topic.title, tags: 'Mistral' });
  const now = clock.now();
  const itemId = await open(db, 'suggestion', { topicId: topic.id }, now);
  const dismiss = { itemId, decision: 'dismiss', now } as const;
  await expect(decide(db, asViewer(author), dismiss)).rejects.toThrow('your own topic');
  await decide(db, asViewer(await make.member({ role: 'moderator' })), dismiss);
  expect((await suggested(db)).map(({ outcome }) => outcome)).toEqual(['declined', 'declined']);
  expect((await topicRow(db, topic.id)).title).toBe('A titel');
  expect(await openItems(db)).toEqual([]);
  expect((await as.visitor().visit('/moderation/log')).main).not.toContain('It stays as it is.');
});

test('what was taken back or belongs elsewhere is not applied', async ({ make, as, db, clock }) => {
  const topic = await make.topic({ title: 'A titel' });
  const other = await make.topic();
  await giveSource(db, other, { url: 'https://press.example/a' });
  await suggestTitle(as, topic, 'A title');
  await suggestTitle(as, other, 'Not this one');
  const [, elsewhere] = await suggested(db);
  const now = clock.now();
  const itemId = await open(db, 'suggestion', { topicId: topic.id }, now);
  const browser = await as.moderator();
  const apply = (fields: Record<string, string>) =>
    browser.post(paths.queueItem(itemId), { do: 'apply', version: '1', ...fields });
  // Shown on the item's page once it has one: until then there is nothing at its address.
  for (const choice of [String(elsewhere!.id), '999999', 'x', ''])
    expect([choice, (await apply({ choice })).status]).toEqual([choice, expect.toBeOneOf([404, 409, 422])]);
  expect(await actionRows(db)).toEqual([]);
  expect(await openItems(db)).toHaveLength(1);
});
