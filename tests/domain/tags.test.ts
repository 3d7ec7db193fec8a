import { expect, test } from 'vitest';
import { checkTags, readTags } from '../../src/domain/tags.ts';

test.each([
  ['power, supply-chain', ['power', 'supply-chain']],
  ['Data Centres; #GPU,,  gpu ', ['data-centres', 'gpu']],
  ['link', ['link']],
  ['naïve, Nestlé', ['naive', 'nestle']],
  [' , #, --', []],
  ['', []],
])('%j is read as %j', (typed, slugs) => {
  expect(readTags(typed).map(({ slug }) => slug)).toEqual(slugs);
});

test('a new tag keeps the name as it was typed', () => {
  expect(readTags('  #Data   Centres ')).toEqual([{ slug: 'data-centres', name: 'Data Centres' }]);
});

test('five tags are fine, six are not', () => {
  expect(checkTags(readTags('a1, b2, c3, d4, e5'))).toBeUndefined();
  expect(checkTags(readTags('a1, b2, c3, d4, e5, f6'))).toBe(
    'A topic has up to 5 tags; these are 6. Tags are separated by commas.',
  );
});

test('a sentence is no tag', () => {
  expect(checkTags(readTags('x'.repeat(50)))).toBeUndefined();
  expect(checkTags(readTags('x'.repeat(51)))).toMatch(/^A tag has up to 50 characters/);
});

test('of a text that is no list of tags only the beginning is looked at', () => {
  expect(readTags(`${','.repeat(100)}power`)).toEqual([{ slug: 'power', name: 'power' }]);
  expect(readTags(`${','.repeat(1_000)}power`)).toEqual([]);
  expect(readTags('x'.repeat(1_000))[0]?.slug).toBe('x'.repeat(50));
});
