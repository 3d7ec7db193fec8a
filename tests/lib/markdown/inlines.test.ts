import { describe, expect, it, test } from 'vitest';
import { html, inline } from './rendering.ts';

const external = 'rel="ugc nofollow noopener"';

describe('emphasis', () => {
  test.each([
    ['*a* **b** ***c*** ~~d~~', '<em>a</em> <strong>b</strong> <em><strong>c</strong></em> <del>d</del>'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['\\*a\\*', '*a*'],
  ])('%j', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });

  test.each([
    ['**Both** of them, and China** are.', '<strong>Both</strong> of them, and China are.'],
    ['- **Both**, and China**', '<strong>Both</strong>, and China'],
    ['It is **eight**, and sh** stays', 'It is <strong>eight</strong>, and sh** stays'],
    ['Without bold elsewhere, China** stays', 'Without bold elsewhere, China** stays'],
    ['**Both** and `China**` in code', '<strong>Both</strong> and <code>China**</code> in code'],
  ])('a closer that is left over in %j', (markdown, expected) => {
    expect(html(markdown)).toContain(expected);
  });

  it('that is closed but never opened bolds nothing, and no word of the line is lost', () => {
    const line = 'The **U.K.**, Japan, and Norway** are drafting rules that reflect **old tensions**.';
    expect(inline(line)).toBe(
      'The <strong>U.K.</strong>, Japan, and Norway are drafting rules that reflect <strong>old tensions</strong>.',
    );
  });

  it('that is opened but never closed bolds nothing', () => {
    expect(inline('a **b c\n\n**d** e')).toBe('a **b c</p>\n<p dir="auto"><strong>d</strong> e');
  });
});

describe('typed HTML', () => {
  test.each([
    ['a <b>c</b>', 'a &lt;b&gt;c&lt;/b&gt;'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<a href="https://a.example">b</a>', '&lt;a href="https://a.example"&gt;b&lt;/a&gt;'],
    ['<!-- a --> *b*', '&lt;!-- a --&gt; <em>b</em>'],
    [
      '<pre>a *b* https://c.example',
      `&lt;pre&gt;a <em>b</em> <a class="url" href="https://c.example/" ${external}>https://c.example</a>`,
    ],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['5 < 6 & 7 > 2', '5 &lt; 6 &amp; 7 &gt; 2'],
    ['&copy; &amp;lt; &#60;b&#62; &bogus;', '© &amp;lt; &lt;b&gt; &amp;bogus;'],
  ])('%j is shown as it was typed', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });
});

describe('links', () => {
  test.each([
    [
      '[a *b*](https://x.example/ "T")',
      `<a href="https://x.example/" ${external} title="T">a <em>b</em></a>`,
    ],
    ['[a][1]\n\n[1]: https://x.example/', `<a href="https://x.example/" ${external}>a</a>`],
    [
      '<https://x.example/?a=1&b=2>',
      `<a class="url" href="https://x.example/?a=1&amp;b=2" ${external}>https://x.example/?a=1&amp;b=2</a>`,
    ],
    [
      '(see https://x.example/a).',
      `(see <a class="url" href="https://x.example/a" ${external}>https://x.example/a</a>).`,
    ],
    [
      '“https://x.example/a”',
      `“<a class="url" href="https://x.example/a" ${external}>https://x.example/a</a>”`,
    ],
    [
      '見て https://x.example/a。次',
      `見て <a class="url" href="https://x.example/a" ${external}>https://x.example/a</a>。次`,
    ],
    ['www.x.example', `<a class="url" href="http://www.x.example/" ${external}>www.x.example</a>`],
    ['a.b@x.example', `<a href="mailto:a.b@x.example" ${external}>a.b@x.example</a>`],
    ['[a](mailto:a@x.example)', `<a href="mailto:a@x.example" ${external}>a</a>`],
  ])('%j', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });

  test.each([
    ['https://forum.example/t/1/a?sort=new#p3', '/t/1/a?sort=new#p3'],
    ['HTTPS://FORUM.EXAMPLE:443/p/1', '/p/1'],
    ['https://forum.example', '/'],
    ['/rules', '/rules'],
    ['#p12', '#p12'],
  ])('to the site itself are paths without rel: %s', (address, path) => {
    expect(inline(`[a](${address})`)).toBe(`<a href="${path}">a</a>`);
  });

  test.each([
    ['https://forum.example.evil.example/'],
    ['https://forum.example:8443/'],
    ['http://forum.example/'],
    ['https://evil.example/https://forum.example/'],
    ['https://forum.example//evil.example'],
    ['https://forum.example/\\evil.example'],
  ])('that only look like the site itself stay whole: %s', (address) => {
    expect(inline(`[a](${address})`)).toMatch(
      /^<a href="https?:\/\/[^"]+" rel="ugc nofollow noopener">a<\/a>$/,
    );
  });

  test.each([
    ['https://x.example/&#x3C;\\', 'https://x.example/&amp;#x3C;%5C'],
    ['https://x.example/?a=\\b', 'https://x.example/?a=%5Cb'],
    ['https://forum.example/t?a=\\b#\\c', '/t?a=%5Cb#%5Cc'],
  ])('have no backslash, which others may read as a slash: %j', (address, href) => {
    expect(html(address)).toContain(` href="${href}"`);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript&colon;alert(1)',
    'java&#115;cript:alert(1)',
    '&#x6A;avascript:alert(1)',
    'java&#10;script:alert(1)',
    '&#1;javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://x.example/a',
    '//evil.example',
    '/\\evil.example',
    '/&#9;/evil.example',
    'https:evil.example@forum.example',
    'https://forum.example@evil.example/',
    'https://a:b@x.example/',
    'https://',
    'relative/path',
    '?query',
    '',
  ])('to %j are none', (address) => {
    expect(inline(`[a](<${address}>)`)).not.toContain('<a ');
    expect(html(`<${address}>`)).not.toMatch(/<a [^>]*href="(?!https?:|\/[^/])/);
  });
});

