// Comparing texts with watched words and domains.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readWatchPattern,
  strongestOf,
  type WatchKind,
  type WatchPattern,
  watcherOf,
} from '../../src/domain/watch.ts';
import { hostsOf } from '../../src/domain/watch-hosts.ts';
import { foldText } from '../../src/domain/watch-words.ts';
import { describeWithCorpora, markdownExamples, naughtyStrings, xssLists } from '../support/corpora.ts';

interface Rule extends WatchPattern {
  readonly typed: string;
}

function rule(kind: WatchKind, typed: string): Rule {
  const read = readWatchPattern(kind, typed);
  if (!read.ok) throw new Error(`${typed}: ${read.fault}`);
  return { kind, pattern: read.pattern, typed };
}

function finds(kind: WatchKind, typed: string, text: string, hosts: readonly string[] = []): boolean {
  return watcherOf([rule(kind, typed)])({ text, hosts }).length === 1;
}

describe('Words and phrases', () => {
  test.each([
    ['casino', 'The best Casino in town'],
    ['casino', 'CASINO!'],
    ['casino', 'ＣＡＳＩＮＯ in wide letters'],
    ['casino', '𝓬𝓪𝓼𝓲𝓷𝓸 in fancy ones'],
    ['casino', 'cаsinо with Cyrillic а and о'],
    ['casino', 'CΑSΙNΟ with Greek capitals'],
    ['casino', 'ca\u200bsi\u00adno with nothing to be seen'],
    ['casino', 'cásïnö with accents'],
    ['casino', 'c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336 struck out'],
    ['casino', 'c4s1n0 with digits'],
    ['casino', 'c@$ino with signs'],
    ['click', 'c1ick, where the 1 is an l'],
    ['Straße', 'on a STRASSE'],
    ['online casino', 'Online\n  casino'],
    ['online casino', 'online-casino, "online" casino'],
    ['don’t panic', "Don't panic"],
    ['crypto*', 'cryptocurrencies'],
    ['crypto*', 'crypto'],
    ['buy crypto*', 'buy cryptocoins'],
    ['gpt5', 'GPT5 is out'],
    ['代写', '专业代写论文'],
    ['代写', '代 写'],
    ['พนัน', 'เว็บพนันออนไลน์'],
    ['カジノ', 'オンラインｶｼﾞﾉ'],
    ['казино', 'Лучшее КАЗИНО'],
    ['τζόγος', 'ΤΖΌΓΟΣ'],
  ])('"%s" is found in "%s"', (typed, text) => {
    expect(finds('word', typed, text)).toBe(true);
  });

  test.each([
    ['casino', 'casinos'],
    ['casino', 'minicasino'],
    ['casino*', 'minicasino'],
    ['fall', 'to fail'],
    ['bum', 'to burn'],
    ['online casino', 'casino online'],
    ['online casino', 'online or casino'],
    ['代写', '代为写'],
  ])('"%s" is not found in "%s"', (typed, text) => {
    expect(finds('word', typed, text)).toBe(false);
  });

  test.each(['', ' ', 'a', '*', '…', '\u200b\u200b', 'x'.repeat(201), '\uFDFA'.repeat(50)])(
    '"%s" is no word to watch',
    (typed) => {
      expect(readWatchPattern('word', typed).ok).toBe(false);
    },
  );

  test('a pattern read again is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (typed) => {
        const read = readWatchPattern('word', typed);
        if (!read.ok) return;
        expect(readWatchPattern('word', read.pattern)).toEqual(read);
      }),
    );
  });

  test('a word is found wherever it stands among others, however it is written, and next to others watched', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'abcdefghijkmnopqrstuvwxyzäéßабвгдежзика0257代写พนัน'),
      maxLength: 12,
      minLength: 2,
    });
    const typed = letters.filter((word) => readWatchPattern('word', word).ok);
    fc.assert(
      fc.property(
        fc.array(typed, { minLength: 1, maxLength: 8 }),
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (words, before, after) => {
          const rules = words.map((word) => rule('word', word));
          const watch = watcherOf(rules);
          for (const found of rules) {
            for (const word of [found.typed, found.typed.toUpperCase(), [...found.typed].join('\u200b')]) {
              expect(watch({ text: `${before} ${word}. ${after}`, hosts: [] })).toContain(found);
            }
          }
        },
      ),
    );
  });

  test('many rules find what each of them finds alone', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '1', '代');
    const typed = fc
      .string({ unit, minLength: 2, maxLength: 6 })
      .filter((word) => readWatchPattern('word', word).ok);
    const starred = fc.tuple(typed, fc.boolean()).map(([word, star]) => (star ? `${word}*` : word));
    fc.assert(
      fc.property(fc.uniqueArray(starred, { maxLength: 10 }), fc.string({ unit }), (words, text) => {
        const rules = words.map((word) => rule('word', word));
        const alone = rules.filter((one) => watcherOf([one])({ text, hosts: [] }).length === 1);
        expect(watcherOf(rules)({ text, hosts: [] })).toEqual(alone);
      }),
    );
  });
});

