// Lines that are wrong: each is named with its number and what is wrong with it, and the good ones around it come in.
import { gzipSync } from 'node:zlib';
import { asc } from 'drizzle-orm';
import { members, topics } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { anna, BAD_LINES } from './bad-lines.ts';
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

const textLike = (text: string | RegExp): string =>
  typeof text === 'string' ? text : (expect.stringMatching(text) as string);

test('a line that is wrong is named with what is wrong, and stops no other', async ({ forum, db }) => {
  await emptyForum(forum);
  const beginning = fileOf(
    sectionRecord('grid'),
    tagRecord('power'),
    memberRecord('anna'),
    memberRecord('bart'),
    topicRecord('good0'),
  );
  const parts: Buffer[] = [Buffer.from(beginning)];
  const expected: { line: number; text: string | RegExp }[] = [];
  let line = 6;
  for (const [index, [bad, text]] of BAD_LINES.entries()) {
    const written = bad instanceof Buffer || typeof bad === 'string' ? bad : JSON.stringify(bad);
    const good = JSON.stringify(topicRecord(`good${index + 1}`, { posts: [{ author: anna }, {}] }));
    parts.push(Buffer.from(written), Buffer.from(`\n${good}\n`));
    expected.push({ line: line + 1, text });
    line += 2;
  }
  const { faults, counts, notes } = await importTexts(forum, [Buffer.concat(parts)]);
  expect(faults.toSorted((a, b) => a.line - b.line)).toEqual(
    expected.map(({ line, text }) => ({
      file: 0,
      line,
      text: textLike(text),
    })),
  );
  expect(notes).toEqual([]);
  const good = BAD_LINES.length + 1;
  expect(counts).toEqual({
    members: 2,
    sections: 1,
    tags: 1,
    topics: good,
    replies: BAD_LINES.length,
    known: 0,
  });
  const kept = await db.select({ title: topics.title }).from(topics).orderBy(asc(topics.id));
  expect(kept.map(({ title }) => title)).toEqual(
    Array.from({ length: good }, (_, index) => `Topic good${index}`),
  );
  expect(await db.$count(members)).toBe(2);
  await expectTrueCounters(db);
});

const HEADER_EXPECTED = /^is not the beginning of a Tokenwire export: \{"format":"tokenwire","version":1\}/;
const good = `${JSON.stringify(sectionRecord('grid'))}\n${JSON.stringify(topicRecord('good'))}\n`;

test.for<readonly [string, string | Buffer, number, string | RegExp]>([
  ['nothing', '', 1, 'is missing: the file is empty'],
  ['empty lines alone', '\n \r\n\n', 1, 'is missing: the file is empty'],
  ['no header', good, 1, HEADER_EXPECTED],
  ['an array as header', `[]\n${good}`, 1, HEADER_EXPECTED],
  ['another format', `{"format":"other","version":1}\n${good}`, 1, HEADER_EXPECTED],
  ['a header that is not JSON', `tokenwire\n${good}`, 1, /^is not JSON/],
  ['a header that is not text', Buffer.from([0xff, 0x0a]), 1, 'is not UTF-8 text'],
  [
    'a newer version',
    `{"format":"tokenwire","version":2}\n${good}`,
    1,
    'says version 2, and this program reads version 1: a newer one may read it',
  ],
  ['no version', `{"format":"tokenwire"}\n${good}`, 1, 'says no version: 1 is expected'],
  [
    'a header with more in it',
    `{"format":"tokenwire","version":1,"for":"me"}\n${good}`,
    1,
    'has an unknown field "for"',
  ],
  ['a header after empty lines', `\n\n[]\n${good}`, 3, HEADER_EXPECTED],
])('a file with %s is left out, and the next one comes in', async ([, text, line, reason], { forum }) => {
  await emptyForum(forum);
  const { faults, counts } = await importTexts(forum, [text, `${fileOf()}${good}`]);
  expect(faults).toEqual([{ file: 0, line, text: textLike(reason) }]);
  expect(counts).toEqual({ members: 0, sections: 1, tags: 0, topics: 1, replies: 0, known: 0 });
});

test('a header alone is a forum with nothing in it', async ({ forum, db }) => {
  await emptyForum(forum);
  const { faults, counts } = await importTexts(forum, [fileOf().trimEnd()]);
  expect(faults).toEqual([]);
  expect(Object.values(counts)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(await exportText(db)).toBe(fileOf());
});

test('of a file that was cut off, what stands before the cut comes in', async ({ forum, db }) => {
  await emptyForum(forum);
  const records = Array.from({ length: 40 }, (_, n) =>
    topicRecord(`t${n}`, { posts: [{ body: `${n} `.repeat(3_000 + n) }] }),
  );
  const whole = Buffer.from(fileOf(sectionRecord('grid'), ...records));
  const compressed = gzipSync(whole);
  for (const [cut, kind] of [
    [whole.subarray(0, whole.length / 2), 'text'],
    [compressed.subarray(0, compressed.length / 2), 'gzip'],
  ] as const) {
    await emptyForum(forum);
    const { faults, counts } = await importTexts(forum, [cut]);
    expect(counts.topics).toBeGreaterThan(0);
    expect(counts.topics).toBeLessThan(40);
    const reason = textLike(
      kind === 'text'
        ? /^is not JSON/
        : 'cannot be read: the compressed file ends too early, and everything from here on is missing.',
    );
    // Behind the header and the section.
    expect(faults).toEqual([{ file: 0, line: 2 + counts.topics + 1, text: reason }]);
    await expectTrueCounters(db);
  }
  const { faults, counts } = await importTexts(forum, [whole]);
  expect(faults).toEqual([]);
  expect(counts.topics + counts.known).toBe(41);
});

test('what is no gzip behind one is told of', async ({ forum }) => {
  await emptyForum(forum);
  const whole = gzipSync(`${fileOf()}${good}`);
  const { faults } = await importTexts(forum, [Buffer.concat([whole, Buffer.from('and more')])]);
  expect(faults).toMatchObject([{ text: textLike(/^cannot be read: /) }]);
});

test('a taken name that is too long for a number is cut', async ({ forum, make, db }) => {
  const long = 'n'.repeat(60);
  await make.member({ name: long });
  const { faults, counts, notes } = await importTexts(forum, [
    fileOf(memberRecord('anna'), memberRecord(long), memberRecord('bart')),
  ]);
  expect(faults).toEqual([]);
  const cut = `${'n'.repeat(52)}_2`;
  expect(notes.map(({ text }) => text)).toEqual([`the name ${long} is taken: imported as ${cut}`]);
  expect(counts.members).toBe(3);
  const names = await db.select({ name: members.name }).from(members).orderBy(asc(members.id));
  expect(names.map(({ name }) => name)).toEqual([long, 'anna', cut, 'bart']);
});
