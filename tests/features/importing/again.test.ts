// Imports that come again, break off, or overlap.
import { asc, eq, inArray } from 'drizzle-orm';
import { events, members, posts, queueItems, settings, topics } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters } from '../threads/counting.ts';
import {
  emptyForum,
  exportText,
  fileOf,
  importTexts,
  memberRecord,
  sectionRecord,
  tagRecord,
  topicRecord,
} from './transfer.ts';

const AT = '2026-01-05T09:30:00.000Z';
const anna = 'old:member:anna';
const bart = 'old:member:bart';
const places = [sectionRecord('grid'), tagRecord('power'), tagRecord('chips', { parent: 'old:tag:power' })];
const people = [memberRecord('anna'), memberRecord('bart')];

/** Topics with answers, votes, a hide and one that waits, each in the words of its number. */
function discussions(count: number): object[] {
  return Array.from({ length: count }, (_, n) =>
    topicRecord(`t${n}`, {
      tags: ['old:tag:chips', 'old:tag:power'],
      ...(n > 0 && { continues: `old:topic:t${n - 1}` }),
      sources: [{ key: `t${n}:source`, url: `https://one.example/${n}`, added_at: AT, added_by: bart }],
      posts: [
        { author: anna, votes: [{ member: bart, at: AT }], body: `Asked of @bart in ${n}` },
        { author: bart, body: `Answered in ${n}` },
        { author: anna, parent: `t${n}:1`, body: `Back in ${n}`, votes: [{ member: bart, at: AT }] },
        { author: bart, held_at: AT },
        { author: bart, parent: `t${n}:2` },
      ],
      hides: [{ at: AT, by: anna, reason: 'Promotion', post: `t${n}:4` }],
    }),
  );
}

test('a second run writes nothing', async ({ forum, db }) => {
  await emptyForum(forum);
  const file = fileOf(...places, ...people, ...discussions(5));
  const first = await importTexts(forum, [file]);
  expect(first.counts).toEqual({ members: 2, sections: 1, tags: 2, topics: 5, replies: 20, known: 0 });
  const [text, happened, queue] = [
    await exportText(db),
    await db.$count(events),
    await db.$count(queueItems),
  ];
  const second = await importTexts(forum, [file]);
  expect(second.faults).toEqual([]);
  expect(second.counts).toEqual({ members: 0, sections: 0, tags: 0, topics: 0, replies: 0, known: 10 });
  expect(await exportText(db)).toBe(text);
  expect([await db.$count(events), await db.$count(queueItems)]).toEqual([happened, queue]);
});

test('how much of the files was read is told to the last byte, the second time too', async ({ forum }) => {
  await emptyForum(forum);
  const file = fileOf(...places, ...people, ...discussions(3));
  for (const run of [1, 2])
    expect((await importTexts(forum, [file, file])).read, `run ${run}`).toBe(2 * Buffer.byteLength(file));
});

test('wherever it is broken off, what is resumed equals what was not', async ({ forum, db }) => {
  await emptyForum(forum);
  const file = fileOf(...places, ...people, ...discussions(8));
  await importTexts(forum, [file]);
  const whole = await exportText(db);
  expect(whole).toContain('"key":"old:topic:t7"');
  for (const stopAfter of [1, 2, 5, 7, 8]) {
    await emptyForum(forum);
    const broken = await importTexts(forum, [file], { stopAfter });
    expect(broken.counts.topics).toBe(stopAfter);
    expect(broken.faults).toEqual([]);
    await expectTrueCounters(db);
    const resumed = await importTexts(forum, [file]);
    expect(resumed.counts).toMatchObject({ topics: 8 - stopAfter, known: 5 + stopAfter });
    expect(await exportText(db)).toBe(whole);
    await expectTrueCounters(db);
  }
});

test('broken off in the first of several files, the others are not touched', async ({ forum, db }) => {
  await emptyForum(forum);
  const [one, two] = [discussions(4).slice(0, 2), discussions(4).slice(2)];
  const files = [fileOf(...places, ...people, ...one), fileOf(...two), 'no header'];
  const broken = await importTexts(forum, files, { stopAfter: 1 });
  expect(broken.counts.topics).toBe(1);
  expect(broken.faults).toEqual([]);
  const resumed = await importTexts(forum, files.slice(0, 2));
  expect(resumed.counts).toMatchObject({ topics: 3, known: 6 });
  expect(await db.$count(topics)).toBe(4);
});

test('members and places may stand in one file, topics in another', async ({ forum, db, as }) => {
  await emptyForum(forum);
  const [file, again] = [fileOf(...places, people[0]!), fileOf(people[1]!, ...places, ...discussions(2))];
  const { faults, counts } = await importTexts(forum, [file, again]);
  expect(faults).toEqual([]);
  expect(counts).toEqual({ members: 2, sections: 1, tags: 2, topics: 2, replies: 8, known: 3 });
  await expectTrueCounters(db);
  const [topic] = await db.select().from(topics).orderBy(asc(topics.id));
  const page = await as.visitor().visit(`/t/${topic?.id}/${topic?.slug}`);
  expect(page.main).toContain('Answered in 0');
  expect(page.html).toContain('href="/u/bart"');
});

test('topics without what they name are refused, and come in once it is there', async ({ forum, db }) => {
  await emptyForum(forum);
  const late = fileOf(...discussions(2));
  const early = await importTexts(forum, [late]);
  expect(early.faults).toHaveLength(2);
  expect(early.counts.topics).toBe(0);
  const { faults, counts } = await importTexts(forum, [fileOf(...places, ...people), late]);
  expect(faults).toEqual([]);
  expect(counts.topics).toBe(2);
  await expectTrueCounters(db);
});

