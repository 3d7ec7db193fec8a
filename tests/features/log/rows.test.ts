// A row of the log for every item that a decision touched, each once however one pages, and what its reader can do.
import type { ActionId, PostId } from '../../../src/domain/ids.ts';
import { expect, test } from '../../support/forum.ts';
import { decisions, rowsOf } from './deciding.ts';

test('a branch that was hidden has a row for each reply, the one that was named first', async ({
  make,
  as,
}) => {
  const topic = await make.topic({ title: 'Grid operators report' });
  const [first, second, third] = [
    await make.member({ name: 'first_one' }),
    await make.member({ name: 'second_one' }),
    await make.member({ name: 'third_one' }),
  ];
  const earlier = await make.reply({ topic, author: third });
  const named = await make.reply({ topic, author: first, body: 'Words to hide' });
  await make.reply({ topic, parent: named, author: second, body: 'More of them' });
  const moderator = await as.moderator(await make.member({ name: 'marta_l', role: 'moderator' }));
  await moderator.post(`/p/${named.id}/hide`, { reason: 'A quarrel', rule: '2', extent: 'branch' });
  await moderator.post(`/p/${earlier.id}/hide`, { reason: 'Off topic' });

  const log = await as.visitor().visit('/moderation/log');
  expect(rowsOf(log)).toEqual([
    '14:30 | Reply hidden | third_one in Grid operators report | Off topic | marta_l | Stands',
    '14:30 | Reply hidden | first_one in Grid operators report | A quarrel (rule 2) | marta_l | Stands',
    '14:30 | Reply hidden | second_one in Grid operators report | A quarrel (rule 2) | marta_l | Stands',
  ]);
  expect(log.html).not.toContain('Words to hide');
  expect(log.document.querySelector('table.log td a[href="/rules"]')?.textContent).toBe('(rule 2)');
});

test('a suspension says for how long, and what went with it; a merge is one row', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide } = decisions(db, clock);
  const by = await make.member({ name: 'marta_l', role: 'moderator' });
  const spammer = await make.member({ name: 'quickcoin_ai' });
  const [kept, own] = [
    await make.topic({ title: 'A topic of others' }),
    await make.topic({ title: 'Buy a coin', author: spammer, hiddenAt: clock.now() }),
  ];
  const reply = await make.reply({ topic: kept, author: spammer });
  const held = await make.reply({ topic: kept, author: spammer, heldAt: clock.now() });
  const withdrawn = await make.reply({ topic: kept, author: spammer, withdrawnAt: clock.now() });
  await decide({
    ...{ kind: 'suspend', by, memberId: spammer.id, reason: 'Spam', rule: 4, data: { what: 'for 7 days' } },
    postIds: [withdrawn.id, held.id, own.openingPostId, reply.id],
  });
  clock.advance({ minutes: 1 });
  const moved = [await make.reply({ topic: kept }), await make.reply({ topic: kept })];
  await decide({
    ...{ kind: 'merge', by, topicId: own.id, reason: 'The same news', data: { other: kept.id } },
    postIds: moved.map(({ id }) => id),
  });
  const log = await as.visitor().visit('/moderation/log');
  const [merge, member, ...posts] = rowsOf(log);
  expect(merge).toBe(
    `14:31 | Topic merged, 2 replies moved | a topic (${own.id}) into A topic of others | The same news | marta_l | Stands`,
  );
  expect(member).toBe('14:30 | Suspended | quickcoin_ai, for 7 days | Spam (rule 4) | marta_l | Stands');
  expect(posts.map((row) => row.split(' | ').slice(1, 3))).toEqual([
    ['Topic hidden', `a topic (${own.id})`],
    ['Reply hidden', 'quickcoin_ai in A topic of others'],
    // That these are the member's, nobody was to learn.
    ['Reply hidden', 'A reply in A topic of others'],
    ['Reply hidden', 'A reply in A topic of others'],
  ]);
  expect(log.html).not.toContain('Buy a coin');
});

