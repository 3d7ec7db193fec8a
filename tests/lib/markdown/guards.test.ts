import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { renderEscaped } from '../../../src/lib/markdown/index.ts';
import { renderMarkdown } from '../../../src/lib/markdown/render.ts';
import { sanitise } from '../../../src/lib/markdown/sanitise.ts';
import { html, options, refusal } from './rendering.ts';
import { faultsIn } from './strict-html.ts';

const { limits } = options;

describe('caps', () => {
  it('on characters', () => {
    expect(refusal('a'.repeat(20_000))).toBeUndefined();
    expect(refusal('a'.repeat(20_001))).toBe('The text has 20,001 characters; at most 20,000 are possible.');
  });

  test.each([
    ['quotes', '> '],
    ['lists', '- '],
    ['both', '> 1. '],
  ])('on nesting: %s', (_, mark) => {
    const levels = (n: number) => mark.repeat(n / mark.trim().split(' ').length) + 'a';
    expect(refusal(levels(12))).toBeUndefined();
    expect(refusal(levels(14))).toMatch(/more than 12 levels/);
    expect(refusal(`${mark.repeat(3_000)}a`)).toMatch(/more than 12 levels/);
  });

  it('on nesting: lists by indentation, and footnotes in footnotes', () => {
    const steps = Array.from({ length: 14 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n');
    expect(refusal(steps)).toMatch(/more than 12 levels/);
    expect(refusal('[^a]: '.repeat(14))).toMatch(/more than 12 levels/);
  });

  it('on the columns of a table', () => {
    const table = (n: number) => `${'|a'.repeat(n)}|\n${'|-'.repeat(n)}|\n`;
    expect(refusal(table(20))).toBeUndefined();
    expect(refusal(table(21))).toMatch(/21 columns; at most 20/);
    expect(refusal(table(3_000))).toMatch(/3,000 columns/);
  });

  test.each([
    ['a table of rows left empty', `${'|a'.repeat(20)}|\n${'|-'.repeat(20)}|\n${'|\n'.repeat(9_000)}`],
    [
      'one long address used in every word',
      `[a]: https://x.example/${'b'.repeat(9_000)}\n\n${'[a]'.repeat(3_000)}`,
    ],
    ['one footnote cited in every word', `[^a]: b\n\n${'[^a]'.repeat(4_000)}`],
  ])('on what comes out: %s', (_, markdown) => {
    expect(refusal(markdown)).toMatch(/10 times as long/);
  });

  it('on what comes out, before it is all put together', () => {
    const unspeakable = `[a]: https://x.example/${'b'.repeat(400_000)}\n\n${'[a]'.repeat(4_000)}`;
    expect(refusal(unspeakable, { limits: { ...limits, characters: 1_000_000 } })).toMatch(
      /10 times as long/,
    );
  });

  it('leave a small table of small numbers and a short text of footnotes alone', () => {
    const row = `${'|1'.repeat(13)}|\n`;
    expect(refusal(row + `${'|-:'.repeat(13)}|\n` + row.repeat(13))).toBeUndefined();
    expect(refusal(`${'a[^1] '.repeat(30)}\n\n[^1]: b`)).toBeUndefined();
  });
});

describe('emphasis in paragraphs that are no prose', () => {
  it('is shown as typed, and goes on in the next paragraph', () => {
    const crowded = '*a* '.repeat(200).trim();
    expect(html(`${crowded}\n\n*c*`)).toBe(`<p dir="auto">${crowded}</p>\n<p dir="auto"><em>c</em></p>\n`);
  });

  it('is kept in a long digest of many short paragraphs', () => {
    const lines = Array.from({ length: 400 }, (_, i) => `- **Firm ${i}** raised **$${i}M**.`);
    expect(html(lines.join('\n')).match(/<strong>/g)).toHaveLength(800);
  });
});

/** Marks that cost much in one grammar or another when there are thousands of them. */
const attacks = [
  ...[
    '*a **b',
    '_a',
    '~~a ~',
    '__*',
    '*[a](b)',
    '[',
    '![',
    '[a](',
    '[a](<b',
    '[a][',
    '`a ``b ',
    '<a ',
    '<!--',
    '<?',
  ],
  ...[
    '&#x',
    '\\',
    '> ',
    '>',
    '- ',
    '1) ',
    '- a\n+ b\n',
    '- a\nb\n',
    '> a\nb\n',
    '|',
    '|a\n|-\n',
    'a|b\n',
    '-\n',
  ],
  ...[
    'a\n=\n',
    '```\n',
    '~~~js\n(',
    '    a\n',
    '\n\n',
    ' ',
    '\t',
    '[^a]',
    '[^a]: ',
    '[^a]: b\n',
    'a\n[^b]: c\n',
  ],
  ...[
    'http://a',
    'www.',
    'a@b.',
    'a.a@',
    'http://a.b/(((',
    '@anna ',
    '@',
    '<http:',
    '\0',
    '\uD800',
    '漢**',
    'é_',
  ],
];

test.each(attacks)('5,000 characters of %j are rendered or refused', (attack) => {
  const markdown = attack.repeat(Math.ceil(5_000 / attack.length)).slice(0, 5_000);
  const rendering = renderMarkdown(markdown, options);
  if (rendering.ok) expect(faultsIn(rendering.html)).toEqual([]);
  else expect(rendering.reason).toMatch(/levels deep|times as long/);
});

/** Texts made of the pieces Markdown and HTML are made of, which plain random strings hardly ever hit. */
const pieces = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '\n',
    '\n\n',
    ' ',
    '    ',
    '[',
    '](',
    ')',
    '![',
    '[a](b)',
    '[^a]',
    '[^a]: ',
  ],
  ...[
    '> ',
    '- ',
    '1. ',
    '# ',
    '|',
    '|-|',
    '---',
    '&lt;',
    '&#x3C;',
    '\\',
    '"',
    "'",
    '<',
    '>',
    '<b ',
    '</a>',
    '<!--',
  ],
  ...[
    'javascript:',
    'https://a.example/',
    '//a.example',
    'www.a.b',
    '@anna',
    'a@b.c',
    '- [x] ',
    '```js\n',
    'é',
    '🙂',
  ],
);
const anyText = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

