import { expect, test } from 'vitest';
import { wordDiff } from '../../src/lib/word-diff.ts';

const before = (parts: ReturnType<typeof wordDiff>) =>
  parts.map(({ text, change }) => (change === 'added' ? '' : text)).join('');
const after = (parts: ReturnType<typeof wordDiff>) =>
  parts.map(({ text, change }) => (change === 'removed' ? '' : text)).join('');

test('words that changed are told from those that did not', () => {
  expect(wordDiff('The queue holds 60 GW.', 'The queue holds 80 GW.')).toEqual([
    { text: 'The queue holds ', change: 'same' },
    { text: '60', change: 'removed' },
    { text: '80', change: 'added' },
    { text: ' GW.', change: 'same' },
  ]);
});

test('white space counts: a line that was broken was changed', () => {
  expect(wordDiff('one two', 'one\n\ntwo').some(({ change }) => change === 'added')).toBe(true);
});

test.each([
  ['', ''],
  ['', 'a text'],
  ['a text', ''],
  ['<b>&amp;</b>\n\n> q', '> q\n\n<b>&amp;</b>'],
])('from the parts of %j and %j both can be read', (one, other) => {
  const parts = wordDiff(one, other);
  expect(before(parts)).toBe(one);
  expect(after(parts)).toBe(other);
});

test('a long text that changed in many words is compared by lines', () => {
  const lines = Array.from({ length: 500 }, (_, n) => `line ${n} of many words\n`);
  const changed = lines.map((line, n) => (n < 150 ? `${line.trimEnd()} and a few new words\n` : line));
  const parts = wordDiff(lines.join(''), changed.join(''));
  expect(parts.at(-1)).toMatchObject({ change: 'same' });
  expect(before(parts)).toBe(lines.join(''));
  expect(after(parts)).toBe(changed.join(''));
});

test('texts with nothing in common stand in each other’s place, at a bounded cost', () => {
  const one = Array.from({ length: 5_000 }, (_, n) => `a${n}\n`).join('');
  const other = Array.from({ length: 5_000 }, (_, n) => `b${n}\n`).join('');
  expect(wordDiff(one, other)).toEqual([
    { text: one, change: 'removed' },
    { text: other, change: 'added' },
  ]);
});
