// The bytes of a text are those that Node itself makes of it, whatever is in it.
import { expect, test } from 'vitest';
import { utf8Of } from '../../src/lib/utf8.ts';

const LONG = 10_000;
const CASES: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['short', 'a…'],
  ['ASCII', 'a'.repeat(LONG)],
  ['Latin', 'é'.repeat(LONG)],
  ['one wide letter', `${'a'.repeat(LONG)}…`],
  ['wide letters', '字ע'.repeat(LONG)],
  ['pairs', '🦜'.repeat(LONG)],
  ['half of a pair', `${'a'.repeat(LONG)}\ud83e`],
  ['halves the wrong way round', `\udd9c\ud83e${'…'.repeat(LONG)}`],
  ['zero', `\0${'…'.repeat(LONG)}`],
  ['longer than any page', '…a'.repeat(2_000_000)],
];

for (const [what, text] of CASES) {
  test(what, () => {
    expect(utf8Of(text).equals(Buffer.from(text))).toBe(true);
  });
}

test('the bytes of one text stay when another is written', () => {
  const first = utf8Of('é'.repeat(LONG));
  utf8Of('字'.repeat(LONG));
  expect(first.toString()).toBe('é'.repeat(LONG));
});
