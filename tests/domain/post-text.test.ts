import { describe, expect, test } from 'vitest';
import type { BodyKind } from '../../src/domain/post-text.ts';
import { checkBody, checkTitle, cleanTitle } from '../../src/domain/post-text.ts';

describe('titles', () => {
  test.each([
    ['  One\n line\t only ', 'One line only'],
    ['Hid\u200Bden and \u202Eturned', 'Hidden and turned'],
    ['\u00A0No-break\u3000wide\u00A0', 'No-break wide'],
    ['a \u200B b', 'a b'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['👩\u200D💻 at work', '👩\u200D💻 at work'],
    ['\u0000\u0007', ''],
    [`Z${'\u0323'.repeat(9)}algo`, `Z${'\u0323'.repeat(8)}algo`],
    ['שָׁ֔בֶת', 'שָׁ֔בֶת'],
  ])('%j is cleaned to %j', (typed, expected) => {
    expect(cleanTitle(typed)).toBe(expected);
  });

  test.each([
    ['ab', 'A title has at least 3 characters.'],
    ['abc', undefined],
    ['é'.repeat(150), undefined],
    ['🎉a'.repeat(75), undefined],
    ['a'.repeat(151), 'The title is too long by 1: it may have 150 characters.'],
    ['a'.repeat(168), 'The title is too long by 18: it may have 150 characters.'],
    ['?!?!', 'A title needs words.'],
    ['日本語', undefined],
    ['\u3164\u115F\u1160\uFFA0', 'A title needs words.'],
  ])('%j: %s', (title, expected) => {
    expect(checkTitle(title)).toBe(expected);
  });
});

describe('bodies', () => {
  test.each<[BodyKind, string, string | undefined]>([
    ['reply', 'Yes.', undefined],
    ['reply', ' \n ', 'Write something first.'],
    ['reply', '\u200B\u3164\n\u2060', 'Write something first.'],
    ['text', '', 'Write something first.'],
    ['digest', '', 'Write something first.'],
    ['link', '', undefined],
    ['reply', '🎉'.repeat(20_000), undefined],
    ['text', 'a'.repeat(20_001), 'The text is too long by 1: it may have 20000 characters.'],
    ['link', 'a'.repeat(20_001), 'The text is too long by 1: it may have 20000 characters.'],
    ['digest', 'a'.repeat(100_000), undefined],
    ['digest', 'a'.repeat(100_001), 'The text is too long by 1: it may have 100000 characters.'],
  ])('%s of %#', (kind, body, expected) => {
    expect(checkBody(body, kind)).toBe(expected);
  });
});
