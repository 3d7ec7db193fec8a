// The SQL twin agrees with the policies, for every viewer and state.
import { and, eq, sql } from 'drizzle-orm';
import { members, posts, topics } from '../../src/db/schema/index.ts';
import {
  listedPosts,
  listedPostsAlone,
  listedTopics,
  openableTopics,
  placedPosts,
  readablePosts,
  readableText,
} from '../../src/db/visibility.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { maySeePostText } from '../../src/domain/policy/posts.ts';
import { maySeeTopic } from '../../src/domain/policy/topics.ts';
import { stateOf } from '../../src/domain/state.ts';
import { type Member, type Role, type Viewer, visitor } from '../../src/domain/viewer.ts';
import { expect, test } from '../support/forum.ts';
import type { Make } from '../support/make.ts';

const NOW = new Date('2026-04-03T14:00:00Z');
/** Every combination of the three owners' columns. */
const STATES = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => ({
  heldAt: bits & 1 ? NOW : null,
  withdrawnAt: bits & 2 ? NOW : null,
  hiddenAt: bits & 4 ? NOW : null,
}));

async function viewers(make: Make): Promise<{ author: Awaited<ReturnType<Make['member']>>; all: Viewer[] }> {
  const author = await make.member();
  const others = [
    await make.member(),
    await make.member({ role: 'moderator' }),
    await make.member({ role: 'admin' }),
  ];
  const asViewer = (row: { id: MemberId; name: string; role: Role; joinedAt: Date }): Member => ({
    kind: 'member',
    id: row.id,
    name: row.name,
    role: row.role,
    joinedAt: row.joinedAt,
    confirmedAt: NOW,
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
    trust: 'member',
  });
  return { author, all: [visitor, asViewer(author), ...others.map(asViewer)] };
}

test('the state the database derives is the state of the rule', async ({ make, db }) => {
  const topic = await make.topic();
  for (const state of STATES) await make.reply({ topic, ...state });
  const rows = await db
    .select()
    .from(posts)
    .where(sql`${posts.branchId} is not null`);
  expect(rows).toHaveLength(8);
  for (const row of rows)
    expect(row.state).toBe(
      stateOf({ heldAt: row.heldAt, withdrawnAt: row.withdrawnAt, hidden: row.hiddenAt !== null }),
    );
});

test('whose text is read: posts', async ({ make, db }) => {
  const { author, all } = await viewers(make);
  const topic = await make.topic();
  for (const state of STATES) await make.reply({ topic, author, ...state });
  await make.reply({ topic, ...STATES[0] });
  await db
    .update(posts)
    .set({ authorId: null })
    .where(
      sql`${posts.authorId} not in (select id from ${members} where id = ${author.id}) and ${posts.branchId} is not null`,
    );
  for (const viewer of all) {
    const readable = await db.select({ id: posts.id }).from(posts).where(readablePosts(viewer));
    const texts = await db
      .select({
        id: posts.id,
        state: posts.state,
        authorId: posts.authorId,
        withdrawnAt: posts.withdrawnAt,
        text: readableText(viewer, posts.bodyMd),
      })
      .from(posts);
    const byPolicy = texts.filter((row) => maySeePostText(viewer, row).allowed);
    expect(readable.map(({ id }) => id).sort()).toEqual(byPolicy.map(({ id }) => id).sort());
    expect(
      texts
        .filter(({ text }) => text !== null)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(byPolicy.map(({ id }) => id).sort());
    expect(texts.filter(({ text, withdrawnAt }) => text !== null && withdrawnAt !== null)).toEqual([]);
    expect(byPolicy.length).toBeGreaterThan(0);
  }
});

test('who has a place on the page: all but others’ posts that await approval or were refused it', async ({
  make,
  db,
}) => {
  const { author, all } = await viewers(make);
  const topic = await make.topic();
  for (const state of STATES) await make.reply({ topic, author, ...state });
  for (const viewer of all) {
    const placed = await db
      .select({ heldAt: posts.heldAt })
      .from(posts)
      .where(and(placedPosts(viewer), sql`${posts.branchId} is not null`));
    const seesHeld = viewer.kind === 'member' && (viewer.id === author.id || viewer.role !== 'member');
    expect(placed.filter(({ heldAt }) => heldAt !== null)).toHaveLength(seesHeld ? 4 : 0);
    expect(placed.filter(({ heldAt }) => heldAt === null)).toHaveLength(4);
  }
});

test('what can be opened: topics', async ({ make, db }) => {
  const { author, all } = await viewers(make);
  for (const state of STATES) {
    await make.topic({ author, ...state });
    await make.reply({ topic: await make.topic({ author, ...state }) });
    const target = await make.topic(state);
    for (const merged of STATES) await make.topic({ author, ...merged, mergedIntoId: target.id });
  }
  for (const viewer of all) {
    const openable = await db.select({ id: topics.id }).from(topics).where(openableTopics(viewer));
    const rows = await db.select().from(topics);
    const byPolicy = rows.filter(
      (row) =>
        maySeeTopic(viewer, {
          authorId: row.authorId,
          state: row.state,
          othersReplied: row.replierCount > 0,
          mergedIntoState: rows.find(({ id }) => id === row.mergedIntoId)?.state ?? null,
        }).allowed,
    );
    expect(openable.map(({ id }) => id).sort()).toEqual(byPolicy.map(({ id }) => id).sort());
  }
});

test('lists hold what is visible to everybody, and nothing else', async ({ make, db }) => {
  for (const state of STATES) {
    const topic = await make.topic(state);
    await make.topic({ ...state, mergedIntoId: topic.id });
    for (const replyState of STATES) await make.reply({ topic, ...replyState });
  }
  const listed = await db.select({ state: topics.state }).from(topics).where(listedTopics());
  expect(listed).toEqual([{ state: 'visible' }]);
  const inLists = await db
    .select({ topic: topics.state, post: posts.state })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(listedPosts());
  expect(inLists).toEqual([
    { topic: 'visible', post: 'visible' },
    { topic: 'visible', post: 'visible' },
  ]);
  const joined = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(listedPosts())
    .orderBy(posts.id);
  const alone = db.select({ id: posts.id }).from(posts).where(listedPostsAlone()).orderBy(posts.id);
  expect(await alone).toEqual(joined);
});