describe('Domains', () => {
  test.each([
    ['spam.example.com', 'https://spam.example.com/page'],
    ['https://www.spam.example.com/page?x=1', 'https://spam.example.com/'],
    ['*.spam.example.com', 'https://cheap.SPAM.example.com/'],
    ['spam.example.com', 'https://spam.example.com.:443/'],
    ['müller-casino.de', 'https://www.xn--mller-casino-dlb.de/'],
    ['twitter.com', 'https://x.com/someone'],
    ['spam.example.com', 'https://l.facebook.com/l.php?u=https%3A%2F%2Fspam.example.com%2F'],
  ])('"%s" is where %s leads', (typed, address) => {
    expect(finds('domain', typed, '', hostsOf(address))).toBe(true);
  });

  test.each([
    'See spam-casino.example/x.',
    'Go to (www.spam-casino.example)!',
    'at SPAM-casino．example',
    'spam\u200b-casino.example',
    'mail us@spam-casino.example',
  ])('a domain is found in "%s" without a link', (text) => {
    expect(finds('domain', 'spam-casino.example', text)).toBe(true);
  });

  test.each(['https://example.com/', 'https://notspam.example.com/', 'https://spam.example.com.evil.test/'])(
    'spam.example.com is not where %s leads',
    (address) => {
      expect(finds('domain', 'spam.example.com', '', hostsOf(address))).toBe(false);
    },
  );

  test.each(['', 'com', 'co.uk', 'localhost', '127.0.0.1', 'a b.com', 'javascript:alert(1)'])(
    '"%s" is no domain to watch',
    (typed) => {
      expect(readWatchPattern('domain', typed).ok).toBe(false);
    },
  );
});

test('the strongest of the rules that match decides, of equals the oldest', () => {
  const of = (...effects: ('refuse' | 'hold' | 'flag' | 'mark')[]) =>
    strongestOf(effects.map((effect, id) => ({ effect, id })));
  expect(of('mark', 'flag', 'refuse', 'hold')).toEqual({ effect: 'refuse', id: 2 });
  expect(of('flag', 'hold', 'hold')).toEqual({ effect: 'hold', id: 1 });
  expect(of('mark')).toEqual({ effect: 'mark', id: 0 });
  expect(of()).toBeUndefined();
});

// Work is counted in letters looked at: the time that it takes is in the note of the change.
test('a text of repetitions against rules of repetitions ends', () => {
  const rules = Array.from({ length: 90 }, (_, n) => rule('word', `${'a '.repeat(n + 2)}b`));
  expect(watcherOf(rules)({ text: 'a '.repeat(10_000), hosts: [] })).toEqual([]);
});

describeWithCorpora('Hostile strings', () => {
  const lists = [naughtyStrings(), ...xssLists(), ...markdownExamples()];
  const watch = watcherOf([rule('word', 'nothing like this'), rule('domain', 'nothing-like-this.example')]);

  test.each(lists)('$name: each can be compared, and as a pattern finds itself', ({ strings }) => {
    for (const text of strings) {
      expect(watch({ text, hosts: hostsOf(text) })).toEqual([]);
      const typed = text.trim();
      const read = readWatchPattern('word', typed);
      if (read.ok) expect(finds('word', typed, text)).toBe(true);
      readWatchPattern('domain', typed);
      expect(foldText(text).isWellFormed()).toBe(true);
    }
  });
});