describe('pictures', () => {
  test.each([
    ['![A chart](https://x.example/c.png)', `<a href="https://x.example/c.png" ${external}>A chart</a>`],
    [
      '![](https://x.example/c.png)',
      `<a class="url" href="https://x.example/c.png" ${external}>https://x.example/c.png</a>`,
    ],
    [
      '[![A chart](https://x.example/c.png)](https://y.example/)',
      `<a href="https://y.example/" ${external}>A chart</a>`,
    ],
    ['![a *b* <i>](javascript:alert(1))', 'a b &lt;i&gt;'],
  ])('%j are links: nothing is loaded from elsewhere', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });
});

describe('footnotes', () => {
  it('are numbered by first citation, linked both ways, and listed at the end', () => {
    const markdown = 'One[^b] two[^a] three[^b].\n[^a]: *A*\n[^b]: B\n  more\n\nEnd.';
    expect(html(markdown)).toBe(
      '<p dir="auto">One<sup class="footnote-ref"><a id="p1-fnref-1" href="#p1-fn-1" aria-label="Footnote 1">1</a></sup> ' +
        'two<sup class="footnote-ref"><a id="p1-fnref-2" href="#p1-fn-2" aria-label="Footnote 2">2</a></sup> ' +
        'three<sup class="footnote-ref"><a id="p1-fnref-1-2" href="#p1-fn-1" aria-label="Footnote 1">1</a></sup>.</p>\n' +
        '<p dir="auto">End.</p>\n<ol class="footnotes" aria-label="Footnotes">\n' +
        '<li id="p1-fn-1"><p dir="auto">B<br />\nmore ' +
        '<a class="footnote-back" href="#p1-fnref-1" aria-label="Back to the text, place 1">↩\uFE0E</a> ' +
        '<a class="footnote-back" href="#p1-fnref-1-2" aria-label="Back to the text, place 2">↩\uFE0E</a></p></li>\n' +
        '<li id="p1-fn-2"><p dir="auto"><em>A</em> ' +
        '<a class="footnote-back" href="#p1-fnref-2" aria-label="Back to the text">↩\uFE0E</a></p></li>\n</ol>\n',
    );
  });

  it('may cite each other and themselves', () => {
    const list = html('a[^1]\n\n[^1]: b[^2]\n[^2]: c[^1][^2]').split('<ol')[1] ?? '';
    expect(list.match(/<li /g)).toHaveLength(2);
  });

  it('are defined by the first of their name', () => {
    expect(html('a[^N]\n\n[^n]: first\n[^n]: second')).toMatch(/first(?![^]*second)/);
  });

  test.each([
    ['a[^1]', 'a[^1]'],
    ['`[^1]` \\[^1]\n\n[^1]: b', '<code>[^1]</code> [^1]'],
    ['[x [^1]](https://x.example/)\n\n[^1]: b', `<a href="https://x.example/" ${external}>x [^1]</a>`],
  ])('are none in %j', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });

  it('let nothing of their name into the page', () => {
    const markdown = 'a[^"><img/src=x>]\n\n[^"><img/src=x>]: b';
    expect(html(markdown)).not.toMatch(/img/);
  });
});

describe('odd characters', () => {
  it('that no database or encoding takes are replaced', () => {
    expect(inline('a\0b\uD800c\uDC00d🙂')).toBe('a\uFFFDb\uFFFDc\uFFFDd🙂');
  });
});
