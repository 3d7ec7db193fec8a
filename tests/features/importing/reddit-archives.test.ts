// Archives of Reddit as files: where they go, what in them is refused, and that they may come again.
import { asc, eq } from 'drizzle-orm';
import { members, sections, topics } from '../../../src/db/schema/index.ts';
import { DEFAULT_SECTIONS } from '../../../src/domain/sections.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import { discussion, moment, postsOf, reddit, T0 } from './discussions.ts';
import { emptyForum, exportText, importTexts } from './transfer.ts';

test('it goes into the section that is asked for, and to nowhere that is not there', async ({
  forum,
  db,
}) => {
  const line = discussion('abc');
  await expect(importTexts(forum, [line], { ...reddit, section: 'nowhere' })).rejects.toThrow(
    /^There is no section "nowhere"\. There are: .*infrastructure/,
  );
  expect(await db.$count(topics)).toBe(0);
  await importTexts(forum, [line], { ...reddit, section: 'infrastructure' });
  const [row] = await db
    .select({ slug: sections.slug })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId));
  expect(row?.slug).toBe('infrastructure');
});

test('a file that is refused does not keep the next one from an empty forum', async ({ forum, db }) => {
  await emptyForum(forum);
  expect((await importTexts(forum, ['{"name":"no-header"}'])).faults).toHaveLength(1);
  expect(await db.$count(sections)).toBe(0);
  const { faults, counts } = await importTexts(forum, [discussion('abc')], reddit);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ topics: 1 });
  expect(await db.$count(sections)).toBe(DEFAULT_SECTIONS.length);
});

test.for<readonly [string, readonly object[], string]>([
  ['answers one that is not there', [{}, { parent: 'gone' }], 'comment c1 answers gone, which is not there'],
  ['answers another discussion', [{ parent: 'xyz' }], 'comment c0 answers xyz, which is not there'],
  ['answers itself', [{ parent: 'c0' }], 'some of its comments answer each other in a circle'],
  [
    'answers in a circle',
    [{ parent: 'c1' }, { parent: 'c2' }, { parent: 'c0' }, {}],
    'some of its comments answer each other in a circle',
  ],
  ['stands twice', [{}, { id: 'c0' }], 'posts[2].key: "reddit:t1_c0" stands here twice'],
  ['has no body', [{ body: undefined }], 'comments[0].body: is missing'],
  ['has an id of another kind', [{ id: '../x' }], 'comments[0].id: is no id of Reddit'],
  ['has a name that nobody can have', [{ author: 'två' }], 'comments[0].author: is no name of Reddit'],
  ['is too long', [{ body: 'b'.repeat(100_001) }], 'posts[1].body: is longer than 100000 characters'],
])('a discussion is refused whole when a comment %s', async ([, comments, reason], { forum, db }) => {
  const { faults, counts } = await importTexts(
    forum,
    [discussion('aaa') + discussion('abc', { author: 'other', flair: 'Lost' }, comments) + discussion('zzz')],
    reddit,
  );
  expect(faults).toEqual([{ file: 0, line: 2, text: reason }]);
  expect(counts).toMatchObject({ topics: 2, replies: 0, members: 1 });
  const kept = await db.select({ key: topics.originKey }).from(topics).orderBy(asc(topics.id));
  expect(kept.map(({ key }) => key)).toEqual(['reddit:t3_aaa', 'reddit:t3_zzz']);
  expect(await db.$count(members)).toBe(1);
});

test('a header, a broken line and an empty one among discussions', async ({ forum }) => {
  const { faults, counts } = await importTexts(
    forum,
    [`{"format":"tokenwire","version":1}\n\n${discussion('abc')}{"id":\n[]\n${discussion('abd')}`],
    reddit,
  );
  expect(counts.topics).toBe(2);
  expect(faults).toMatchObject([
    { line: 1, text: expect.stringContaining('id: is missing; title: is missing') as string },
    { line: 4, text: expect.stringMatching(/^is not JSON/) as string },
    { line: 5, text: expect.any(String) as string },
  ]);
});

test('a second run changes nothing, and an interrupted one is gone on with', async ({ forum, db }) => {
  const lines = Array.from({ length: 6 }, (_, n) =>
    discussion(`a${n}`, { flair: 'News', created_utc: T0 - n }, [
      { id: `a${n}c` },
      { id: `a${n}d`, parent: `a${n}c` },
    ]),
  ).join('');
  await emptyForum(forum);
  await importTexts(forum, [lines], reddit);
  const keyed = (text: string) => text.replaceAll(/[0-9a-f]{16}:section:\d+/g, 'section');
  const whole = keyed(await exportText(db));
  const again = await importTexts(forum, [lines], reddit);
  expect(again.counts).toEqual({ members: 0, sections: 0, tags: 0, topics: 0, replies: 0, known: 6 });
  expect(keyed(await exportText(db))).toBe(whole);

  await emptyForum(forum);
  await importTexts(forum, [lines], { ...reddit, stopAfter: 2 });
  const resumed = await importTexts(forum, [lines], reddit);
  expect(resumed.counts).toMatchObject({ topics: 4, known: 2 });
  expect(keyed(await exportText(db))).toBe(whole);
  await expectTrueCounters(db);
});
test('a member has joined with the earliest post of all files', async ({ forum, db }) => {
  const at = (id: string, seconds: number) => discussion(id, { created_utc: seconds });
  await importTexts(forum, [at('aaa', T0 + 100) + at('bbb', T0 + 50), at('ccc', T0 + 200)], reddit);
  await importTexts(forum, [at('ddd', T0 - 1_000)], reddit);
  expect(await db.select().from(members)).toMatchObject([{ name: 'op_one', joinedAt: moment(T0 - 1_000) }]);
});

test('names of Reddit are nobody here: an @name in a text is no mention, and a taken name gets a number', async ({
  forum,
  make,
  db,
}) => {
  const anna = await make.member({ name: 'anna' });
  const { notes } = await importTexts(
    forum,
    [discussion('abc', { author: 'anna', selftext: 'Ask @anna or u/anna' })],
    reddit,
  );
  expect(notes.map(({ text }) => text)).toEqual(['the name anna is taken: imported as anna_2']);
  const opening = (await postsOf(db)).get('reddit:t3_abc/text');
  expect(opening?.bodyHtml).not.toContain('href');
  expect(opening?.authorId).not.toBe(anna.id);
});
