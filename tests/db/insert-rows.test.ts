// Rows as arrays of columns: what goes in comes out, whatever is in it.
import { asc, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { queryTally } from '../../src/db/connection.ts';
import { batchOf, insertNewRows, insertRows, insertTogether, takeIds } from '../../src/db/insert-rows.ts';
import { moment } from '../../src/db/schema/columns.ts';
import { posts, sections, topics } from '../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../src/domain/ids.ts';
import type { SafeHtml } from '../../src/lib/html.ts';
import { expect, test as base } from '../support/forum.ts';

/** A column of every type that tables of the forum have. */
const things = pgTable('things_to_insert', {
  id: bigint({ mode: 'number' }).primaryKey(),
  someText: text(),
  someNumber: integer().notNull().default(7),
  smallNumber: smallint(),
  realNumber: doublePrecision(),
  yesOrNo: boolean(),
  someMoment: moment(),
  data: jsonb().$type<unknown>(),
  withDefault: text().default('usual'),
});

const test = base.extend<{ table: undefined }>({
  table: [
    async ({ db }, use) => {
      await db.execute(sql`create table things_to_insert (id bigint primary key, some_text text,
        some_number integer not null default 7, small_number smallint, real_number double precision, yes_or_no boolean,
        some_moment timestamptz(3), data jsonb, with_default text default 'usual')`);
      await use(undefined);
      await db.execute(sql`drop table things_to_insert`);
    },
    { auto: true },
  ],
});

const TEXTS = [
  ...[
    '',
    ' ',
    'NULL',
    'null',
    'Null',
    '\\N',
    '\\',
    '\\\\',
    '\\"',
    '"',
    '""',
    "'",
    "''",
    '{',
    '}',
    '{}',
    '{NULL}',
  ],
  ...[
    'a,b',
    ' padded ',
    '\t',
    '\n',
    '\r\n',
    '\u2028\u2029',
    '😀👩‍🚀',
    'e\u0301',
    '\u202E',
    '\uFEFF',
    '$1',
    '%s',
    '::text',
  ],
  ...[
    "'); drop table things_to_insert; --",
    '\\x41',
    '\u0001\u001F\u007F',
    '(1,2)',
    '[1]',
    'x'.repeat(100_000),
  ],
];

test('every type of column, with its edges', async ({ db }) => {
  const rows = [
    {
      id: Number.MAX_SAFE_INTEGER,
      someText: 'text',
      someNumber: -2_147_483_648,
      smallNumber: 32_767,
      realNumber: 0.1 + 0.2,
      yesOrNo: true,
      someMoment: new Date('2026-04-03T14:30:00.123Z'),
      data: { a: ['"', '\\', null, { b: 'NULL,{}' }], 'ü\n': 1e-7 },
    },
    {
      id: 0,
      someText: '',
      someNumber: 0,
      smallNumber: -1,
      realNumber: -1e-300,
      yesOrNo: false,
      someMoment: new Date('0100-01-01T00:00:00.000Z'),
      data: [],
    },
    {
      id: -5,
      someText: null,
      someNumber: 1,
      smallNumber: null,
      realNumber: 1.7976931348623157e308,
      yesOrNo: null,
      someMoment: new Date('9999-12-31T23:59:59.999Z'),
      data: null,
    },
  ];
  await db.transaction((tx) => insertRows(tx, things, rows));
  const found = await db.select().from(things);
  expect(found).toEqual(rows.map((row) => ({ ...row, withDefault: 'usual' })));
});

test('texts that arrays and literals are written with', async ({ db }) => {
  await db.transaction((tx) =>
    insertRows(
      tx,
      things,
      TEXTS.map((someText, id) => ({ id, someText })),
    ),
  );
  const found = await db.select({ someText: things.someText }).from(things).orderBy(asc(things.id));
  expect(found.map(({ someText }) => someText)).toEqual(TEXTS);
});

test('what the first row leaves out has its default, what another leaves out is null', async ({ db }) => {
  const rows = [
    { id: 1, someText: 'a' },
    { id: 2 },
    { id: 3, someText: undefined },
    { id: 4, someText: null, someNumber: 9 },
  ];
  await db.transaction((tx) => insertRows(tx, things, rows));
  const found = await db.select().from(things).orderBy(asc(things.id));
  expect(found.map(({ someText, someNumber, withDefault }) => [someText, someNumber, withDefault])).toEqual([
    ['a', 7, 'usual'],
    [null, 7, 'usual'],
    [null, 7, 'usual'],
    [null, 7, 'usual'],
  ]);
});

test('no rows are no statement', async ({ db }) => {
  const tally = { queries: 0 };
  await queryTally.run(tally, () =>
    db.transaction(async (tx) => {
      await insertRows(tx, things, []);
      expect(await insertNewRows(tx, things, [], ['id'])).toEqual([]);
    }),
  );
  expect(tally.queries).toBeLessThanOrEqual(2);
  expect(await db.$count(things)).toBe(0);
});

test('many rows, in their order; all or none', async ({ db }) => {
  const rows = Array.from({ length: 10_001 }, (_, n) => ({
    id: n,
    someNumber: 10_001 - n,
    withDefault: `row ${n}`,
  }));
  await db.transaction((tx) => insertRows(tx, things, rows));
  expect(await db.$count(things)).toBe(10_001);
  const inserted = await db
    .select({ id: things.id })
    .from(things)
    .orderBy(sql`ctid`);
  expect(inserted.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  await db.delete(things);
  // The last one is wrong.
  const wrong = [...rows.slice(0, -1), { id: 0, someNumber: 1, withDefault: 'again' }];
  await expect(db.transaction((tx) => insertRows(tx, things, wrong))).rejects.toThrow();
  expect(await db.$count(things)).toBe(0);
});

test('of rows that may stand there already, the new ones go in and come back', async ({ db }) => {
  const someMoment = new Date('2026-04-03T14:30:00.123Z');
  await db.transaction((tx) => insertRows(tx, things, [{ id: 2, someText: 'stood' }]));
  const rows = [
    { id: 1, someText: '{NULL}', someMoment },
    { id: 2, someText: 'again', someMoment },
    { id: 3, someText: null, someMoment: null },
    { id: 3, someText: 'twice', someMoment },
  ];
  const insert = (): Promise<unknown> =>
    db.transaction((tx) => insertNewRows(tx, things, rows, ['someMoment', 'id', 'withDefault']));
  expect(await insert()).toEqual([
    { id: 1, someMoment, withDefault: 'usual' },
    { id: 3, someMoment: null, withDefault: 'usual' },
  ]);
  expect(await insert()).toEqual([]);
  const found = await db
    .select({ id: things.id, text: things.someText })
    .from(things)
    .orderBy(asc(things.id));
  expect(found.map(({ id, text }) => [id, text])).toEqual([
    [1, '{NULL}'],
    [2, 'stood'],
    [3, null],
  ]);
});

test('rows of several tables go in together, though they name each other', async ({ db, make }) => {
  const { id: authorId } = await make.member();
  const [section] = await db.select({ id: sections.id }).from(sections).limit(1);
  const at = new Date('2026-04-03T14:30:00.000Z');
  const tally = { queries: 0 };
  await db.transaction(async (tx) => {
    const ids = await takeIds(tx, [
      { name: 'topics', table: topics, count: 1 },
      { name: 'posts', table: posts, count: 1 },
    ]);
    const [topicId, openingPostId] = [ids.topics[0] as TopicId, ids.posts[0] as PostId];
    const text = {
      topicId,
      authorId,
      postedAt: at,
      bodyMd: '',
      bodyHtml: '' as SafeHtml,
      rendererVersion: 1,
    };
    await queryTally.run(tally, () =>
      insertTogether(tx, [
        batchOf(topics, [
          {
            ...{ id: topicId, kind: 'text', slug: 't', title: 'T', sectionId: section!.id, authorId },
            ...{ openingPostId, postedAt: at, lastActivityAt: at },
          },
        ]),
        batchOf(things, []),
        batchOf(posts, [{ ...text, id: openingPostId, depth: 0 }]),
        batchOf(things, [{ id: 1, someText: 'beside' }]),
      ]),
    );
  });
  expect(tally.queries).toBe(1);
  expect(await db.$count(things)).toBe(1);
  const [topic] = await db.select().from(topics);
  expect(await db.select().from(posts)).toMatchObject([{ id: topic?.openingPostId, topicId: topic?.id }]);
});

test('ids are taken once, ascending, and nobody else gets them', async ({ db, make }) => {
  const taken = await db.transaction((tx) =>
    takeIds(tx, [
      { name: 'topics', table: topics, count: 3 },
      { name: 'posts', table: posts, count: 1_000 },
    ]),
  );
  expect(taken.topics).toHaveLength(3);
  expect(new Set(taken.posts).size).toBe(1_000);
  expect(taken.posts.toSorted((a, b) => a - b)).toEqual(taken.posts);
  const topic = await make.topic();
  expect(taken.topics).not.toContain(topic.id);
  expect(topic.openingPostId).toBeGreaterThan(taken.posts.at(-1) ?? Infinity);
});
