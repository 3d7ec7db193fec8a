import { asc, eq } from 'drizzle-orm';
import { queryTally } from '../../../src/db/connection.ts';
import {
  posts,
  queueItems,
  revisions,
  sources,
  tags,
  topics,
  topicTags,
} from '../../../src/db/schema/index.ts';
import { urlKey, type UrlKey } from '../../../src/domain/url-key.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { bodyOf, importOne } from './importing.ts';

test('a topic comes in with its tree, times, states, votes and earlier texts', async ({
  make,
  as,
  db,
  clock,
}) => {
  const [anna, bart] = [await make.member({ name: 'anna' }), await make.member({ name: 'bart' })];
  const [power] = await db.insert(tags).values({ slug: 'power', name: 'power' }).returning();
  await settleCounters(db);
  const at = (hours: number) => clock.ago({ hours });
  const made = await importOne(db, {
    authorId: anna.id,
    postedAt: at(9),
    title: 'Transformers are late',
    kind: 'link',
    sources: [
      {
        address: urlKey('https://gridledger.example/late') as UrlKey,
        role: 'primary',
        publisher: 'Grid Ledger',
      },
    ],
    tagIds: [power!.id],
    opening: {
      authorId: anna.id,
      postedAt: at(9),
      body: bodyOf('How late?'),
      baseScore: 3,
      votes: [{ memberId: bart.id, castAt: at(8) }],
      earlierTexts: [{ bodyMd: 'How lat?', title: 'Transformers are lat', replacedAt: at(8.9) }],
    },
    replies: [
      { text: 'The second branch.', authorId: bart.id, postedAt: at(5) },
      { text: 'The first branch.', authorId: anna.id, postedAt: at(7) },
      {
        text: 'Below the first.',
        parent: 1,
        authorId: bart.id,
        postedAt: at(6),
        votes: [{ memberId: anna.id, castAt: at(1) }],
      },
      { text: 'Regretted.', parent: 1, authorId: bart.id, postedAt: at(4), withdrawnAt: at(3) },
      { text: 'Waiting.', parent: 2, authorId: bart.id, postedAt: at(2), heldAt: at(2) },
      { text: 'Of a former member.', authorId: null, postedAt: at(1.5) },
    ],
  });
  const [topic] = await db.select().from(topics);
  expect(topic).toMatchObject({
    score: 4,
    replyCount: 4,
    replierCount: 1,
    lastActivityAt: at(1.5),
    titleEditedAt: at(8.9),
    openingPostId: made.openingPostId,
  });
  const [, first, below, regretted, waiting] = made.replyIds;
  const byId = new Map((await db.select().from(posts)).map((post) => [post.id, post]));
  expect(byId.get(first!)).toMatchObject({ depth: 0, branchId: first, branchSize: 3 });
  expect(byId.get(below!)).toMatchObject({ depth: 1, parentId: first, branchId: first, score: 1 });
  expect(byId.get(waiting!)).toMatchObject({ depth: 2, parentId: below, branchId: first, state: 'held' });
  expect(byId.get(regretted!)?.state).toBe('withdrawn');
  expect(byId.get(made.openingPostId)).toMatchObject({ version: 2, editedAt: at(8.9), baseScore: 3 });
  // Ids ascend in the order given.
  const inOrder = [made.openingPostId, ...made.replyIds].map(Number);
  expect([...byId.keys()].map(Number).sort((a, b) => a - b)).toEqual(inOrder);
  expect(await db.select().from(revisions)).toMatchObject([{ version: 1, title: 'Transformers are lat' }]);
  expect(await db.select().from(sources)).toMatchObject([
    { publisher: 'Grid Ledger', role: 'primary', addedById: anna.id },
  ]);
  expect(await db.select().from(topicTags)).toMatchObject([{ topicId: made.id, tagId: power!.id }]);
  expect(await db.select().from(queueItems)).toMatchObject([{ kind: 'held', postId: waiting }]);
  await expectTrueCounters(db);
  const page = await as.visitor().visit(paths.topic(made));
  expect(page.main).toContain('Below the first.');
  expect(page.main).not.toMatch(/Waiting|Regretted/);
});

test('the tree is at most as deep here as anywhere', async ({ make, db, clock }) => {
  const anna = await make.member();
  await importOne(db, {
    authorId: anna.id,
    postedAt: clock.ago({ days: 1 }),
    replies: Array.from({ length: 80 }, (_, n) => ({ text: `Level ${n}`, parent: n === 0 ? null : n - 1 })),
  });
  const depths = await db.select({ depth: posts.depth }).from(posts).orderBy(asc(posts.id));
  expect(Math.max(...depths.map(({ depth }) => depth))).toBe(60);
});

test('a reply that stands before the one it answers is refused', async ({ make, db, clock }) => {
  const anna = await make.member();
  const replies = [{ text: 'One', parent: 1 }, { text: 'Two' }];
  const importing = importOne(db, { authorId: anna.id, postedAt: clock.ago({ days: 1 }), replies });
  await expect(importing).rejects.toThrow('Reply 0 stands before the one it answers.');
});

test('a topic of 900 replies takes as many statements as one of 3', async ({ make, db, clock }) => {
  const authors = [await make.member(), await make.member(), await make.member()];
  await settleCounters(db);
  const statements: number[] = [];
  for (const size of [3, 900]) {
    const tally = { queries: 0 };
    const { id } = await queryTally.run(tally, () =>
      importOne(db, {
        authorId: authors[0]!.id,
        postedAt: clock.ago({ days: 1 }),
        title: `Of ${size} replies`,
        replies: Array.from({ length: size }, (_, n) => ({
          text: `Reply ${n}`,
          authorId: authors[n % 3]!.id,
          parent: n % 4 === 0 ? null : n - 1,
        })),
      }),
    );
    statements.push(tally.queries);
    const [topic] = await db.select().from(topics).where(eq(topics.id, id));
    expect(topic?.replyCount).toBe(size);
  }
  expect(statements[1]).toBe(statements[0]);
  await expectTrueCounters(db);
});