test('a topic that stands twice in a file comes in once, the first time', async ({ forum, db }) => {
  await emptyForum(forum);
  const twice = topicRecord('twice', { title: 'The first', posts: [{}, {}] });
  const other = topicRecord('twice', { title: 'The second', posts: [{}] });
  const between = topicRecord('between');
  const { faults, counts } = await importTexts(forum, [fileOf(...places, twice, other, between, other)]);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ topics: 2, replies: 1, known: 2 });
  const titles = await db.select({ title: topics.title }).from(topics).orderBy(asc(topics.id));
  expect(titles.map(({ title }) => title)).toEqual(['The first', 'Topic between']);
});

test('a member who stands twice in a file is one', async ({ forum, db }) => {
  await emptyForum(forum);
  const later = memberRecord('anna', { joined_at: '2025-06-01T00:00:00.000Z', name: 'anna_b' });
  const { faults, notes, counts } = await importTexts(forum, [
    fileOf(memberRecord('anna'), later, sectionRecord('grid'), later),
  ]);
  expect([faults, notes]).toEqual([[], []]);
  expect(counts).toMatchObject({ members: 1, known: 2 });
  expect(await db.select().from(members)).toMatchObject([
    { name: 'anna', joinedAt: new Date('2025-01-01T00:00:00.000Z') },
  ]);
});

test('more members than are written at once, with topics between them', async ({ forum, db }) => {
  await emptyForum(forum);
  const crowd = Array.from({ length: 1_203 }, (_, n) => memberRecord(`m${n}`));
  const { faults, counts } = await importTexts(forum, [
    fileOf(
      sectionRecord('grid'),
      ...crowd.slice(0, 701),
      topicRecord('one', { posts: [{ author: 'old:member:m700' }] }),
      ...crowd.slice(701),
      topicRecord('two', { posts: [{ author: 'old:member:m1202', body: 'With @m1201' }] }),
    ),
  ]);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ members: 1_203, topics: 2 });
  const order = await db.select({ name: members.name }).from(members).orderBy(asc(members.id));
  expect(order.map(({ name }) => name)).toEqual(crowd.map(({ name }) => name));
  const [opening] = await db.select().from(posts).where(eq(posts.originKey, 'two:0'));
  expect(opening?.bodyHtml).toContain('href="/u/m1201"');
});

test('a post with thousands of votes comes in and goes out', async ({ forum, db }) => {
  await emptyForum(forum);
  const crowd = Array.from({ length: 6_000 }, (_, n) => memberRecord(`m${n}`));
  const votes = crowd.map(({ key }, n) => ({
    member: key,
    at: AT,
    ...(n % 100 === 0 && { counted: false }),
  }));
  const file = fileOf(
    sectionRecord('grid'),
    ...crowd,
    topicRecord('loved', { posts: [{ votes }, { votes }] }),
  );
  const { faults } = await importTexts(forum, [file]);
  expect(faults).toEqual([]);
  const scores = await db.select({ score: posts.score }).from(posts);
  expect(scores).toEqual([{ score: 5_940 }, { score: 5_940 }]);
  expect(await exportText(db)).toBe(file);
  await expectTrueCounters(db);
});

test('a text that is too much to render stands as it was typed, and is told of', async ({
  forum,
  db,
  as,
}) => {
  await emptyForum(forum);
  const deep = `${'> '.repeat(60)}at the bottom`;
  const { faults, notes } = await importTexts(forum, [
    fileOf(sectionRecord('grid'), topicRecord('deep', { posts: [{}, { body: deep }] })),
  ]);
  expect(faults).toEqual([]);
  expect(notes).toEqual([
    { file: 0, line: 3, text: 'posts[1] is shown as it was typed: its Markdown is too much to render' },
  ]);
  const [topic] = await db.select().from(topics);
  expect((await as.visitor().visit(`/t/${topic?.id}/${topic?.slug}`)).main).toContain(deep);
});

test('what is held or hidden elsewhere is so here, for moderators to decide and in the log', async ({
  forum,
  db,
  as,
}) => {
  await emptyForum(forum);
  await importTexts(forum, [fileOf(...places, ...people, ...discussions(1))]);
  const rows = await db
    .select()
    .from(posts)
    .where(inArray(posts.originKey, ['t0:3', 't0:4']));
  expect(rows.map(({ state }) => state).toSorted()).toEqual(['held', 'hidden']);
  const moderator = await as.moderator();
  expect((await moderator.visit('/moderation?tab=held')).main).toContain('Text 3 of t0');
  expect((await as.visitor().visit('/moderation/log')).main).toContain('Promotion');
});

test('what this forum had and lost is not taken in under keys that it will give again', async ({
  forum,
  db,
  make,
}) => {
  await make.topic({ author: await make.member() });
  const text = await exportText(db);
  const keyOf = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const member = keyOf(/"kind":"member","key":"([^"]+)"/);
  const section = keyOf(/"kind":"section","key":"([^"]+)"/);
  // As when a backup from before them was put back: the forum is still called the same.
  const [called] = await db.select().from(settings);
  await emptyForum(forum);
  await db.insert(settings).values(called!);
  const { faults, counts } = await importTexts(forum, [text]);
  const reason = (key: string) =>
    `"${key}" names a row of this forum that it does not have: import the file into a new forum`;
  expect(faults.map((fault) => fault.text)).toEqual(
    expect.arrayContaining([reason(member), `key: ${reason(section)}`]),
  );
  expect(faults).toHaveLength(text.trimEnd().split('\n').length - 1);
  expect(counts).toMatchObject({ members: 0, sections: 0, topics: 0 });
  expect([await db.$count(members), await db.$count(topics)]).toEqual([0, 0]);
});
