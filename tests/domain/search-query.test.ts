// What is typed into the search field, read into its parts and written back.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginningOf,
  type Filter,
  OPERATORS,
  readQuery,
  type SearchQuery,
  type TextPart,
  writeQuery,
} from '../../src/domain/search-query.ts';

const word = (text: string, excluded = false) => ({ kind: 'word', text, excluded }) as const;
const phrase = (text: string, excluded = false) => ({ kind: 'phrase', text, excluded }) as const;
const or = { kind: 'or' } as const;
const filter = (name: Filter['name'], value: string, excluded = false) => ({ name, value, excluded });

test.each<[typed: string, parts: readonly (TextPart | Filter)[]]>([
  ['', []],
  ['power plants', [word('power'), word('plants')]],
  ['"power plants" -texas', [phrase('power plants'), word('texas', true)]],
  ['-"power plants"', [phrase('power plants', true)]],
  ['“power plants”', [phrase('power plants')]],
  ['"power', [word('power')]],
  ['a"b c"d', [word('a'), phrase('b c'), word('d')]],
  ['nvidia OR amd', [word('nvidia'), or, word('amd')]],
  ['or nvidia or or amd or', [word('nvidia'), or, word('amd')]],
  ['nvidia or author:kevin_h amd', [word('nvidia'), or, word('amd'), filter('author', 'kevin_h')]],
  ['--verbose - -- -!', [word('verbose')]],
  ['& | ! 🤖 ""', []],
  ['GPT-4 C++ x@y.example', [word('GPT-4'), word('C++'), word('x@y.example')]],
  ['https://a.example/b?c=d 10:30', [word('https://a.example/b?c=d'), word('10:30')]],
  ['Author:@Kevin_H', [filter('author', 'Kevin_H')]],
  ['-tag:#nvidia', [filter('tag', 'nvidia', true)]],
  ['section:"Models &  research"', [filter('section', 'Models & research')]],
  ['site:arxiv.org topic:42', [filter('site', 'arxiv.org'), filter('topic', '42')]],
  ['before:2026 after:2024-02-29', [filter('before', '2026'), filter('after', '2024-02-29')]],
  [
    'HAS:Source is:open -is:reply',
    [filter('has', 'source'), filter('is', 'open'), filter('is', 'reply', true)],
  ],
  ['tag:a tag:a -tag:a', [filter('tag', 'a'), filter('tag', 'a', true)]],
])('%j is read', (typed, parts) => {
  const { text, filters, faults } = readQuery(typed);
  expect([...text, ...filters]).toEqual(parts);
  expect(faults).toEqual([]);
});

test.each([
  ['before:tomorrow llm', 'before: is followed by a year, a month or a day'],
  ['after:2026-02-30 llm', 'after: is followed by'],
  ['has:cake llm', 'has: is followed by “source”.'],
  ['is: open llm', 'is: is followed by “open”, “topic” or “reply”.'],
  ['topic:nine llm', 'topic: is followed by the number of a topic'],
  ['author:@ llm', 'author: is followed by a member’s name'],
  ['tag:"" llm', 'tag: is followed by a tag'],
  [
    'from:kevin llm',
    '“from:” is not an operator here, so it was looked for as a word. Operators are author:, site:',
  ],
])('%j is answered with what is wrong, and the rest is looked for', (typed, sentence) => {
  const { text, filters, faults } = readQuery(typed);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(sentence);
  expect(filters).toEqual([]);
  expect(text.at(-1)).toEqual(word('llm'));
});

test.each([
  ['2026', '2026-01-01'],
  ['2026-04', '2026-04-01'],
  ['2024-02-29', '2024-02-29'],
  ['2026-02-29', undefined],
  ['2026-13', undefined],
  ['0026', undefined],
  ['26', undefined],
  ['2026-4-3', undefined],
])('%s begins on %s', (date, begins) => {
  expect(beginningOf(date)?.toISOString().slice(0, 10)).toBe(begins);
});

const parsed = ({ text, filters }: SearchQuery) => ({ text, filters });

test('whatever is typed, written and read again it is the same query', () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      '"',
      '-',
      ' ',
      'or',
      ' OR ',
      ':',
      'a',
      'tag:',
      'author:',
      'before:',
      '2026-04',
      '“',
      '@',
      '#',
      '\u00a0',
      '//',
    ),
    fc.constantFrom(...OPERATORS.map((name) => `${name}:`)),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const typed = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const query = parsed(readQuery(text));
      expect(parsed(readQuery(writeQuery(query)))).toEqual(query);
    }),
    { numRuns: 1_000 },
  );
});

test('whatever query there is can be typed', () => {
  const letters = fc.stringMatching(/^[a-z0-9äж]{1,8}$/).filter((text) => text !== 'or');
  const text = fc.oneof(
    fc.record({ kind: fc.constant('word' as const), text: letters, excluded: fc.boolean() }),
    fc.record({
      kind: fc.constant('phrase' as const),
      text: fc.array(letters, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
      excluded: fc.boolean(),
    }),
  );
  const value = fc.array(letters, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const one = fc.oneof(
    fc.record({
      name: fc.constantFrom('author' as const, 'tag' as const, 'section' as const, 'site' as const),
      value,
      excluded: fc.boolean(),
    }),
    fc.record({
      name: fc.constantFrom('before' as const, 'after' as const),
      value: fc.constantFrom('2026', '2025-12', '2024-02-29'),
      excluded: fc.boolean(),
    }),
    fc.record({
      name: fc.constant('is' as const),
      value: fc.constantFrom('open', 'topic', 'reply'),
      excluded: fc.boolean(),
    }),
  );
  const alternatives = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 3 });
  const filters = fc.uniqueArray(one, { maxLength: 4, selector: (each) => JSON.stringify(each) });
  fc.assert(
    fc.property(alternatives, filters, (sides, narrowed) => {
      const joined = sides.flatMap((side, index): TextPart[] => (index === 0 ? side : [or, ...side]));
      const query = { text: joined, filters: narrowed };
      expect(readQuery(writeQuery(query))).toEqual({ ...query, faults: [] });
    }),
  );
});
