import { describe, expect, it, test } from 'vitest';
import { html, inline } from './rendering.ts';

describe('paragraphs and line breaks', () => {
  const long =
    'One sentence of a report that is written on a line of its own, as pasted articles have it, '.repeat(2);

  it('keeps a line break', () => {
    expect(html('Roses are red\nViolets are blue')).toBe(
      '<p dir="auto">Roses are red<br />\nViolets are blue</p>\n',
    );
  });

  it('ends the paragraph after a line nobody wrapped by hand', () => {
    expect(html(`${long}\nHowever, a second one.`)).toBe(
      `<p dir="auto">${long.trim()}</p>\n<p dir="auto">However, a second one.</p>\n`,
    );
  });

  it('reads both ways of ending a line, and spaces before the end', () => {
    expect(html('a  \r\nb\rc\\\nd')).toBe('<p dir="auto">a<br />\nb<br />\nc<br />\nd</p>\n');
  });

  it('renders nothing as nothing', () => {
    expect(html(' \n\t\n')).toBe('');
  });
});

describe('headings', () => {
  test.each([
    ['# A', '<h2 dir="auto">A</h2>\n'],
    ['## A', '<h3 dir="auto">A</h3>\n'],
    ['##### A', '<h6 dir="auto">A</h6>\n'],
    ['###### A', '<h6 dir="auto">A</h6>\n'],
    ['A\n===', '<h2 dir="auto">A</h2>\n'],
    ['#', ''],
    ['#tag', '<p dir="auto">#tag</p>\n'],
  ])('%j is one level below the page', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  const title = 'Funding “records” fall again!';
  test.each([
    ['equal', `# ${title}`],
    ['other case and spaces', '#   FUNDING "records"  fall again'],
    ['with emphasis', '# **Funding “records” fall again**'],
    ['a lower level', `## ${title}`],
    ['after an opening line', `Hello.\n\n# ${title}`],
  ])('a first heading like the title is dropped: %s', (_, heading) => {
    expect(html(`${heading}\n\nText.`, { title })).not.toContain('<h');
  });

  it('puts what stood below the dropped title right below the page', () => {
    expect(html(`# ${title}\n## Part\n### Detail`, { title })).toBe(
      '<h2 dir="auto">Part</h2>\n<h3 dir="auto">Detail</h3>\n',
    );
    expect(html(`## ${title}\n### Part\n# Higher`, { title })).toBe(
      '<h2 dir="auto">Part</h2>\n<h2 dir="auto">Higher</h2>\n',
    );
  });

  it('keeps other headings, the second of that name, and all when there is no title', () => {
    expect(html(`# Other\n\n# ${title}`, { title })).toContain('fall again');
    expect(html(`# ${title}\n\n# ${title}`, { title }).match(/<h/g)).toHaveLength(1);
    expect(html('# ?!', { title: '!' })).toContain('<h2');
    expect(html(`# ${title}`)).toContain('<h2');
  });
});

describe('lists', () => {
  it('follow their introduction and end at the next plain line', () => {
    const digest = 'The moves include:\n- **A** bought B.\n- C\nDespite these, troubles remain:\n- D';
    expect(html(digest)).toBe(
      '<p dir="auto">The moves include:</p>\n<ul dir="auto">\n<li><strong>A</strong> bought B.</li>\n<li>C</li>\n</ul>\n' +
        '<p dir="auto">Despite these, troubles remain:</p>\n<ul dir="auto">\n<li>D</li>\n</ul>\n',
    );
  });

  it('go on over indented lines', () => {
    expect(html('- a\n  b\n\n  c')).toBe('<ul dir="auto">\n<li><p>a<br />\nb</p>\n<p>c</p>\n</li>\n</ul>\n');
  });

  it('nest, and a plain line ends only the inner one', () => {
    expect(html('- a\n  1. b\n  c\n- d')).toBe(
      '<ul dir="auto">\n<li>a<ol>\n<li>b</li>\n</ol>\n<p>c</p>\n</li>\n<li>d</li>\n</ul>\n',
    );
  });

  it('count from where the writer does', () => {
    expect(html('3. a\n4. b')).toBe('<ol start="3" dir="auto">\n<li>a</li>\n<li>b</li>\n</ol>\n');
    expect(html('1. a\nText\n2. b')).toContain('<p dir="auto">Text<br />\n2. b</p>');
  });

  it('have boxes that say in words whether they are ticked', () => {
    expect(html('- [ ] a\n- [x] b')).toBe(
      '<ul dir="auto">\n<li class="task"><input type="checkbox" disabled aria-label="to do" /> a</li>\n' +
        '<li class="task"><input type="checkbox" disabled checked aria-label="done" /> b</li>\n</ul>\n',
    );
  });
});

describe('quotes', () => {
  it('end where their marks end, so that the answer is not put into another mouth', () => {
    expect(html('> They said\n> this.\nI disagree.')).toBe(
      '<blockquote dir="auto">\n<p>They said<br />\nthis.</p>\n</blockquote>\n<p dir="auto">I disagree.</p>\n',
    );
  });

  it('hold lists, code and further quotes', () => {
    expect(html('> > a\n>\n> - b')).toBe(
      '<blockquote dir="auto">\n<blockquote>\n<p>a</p>\n</blockquote>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>\n',
    );
  });
});

describe('tables', () => {
  const table = '| Firm | $M |\n|:--|--:|\n| A \\| B | 5 |\n| C |';

  it('stand in a box that scrolls and is reached by keyboard', () => {
    expect(html(table)).toBe(
      '<div class="table-scroll" tabindex="0" role="group" aria-label="Table" dir="auto">\n<table>\n<thead>\n<tr>\n' +
        '<th scope="col" align="left">Firm</th>\n<th scope="col" align="right">$M</th>\n</tr>\n</thead>\n<tbody><tr>\n' +
        '<td align="left">A | B</td>\n<td align="right">5</td>\n</tr>\n<tr>\n<td align="left">C</td>\n' +
        '<td align="right"></td>\n</tr>\n</tbody></table>\n</div>\n',
    );
  });

  it('have a box a writer cannot type', () => {
    expect(html('<div class="table-scroll" tabindex="0">x</div>')).toBe(
      '<p dir="auto">&lt;div class="table-scroll" tabindex="0"&gt;x&lt;/div&gt;</p>\n',
    );
  });
});

describe('code', () => {
  test.each([
    ['```py\nx = 1\n```', '<code class="language-py">x = <span class="hljs-number">1</span></code>'],
    ['~~~ TS extra\nlet\n~~~', '<code class="language-ts"><span class="hljs-keyword">let</span></code>'],
    ['```klingon\n<b>\n```', '<code>&lt;b&gt;</code>'],
    ['    <b>&amp;', '<code>&lt;b&gt;&amp;amp;</code>'],
    [
      '```text\n**a** @anna https://a.example\n```',
      '<code class="language-text">**a** @anna https://a.example</code>',
    ],
    ['```"><script>\nx\n```', '<code>x</code>'],
  ])('%j', (markdown, code) => {
    expect(html(markdown)).toBe(`<pre dir="ltr" tabindex="0">${code}</pre>\n`);
  });

  it('goes without colours where they would cost more than they show', () => {
    const matrix = `[${'1, '.repeat(150)}0]\n`.repeat(4);
    expect(html(`\`\`\`json\n${matrix}\`\`\``)).toContain(
      `<code class="language-json">${matrix.trim()}</code>`,
    );
    expect(html(`\`\`\`js\nlet x = "${'y'.repeat(600)}"\n\`\`\``)).not.toContain('hljs');
  });

  it('keeps spans as typed', () => {
    expect(inline('`a  <b> *c* @anna`')).toBe('<code>a  &lt;b&gt; *c* @anna</code>');
  });
});

describe('writing direction', () => {
  it('is found for each outermost block, and shared by what a list or quote holds', () => {
    expect(html('שלום\n\n- אחד\n\n  שתיים\n\n> ציטוט')).toBe(
      '<p dir="auto">שלום</p>\n<ul dir="auto">\n<li><p>אחד</p>\n<p>שתיים</p>\n</li>\n</ul>\n' +
        '<blockquote dir="auto">\n<p>ציטוט</p>\n</blockquote>\n',
    );
  });
});
