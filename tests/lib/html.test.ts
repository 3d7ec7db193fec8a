import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { escapeHtml, excerpt, excerptOf, textOf, unescapeHtml } from '../../src/lib/html.ts';
import type { SafeHtml } from '../../src/lib/html.ts';

describe('escapeHtml', () => {
  it('leaves no character that could begin a tag, a reference or end an attribute', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
    );
  });

  it('is undone by unescapeHtml, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unescapeHtml(escapeHtml(text))).toBe(text);
      }),
    );
  });
});

test.each([
  ['&amp;lt;', '&lt;'],
  ['&#65;&#x42;&#X43;', 'ABC'],
  ['&QUOT;', '"'],
  ['&#0;&#xD800;&#x110000;', '\uFFFD\uFFFD\uFFFD'],
  ['&nbsp;&unknown;&', '&nbsp;&unknown;&'],
])('unescapeHtml(%j) is %j', (html, text) => {
  expect(unescapeHtml(html)).toBe(text);
});

describe('textOf', () => {
  test.each([
    ['<p>One</p>\n<p>two</p>\n', 'One\ntwo'],
    ['<p>a <em>b</em><strong>c</strong></p>', 'a bc'],
    ['<p>one<br />\ntwo</p>', 'one\ntwo'],
    ['<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>', 'a\nb\nc'],
    ['<p>5 &lt; 6 &amp;&amp; &quot;x&quot; &#39;y&#39;</p>', `5 < 6 && "x" 'y'`],
    ['<p>a</p><pre><code>if x:\n    y\n\nz\n</code></pre><p>b</p>', 'a\nif x:\n    y\n\nz\nb'],
    [
      '<table><tr><th>Firm</th>\n<th>Round</th></tr>\n<tr><td>A</td><td>5</td></tr></table>',
      'Firm Round\nA 5',
    ],
    [
      '<li><input type="checkbox" disabled checked /> a</li><li><input type="checkbox" disabled /> b</li>',
      '[x] a\n[ ] b',
    ],
    ['<p>a  \n b</p><hr /><p></p>', 'a b'],
    [
      '<p>claim<sup class="footnote-ref"><a href="#n">1</a></sup>.</p><ol><li>source <a class="footnote-back" href="#r">↩</a></li></ol>',
      'claim.\nsource',
    ],
    ['', ''],
  ])('of %j is %j', (html, text) => {
    expect(textOf(html as SafeHtml)).toBe(text);
  });

  it('gives back any escaped text but for its white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(textOf(`<p>${escapeHtml(text)}</p>` as SafeHtml)).toBe(text.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

describe('excerpt', () => {
  test.each([
    ['A short text.', 20, 'A short text.'],
    ['exactly ten', 11, 'exactly ten'],
    ['The sheer scale here is staggering', 20, 'The sheer scale…'],
    ['One, two, three', 10, 'One, two…'],
    ['It ends here. And goes on', 14, 'It ends here…'],
    ['two\nlines  here', 40, 'two lines here'],
    ['\u202eturned\nand \u2067not', 40, 'turned and not'],
    ['https://news.example/very-long-address', 12, 'https://new…'],
    ['資本は推論層に流れている', 6, '資本は推論…'],
    ['', 5, ''],
  ])('of %j in %i characters is %j', (text, max, cut) => {
    expect(excerpt(text, max)).toBe(cut);
  });

  it('cuts before a grapheme that does not fit whole', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(excerpt(`abc${family}def`, 8)).toBe('abc…');
    expect(excerpt('aaaae\u0301bbbb', 6)).toBe('aaaa…');
    expect(excerpt('🙂🙂🙂🙂', 4)).toBe('🙂…');
  });

  it('never exceeds its length nor breaks a surrogate pair', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 1, max: 100 }),
        (text, max) => {
          const cut = excerpt(text, max);
          expect(cut.length).toBeLessThanOrEqual(max);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('excerptOf', () => {
  const PIECES = [
    ...['<p>', '</p>', '<br>', '<em>', '</em>', '<pre><code>', '</code></pre>', '<td>', '</td>', '<ul><li>'],
    ...['<input checked>', '<input>', '&amp;', '&#1114111;', '\u00A0', ' ', '   \n ', '\t'],
    ...['a', 'words and words', 'x'.repeat(30), '<sup class="footnote-ref"><a>1</a></sup>', '👩‍👩‍👧‍👦'],
  ];
  const html = fc
    .array(fc.constantFrom(...PIECES), { maxLength: 60 })
    .map((parts) => parts.join('') as SafeHtml);

  it('is the excerpt of the whole text', () => {
    fc.assert(
      fc.property(html, fc.integer({ min: 5, max: 60 }), (text, most) => {
        expect(excerptOf(text, most)).toBe(excerpt(textOf(text), most));
      }),
      { numRuns: 2_000 },
    );
  });
});