test('every row is read once, also while decisions arrive and one of them fills pages', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide } = decisions(db, clock);
  const by = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const replies: PostId[] = [];
  for (let n = 0; n < 75; n += 1) replies.push((await make.reply({ topic, author: by })).id);
  const expected = new Map<string, number>();
  for (let n = 1; n <= 12; n += 1) {
    // Three in one moment; the sixth touches more than two pages hold.
    const postIds = n === 6 ? replies : replies.slice(n, n + (n % 4));
    const at = clock.ago({ hours: Math.floor(n / 3) });
    await decide({ by, at, topicId: topic.id, postId: replies[n]!, postIds, reason: `Number ${n}.` });
    expected.set(`Number ${n}.`, new Set([...postIds, replies[n]]).size);
  }
  const seen: string[] = [];
  let page = await as.visitor().visit('/moderation/log');
  for (;;) {
    const rows = rowsOf(page);
    expect(rows.length).toBeLessThanOrEqual(30);
    seen.push(...rows.map((row) => row.split(' | ')[3]!));
    if (page.document.querySelector('a[rel="next"]') === null) break;
    await decide({ by, topicId: topic.id, postId: replies[0]!, postIds: replies, reason: 'Meanwhile' });
    page = await page.follow('Earlier');
  }
  const counted = new Map<string, number>();
  for (const reason of seen) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  expect(counted).toEqual(expected);
  // Rows of one decision stand together.
  expect(seen.filter((reason, n) => reason !== seen[n - 1])).toHaveLength(12);
});

test('a row says whether the decision stands, is appealed against, or was undone and how', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo, appeal } = decisions(db, clock);
  const by = await make.member({ name: 'marta_l', role: 'moderator' });
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator' });
  const author = await make.member();
  const topic = await make.topic({ title: 'A topic', author });
  const made: ActionId[] = [];
  for (const reason of ['One', 'Two', 'Three', 'Four'])
    made.push(await decide({ by, reason, topicId: topic.id, at: clock.ago({ hours: 1 }) }));
  const [, two, three, four] = made;
  await appeal(two!, author);
  await appeal(three!, author, 'upheld');
  await appeal(four!, author, 'reversed');
  clock.advance({ hours: 2 });
  await undo(four!, { by: tomas, reason: 'It was sourced' });
  await decide({ kind: 'lock', topicId: topic.id, reason: 'Over' });
  const status = new Map(
    rowsOf(await as.visitor().visit('/moderation/log')).map((row): [string, string] => {
      const [, , , reason = '', moderator, state] = row.split(' | ');
      return [reason, `${moderator}: ${state}`];
    }),
  );
  expect(Object.fromEntries(status)).toEqual({
    One: 'marta_l: Stands',
    Two: 'marta_l: Under appeal',
    Three: 'marta_l: Stands, upheld on appeal',
    Four: 'marta_l: Undone on appeal, by tomas_r, 3 April 2026, 16:30',
    'It was sourced': 'tomas_r: Stands',
    Over: 'the forum: Stands Automatic',
  });
});

test('whom it concerns can appeal for six months, moderators can undo, and nobody else sees either', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo, appeal } = decisions(db, clock);
  const by = await make.member({ role: 'moderator' });
  const author = await make.member();
  const topic = await make.topic();
  const reply = await make.reply({ topic, author });
  const about = { by, topicId: topic.id, postId: reply.id, postIds: [reply.id] };
  const old = await decide({ ...about, at: clock.ago({ days: 184 }) });
  const open = await decide(about);
  const undone = await decide(about);
  const restored = await undo(undone, { by });
  const appealed = await decide(about);
  await appeal(appealed, author);
  const warned = await decide({ kind: 'warn', by, memberId: author.id, postIds: [reply.id] });
  const settings = await decide({ kind: 'change-settings', by });
  const links = async (browser: ReturnType<typeof as.visitor>, part: string) =>
    [
      ...(await browser.visit('/moderation/log')).document.querySelectorAll(`table.log a[href*="${part}"]`),
    ].map((link) => link.getAttribute('href'));
  const appeals = (ids: readonly ActionId[]) => ids.map((id) => `/decisions/${id}`);
  const undos = (ids: readonly ActionId[]) => ids.map((id) => `/moderation/actions/${id}/undo`);
  const member = await as.member(author);
  // The warning has a row for the member, and one for the reply.
  expect(await links(member, '/decisions/')).toEqual(appeals([warned, warned, open]));
  expect(await links(member, '/undo')).toEqual([]);
  expect(await links(await as.moderator(), '/undo')).toEqual(undos([warned, appealed, restored, open, old]));
  for (const browser of [as.visitor(), await as.member(), await as.moderator()])
    expect(await links(browser, '/decisions/')).toEqual([]);
  expect(settings).toBeGreaterThan(warned);
});
