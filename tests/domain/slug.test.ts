import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slugOf } from '../../src/domain/slug.ts';

describe('slugOf', () => {
  test.each([
    [
      'Q1 2026 AI Investment Hits $300B, Shattering Records',
      'q1-2026-ai-investment-hits-300b-shattering-records',
    ],
    ['  Spaces,   commas -- and dashes  ', 'spaces-commas-and-dashes'],
    ["Don't panic: OpenAI’s plan", 'dont-panic-openais-plan'],
    ['Zürich, Łódź, Œuvre, Straße, Ærø', 'zurich-lodz-oeuvre-strasse-aero'],
    ['İstanbul’da yapay zekâ', 'istanbulda-yapay-zeka'],
    ['Ελληνικά', 'ελληνικα'],
    ['Новый мир', 'новый-мир'],
    ['日本語のタイトル', '日本語のタイトル'],
    ['한국어 제목', '한국어-제목'],
    ['हिन्दी शीर्षक', 'हिन्दी-शीर्षक'],
    ['ﬁnance ①', 'finance-1'],
    ['1️⃣ ❤️ first', '1-first'],
    ['re\u00ADply\u200B now\u202E', 'reply-now'],
    ['../../etc/passwd?x=1#y', 'etc-passwd-x-1-y'],
    ['', 'topic'],
    ['!!! 🎉 ???', 'topic'],
    ['Reply', 'reply-topic'],
    ['MERGE!', 'merge-topic'],
    ['New', 'new-topic'],
    ['Changes?', 'changes-topic'],
    ['Reply to all', 'reply-to-all'],
    ['\uD800broken\uDC00', 'broken'],
  ])('%j: %s', (title, expected) => {
    expect(slugOf(title)).toBe(expected);
  });

  test('is cut at a word', () => {
    const words = 'word '.repeat(30);
    expect(slugOf(words)).toBe(Array.from({ length: 16 }, () => 'word').join('-'));
    expect(slugOf(`${'a'.repeat(79)} b`)).toBe('a'.repeat(79));
    expect(slugOf(`${'a'.repeat(78)} b`)).toBe(`${'a'.repeat(78)}-b`);
  });

  test('a word too long for it is cut itself, never through a character', () => {
    expect(slugOf('a'.repeat(200))).toBe('a'.repeat(80));
    expect(slugOf('a'.repeat(79) + '𝒜'.repeat(5))).toBe('a'.repeat(80));
    expect(slugOf('a'.repeat(79) + '𐍈')).toBe('a'.repeat(79));
  });

  const anyTitle = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );

  test('whatever the title: short, lower-case, of letters, marks, digits and single hyphens, and its own slug', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        const slug = slugOf(title);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u);
        expect(slugOf(slug)).toBe(slug);
        expect(decodeURIComponent(encodeURIComponent(slug))).toBe(slug);
      }),
    );
  });
});
