import { describe, expect, test } from 'vitest';
import { DEFAULT_ABOUT, DEFAULT_PRIVACY, DEFAULT_RULES } from '../../src/domain/house-texts.ts';

describe.each(Object.entries({ DEFAULT_RULES, DEFAULT_ABOUT, DEFAULT_PRIVACY }))('%s', (_name, text) => {
  test('breaks no line inside a paragraph: the break would be shown', () => {
    const lines = text.trimEnd().split('\n');
    const broken = lines.filter(
      (line, at) => line !== '' && (lines[at + 1] ?? '') !== '' && !line.startsWith('- '),
    );
    expect(broken).toEqual([]);
    expect(text).not.toMatch(/ {2}/);
  });

  test('has headings of the first depth only: they stand right below the title of the page', () => {
    expect(text).not.toMatch(/^##/m);
  });
});
