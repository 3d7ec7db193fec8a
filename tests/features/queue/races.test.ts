// Moderators at work at once: every item is decided exactly once, about what its moderator saw.
import { isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { actions, flags } from '../../../src/db/schema/index.ts';
import type { QueueItemId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { giveFlag } from '../../../src/features/flags/index.ts';
import { decideItem } from '../../../src/features/queue/commands/decide.ts';
import { findCounterFaults, repairCounters } from '../../../src/features/threads/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { Problem } from '../../../src/web/problem.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { actionRows, itemRow, postRow, putInQueue } from '../../support/moderation-rows.ts';
import { asViewer, decide, openItems } from './items.ts';

test('of two who decide at one instant, one does, and the other keeps what was typed', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browsers = [await as.moderator(), await as.moderator()];
  for (let round = 0; round < 5; round += 1) {
    const { id } = await make.reply({ topic });
    const item = await putInQueue(db, { post: id });
    const answers = await Promise.all(
      browsers.map((browser, n) =>
        browser.post(paths.queueItem(item), {
          do: n === 0 ? 'hide' : 'keep',
          version: '1',
          reason: 'My words',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.text).toContain('My words');
    const decided = (await actionRows(db)).filter(({ queueItemId }) => queueItemId === item);
    expect(decided).toHaveLength(1);
    expect((await itemRow(db, item)).closedByActionId).toBe(decided[0]?.id);
    expect((await postRow(db, id)).state).toBe(decided[0]?.kind === 'hide' ? 'hidden' : 'visible');
  }
});

test('a flag that comes first makes the decision stale; one that comes after it is another item', async ({
  make,
  db,
  clock,
}) => {
  const now = clock.now();
  const by = asViewer(await make.member({ role: 'moderator' }));
  const topic = await make.topic();
  const { id: postId } = await make.reply({ topic });
  await make.flag({ post: postId });
  const itemId = await putInQueue(db, { post: postId });
  const flag = { subject: { postId }, reason: 'illegal', note: '', now } as const;
  const order = { itemId, decision: 'keep', now } as const;
  const [one, other] = [asViewer(await make.member()), asViewer(await make.member())];

  // Each is begun while the other is at work and has not committed.
  let decision: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await giveFlag(tx, { ...flag, by: one });
    decision = decide(db, by, order).catch((error: unknown) => error);
  });
  expect(await decision).toMatchObject({ kind: 'conflict' });
  expect(await openItems(db)).toMatchObject([{ id: itemId, version: 2 }]);

  let flagged: Promise<void> = Promise.resolve();
  await db.transaction(async (tx) => {
    const reason = { rule: null, text: 'Within the rules.' };
    await decideItem(tx, { ...order, by, reason, seenVersion: 2 });
    flagged = db.transaction((next) => giveFlag(next, { ...flag, by: other }));
  });
  await flagged;
  const [open] = await openItems(db);
  expect([open?.kind, open?.version, open?.id === itemId]).toEqual(['flagged', 1, false]);
  expect((await db.select().from(flags)).map(({ outcome }) => outcome)).toEqual([
    'rejected',
    'rejected',
    null,
  ]);
});

const MODERATORS = 20;
const ITEMS = 800;

test('20 moderators at 800 items at once: each is decided once, none is lost', async ({
  make,
  db,
  clock,
}) => {
  const now = clock.now();
  const moderators: Member[] = [];
  for (let n = 0; n < MODERATORS; n += 1) moderators.push(asViewer(await make.member({ role: 'moderator' })));
  const items = await fillQueue(db, make, now);
  const refusals: unknown[] = [];
  const decided: QueueItemId[] = [];

  // The last quarter of each one's share is the first of the next one's: there, every item is taken up by two.
  const share = ITEMS / MODERATORS;
  const taken = share * 1.25;
  await Promise.all(
    moderators.map(async (by, n) => {
      for (let at = 0; at < taken; at += 1) {
        const itemId = items[(n * share + ((at + share) % taken)) % ITEMS] as QueueItemId;
        const decision = itemId % 50 === 0 ? 'hide-warn' : itemId % 10 === 0 ? 'hide' : 'keep';
        try {
          await decide(db, by, { itemId, decision, now });
          decided.push(itemId);
        } catch (error) {
          refusals.push(error);
        }
      }
    }),
  );

  // First, so that a red run says what else befell a decision.
  expect(refusals.filter((error) => !(error instanceof Problem && error.kind === 'conflict'))).toEqual([]);
  expect(decided.toSorted((one, other) => one - other)).toEqual(items);
  expect(refusals).toHaveLength(ITEMS * 0.25);
  const done = await db
    .select({ itemId: actions.queueItemId, n: sql<number>`count(*)::int` })
    .from(actions)
    .where(ne(actions.kind, 'warn'))
    .groupBy(actions.queueItemId);
  expect([done.length, done.filter(({ n }) => n !== 1)]).toEqual([ITEMS, []]);
  expect(await openItems(db)).toEqual([]);
  expect(await db.$count(flags, isNull(flags.outcome))).toBe(0);
  expect(await findCounterFaults(db)).toEqual([]);
});

/** So many flagged replies in 40 topics, by 25 members, each flagged by one of 30 others, as rows. */
async function fillQueue(db: Database, make: Make, now: Date): Promise<QueueItemId[]> {
  const ids = async (count: number, one: () => Promise<{ readonly id: number }>) => {
    const made: number[] = [];
    for (let n = 0; n < count; n += 1) made.push((await one()).id);
    return sql`array[${sql.raw(made.join(','))}]::bigint[]`;
  };
  const topicIds = await ids(40, () => make.topic());
  const authors = await ids(25, () => make.member());
  const flaggers = await ids(30, () => make.member());
  const at = sql`${now.toISOString()}::timestamptz`;
  await db.execute(sql`
    with reply as (select n, nextval(pg_get_serial_sequence('posts', 'id')) as id from generate_series(1, ${ITEMS}) as n)
    insert into posts (id, topic_id, branch_id, depth, author_id, posted_at, body_md, body_html, renderer_version, flag_weight)
      overriding system value
    select id, (${topicIds})[n % 40 + 1], id, 0, (${authors})[n % 25 + 1], ${at}, 'Spam', '<p>Spam</p>', 1, 1 from reply`);
  const opened = await db.execute<{ id: string }>(sql`
    insert into queue_items (kind, post_id, opened_at)
    select 'flagged', id, ${at} from posts where branch_id is not null order by id returning id`);
  await db.execute(sql`
    insert into flags (post_id, flagger_id, reason, weight, flagged_at, queue_item_id)
    select post_id, (${flaggers})[id % 30 + 1], 'spam', 1, ${at}, id from queue_items`);
  await db.transaction(repairCounters);
  return opened.rows.map(({ id }) => Number(id) as QueueItemId).sort((one, other) => one - other);
}