describe('any text', () => {
  it('becomes HTML with nothing in it but what rendered Markdown has', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(faultsIn(html(text))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is not changed by a second sanitising', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = html(text);
        expect(sanitise(once)).toBe(once);
      }),
    );
  });

  it('can be shown escaped', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(faultsIn(renderEscaped(text))).toEqual([]);
      }),
    );
  });
});

describe('the sanitiser by itself', () => {
  test.each([
    ['<script>alert(1)</script>a', 'a'],
    ['<img src="https://x.example/a.png" onerror="alert(1)">', ''],
    ['<svg><a xlink:href="javascript:alert(1)">a</a></svg>', '<a>a</a>'],
    ['<style>p{}</style><textarea>a</textarea><xmp><p></xmp>b', 'b'],
    ['<a href="javascript:alert(1)" onclick="alert(1)" target="_blank" style="color:red">a</a>', '<a>a</a>'],
    ['<a href="//evil.example" rel="opener">a</a>', '<a>a</a>'],
    ['<a href="/\\evil.example">a</a>', '<a>a</a>'],
    ['<p class="notice" id="x" dir="rtl">a</p>', '<p>a</p>'],
    [
      '<input type="text"><input type="checkbox"><input type="checkbox" disabled>',
      '<input type="checkbox" disabled />',
    ],
    [
      '<code class="language-js btn">a</code><span class="btn hljs-x">b</span>',
      '<code>a</code><span>b</span>',
    ],
    ['<constructor toString="a"><p constructor="b" __proto__="c">d</p></constructor>', '<p>d</p>'],
    [
      '<div class="table-scroll" role="dialog" aria-label="Log in">a</div>',
      '<div class="table-scroll">a</div>',
    ],
  ])('%j becomes %j', (dirty, clean) => {
    expect(sanitise(dirty)).toBe(clean);
  });

  it('is idempotent on any HTML', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = sanitise(`<p>${text}</p>`);
        expect(sanitise(once)).toBe(once);
      }),
    );
  });
});

test('limits are the caller’s', () => {
  expect(refusal('> > a', { limits: { ...limits, nesting: 1 } })).toMatch(/more than 1 levels/);
});
