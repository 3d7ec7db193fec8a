// Several items at once: each by itself, none lost.
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, itemRow, postRow, putInQueue } from '../../support/moderation-rows.ts';
import { asViewer, decide, openItems } from './items.ts';

const chosen = (items: readonly string[]) => items.map((item) => ['item', item] as const);

test('what can be decided is, and the rest is counted and stays', async ({ make, as, db, clock }) => {
  const me = await make.member({ role: 'moderator' });
  const [other, browser] = [await make.member({ role: 'moderator' }), await as.moderator(me)];
  const topic = await make.topic();
  const queue = async (facts: { readonly own?: boolean } = {}) => {
    const reply = await make.reply(facts.own ? { topic, author: me } : { topic });
    return { reply, item: await putInQueue(db, { post: reply.id }) };
  };
  const [first, decided, claimed, changed, own, last] = [
    ...[
      await queue(),
      await queue(),
      await queue(),
      await queue(),
      await queue({ own: true }),
      await queue(),
    ],
  ] as const;
  await decide(db, asViewer(other), { itemId: decided.item, decision: 'keep', now: clock.now() });
  await (await as.moderator(other)).post(paths.queueClaim(claimed.item));
  await (await as.member()).post(`/p/${changed.reply.id}/flag`, { reason: 'illegal', note: '' });

  const all = [last, own, changed, claimed, decided, first, first];
  const answer = await browser.post(paths.queueBulk(), [
    ...chosen([...all.map((each) => `${each.item}:1`), '999999:1', 'nonsense']),
    ['do', 'hide'],
    ['canned', 'Spam or promotion'],
    ['next', '/moderation?tab=flagged&done=7#list'],
  ]);
  expect([answer.status, answer.headers.location]).toEqual([
    303,
    '/moderation?tab=flagged&done=2&skipped=5#list',
  ]);
  const hidden = (await actionRows(db)).filter(({ kind }) => kind === 'hide');
  expect(hidden.map(({ postId }) => postId)).toEqual([first.reply.id, last.reply.id]);
  expect(hidden.map(({ queueItemId }) => queueItemId)).toEqual([first.item, last.item]);
  expect((await openItems(db)).map(({ id }) => id)).toEqual([claimed.item, changed.item, own.item]);
});

test('a reason that is missing is asked for, and what was chosen stays chosen', async ({ make, as, db }) => {
  const topic = await make.topic();
  const replies = [await make.reply({ topic }), await make.reply({ topic })];
  const items = [];
  for (const { id } of replies) items.push(`${await putInQueue(db, { post: id })}:1`);
  const browser = await as.moderator();
  const form = [...chosen(items), ['do', 'hide-warn'], ['next', '/moderation']] as const;
  const asked = await browser.submit(paths.queueBulk(), form, '/moderation');
  expect(asked.status).toBe(422);
  expect(asked.main).toContain('Hide & warn: 2 items');
  expect(asked.main).toContain('Say why');
  const done = await asked.press('Hide & warn', { canned: 'Spam or promotion' });
  expect(done.url).toContain('/moderation?done=2&skipped=0');
  for (const { id } of replies) expect((await postRow(db, id)).state).toBe('hidden');
  expect((await actionRows(db)).map(({ kind, rule }) => [kind, rule])).toEqual([
    ...[
      ['hide', 4],
      ['warn', 4],
      ['hide', 4],
      ['warn', 4],
    ],
  ]);
});

test('keeping, approving, refusing and laying down need no more than the items', async ({
  make,
  as,
  db,
  clock,
}) => {
  const browser = await as.moderator();
  const topic = await make.topic();
  const heldAt = clock.ago({ hours: 1 });
  const bulk = (what: string, item: number, reason: Record<string, string> = {}) =>
    browser.post(paths.queueBulk(), { do: what, item: `${item}:1`, ...reason });
  for (const [what, kind, state] of [
    ['keep', 'flagged', 'visible'],
    ['approve', 'held', 'visible'],
    ['refuse', 'held', 'hidden'],
  ] as const) {
    const { id } = await make.reply({ topic, ...(kind === 'held' ? { heldAt } : {}) });
    const item = await putInQueue(db, { post: id, kind });
    const answer = await bulk(what, item, what === 'refuse' ? { reason: 'An advertisement' } : {});
    expect([what, answer.headers.location]).toEqual([what, '/moderation?done=1&skipped=0']);
    expect([what, (await postRow(db, id)).state]).toEqual([what, state]);
  }
  const { id } = await make.reply({ topic });
  const item = await putInQueue(db, { post: id });
  await browser.post(paths.queueClaim(item));
  expect((await bulk('release', item)).headers.location).toBe('/moderation?done=1&skipped=0');
  expect(await itemRow(db, item)).toMatchObject({ claimedById: null, closedAt: null });
  // Not decided that way: by an item of its own only, or not at all.
  for (const what of ['lock', 'hide-branch', 'nonsense', ''])
    expect([what, (await bulk(what, item)).status]).toEqual([what, 400]);
  expect((await bulk('approve', item)).headers.location).toBe('/moderation?done=0&skipped=1');
});

test('more than fit into one request wait for the next, and no address leads elsewhere', async ({ as }) => {
  const browser = await as.moderator();
  const item = Array.from({ length: 203 }, (_, n) => `${n + 1}:1`);
  const form = [...chosen(item), ['do', 'keep'], ['next', '//evil.example/x']] as const;
  const answer = await browser.post(paths.queueBulk(), form);
  expect(answer.headers.location).toBe('/?done=0&skipped=203');
});
