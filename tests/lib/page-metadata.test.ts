import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PageMetadata } from '../../src/lib/page-metadata/index.ts';
import { readPageMetadata } from '../../src/lib/page-metadata/index.ts';

const PAGE = { contentType: 'text/html; charset=utf-8', url: 'https://www.example.com/2026/a-model' };

function read(html: string, url = PAGE.url): PageMetadata {
  return readPageMetadata(Buffer.from(html), { ...PAGE, url });
}

const head = (inside: string): string =>
  `<!doctype html><html><head>${inside}</head><body><p>Text</p></body></html>`;
const jsonLd = (data: unknown): string =>
  head(`<script type="application/ld+json">${JSON.stringify(data)}</script>`);

test('an ordinary article says everything', () => {
  const page = read(`<!doctype html><html lang="en-us"><head>
    <title>A model reads the news | Example</title>
    <meta property="og:title" content="A model reads the news | Example">
    <meta property="og:site_name" content="Example">
    <meta property="og:description" content="What it &amp; others found.">
    <meta property="og:image" content="/pictures/model.jpg">
    <meta property="article:published_time" content="2026-03-04T05:06:07+01:00">
    <meta name="author" content="By Ada Lovelace">
    <meta property="article:content_tier" content="metered">
    <link rel="canonical" href="/2026/a-model">
  </head><body></body></html>`);
  expect(page).toEqual({
    title: 'A model reads the news',
    description: 'What it & others found.',
    siteName: 'Example',
    author: 'Ada Lovelace',
    language: 'en-US',
    publishedAt: new Date('2026-03-04T04:06:07Z'),
    canonicalUrl: 'https://www.example.com/2026/a-model',
    imageUrl: 'https://www.example.com/pictures/model.jpg',
    paywall: true,
  });
});

test('a page that says nothing gives nothing', () => {
  const nothing = { title: null, description: null, siteName: null, author: null, language: null };
  expect(read('plain text')).toEqual({
    ...nothing,
    ...{ publishedAt: null, canonicalUrl: null, imageUrl: null, paywall: false },
  });
});

describe('the title', () => {
  test.each([
    [
      'og:title goes before meta title',
      '<title>c</title><meta name="title" content="bb"><meta property="og:title" content="aa">',
      'aa',
    ],
    ['meta title goes before the element', '<title>cc</title><meta name="title" content="bb">', 'bb'],
    [
      'property goes before name',
      '<meta name="og:title" content="bb"><meta property="og:title" content="aa">',
      'aa',
    ],
    ['an empty one is none', '<meta property="og:title" content=" "><title>cc</title>', 'cc'],
    ['the title of a drawing is none', '<svg><title>Icon</title></svg><title>The page</title>', 'The page'],
    ['references are decoded', '<title>Q&amp;A: 5 &lt; 6</title>', 'Q&A: 5 < 6'],
    [
      'references escaped twice as well',
      '<meta property="og:title" content="R&amp;amp;D&amp;#8217;s">',
      'R&D’s',
    ],
    ['white space and what turns text round goes', '<title>\n a \u202e b\u0007\u200b\t c </title>', 'a b c'],
    [
      'the site goes by its name',
      '<meta property="og:site_name" content="The Verge"><title>News – Verge</title>',
      'News',
    ],
    ['the site goes by its host', '<title>News · example.com</title>', 'News'],
    ['the site goes by half its host', '<title>News - EXAMPLE</title>', 'News'],
    ['another last part stays', '<title>Research - a story | of two</title>', 'Research - a story | of two'],
    [
      'the name alone stays',
      '<meta property="og:site_name" content="Example"><title>Example</title>',
      'Example',
    ],
    [
      'a hyphen within words is none',
      '<meta property="og:site_name" content="art"><title>State-of-the-art</title>',
      'State-of-the-art',
    ],
  ])('%s', (_rule, inside, title) => {
    expect(read(head(inside)).title).toBe(title);
  });

  test('is cut between words when it is a novel', () => {
    const { title } = read(head(`<title>${'word '.repeat(100_000)}</title>`));
    expect(title).toMatch(/^word .* word…$/);
    expect(title?.length).toBeLessThanOrEqual(500);
  });
});

describe('JSON-LD', () => {
  const article = {
    '@type': 'NewsArticle',
    headline: 'A headline',
    author: [{ '@type': 'Person', name: 'Ada Lovelace' }, { name: 'Charles Babbage' }],
    publisher: { '@type': 'Organization', name: 'Example News' },
    datePublished: '2026-03-04',
  };
  const facts = {
    title: 'A headline',
    author: 'Ada Lovelace, Charles Babbage',
    siteName: 'Example News',
    publishedAt: new Date('2026-03-04T00:00:00Z'),
  };

  test.each([
    ['alone', article],
    ['in a list', [{ '@type': 'BreadcrumbList', name: 'No' }, article]],
    ['in a graph behind its page', { '@graph': [{ '@type': 'WebPage', name: 'No' }, article] }],
    ['inside of its page', { '@type': 'WebPage', name: 'No', mainEntity: article }],
    ['with several types', { ...article, '@type': ['Thing', 'https://schema.org/OpinionNewsArticle'] }],
    [
      'with authors and publisher by reference',
      {
        '@graph': [
          { ...article, author: [{ '@id': '#a' }, 'Charles Babbage'], publisher: { '@id': '#p' } },
          { '@id': '#a', '@type': 'Person', name: 'Ada Lovelace' },
          { '@id': '#p', name: ['Example News'] },
        ],
      },
    ],
  ])('is read %s', (_way, data) => {
    expect(read(jsonLd(data))).toMatchObject(facts);
  });

  test('is read in the body, in a comment, with line breaks in its texts', () => {
    const script = `<script type='application/ld+json; charset=utf-8'><!-- {"@type":"Article","headline":"A\nheadline"} --></script>`;
    expect(read(`<body><p>${'text '.repeat(10_000)}</p>${script}</body>`).title).toBe('A headline');
  });

  test.each([
    [false, true],
    ['False', true],
    ['false', true],
    ['https://schema.org/False', true],
    [['no'], true],
    [0, true],
    [true, false],
    ['True', false],
    ['perhaps', false],
    [undefined, false],
  ])('isAccessibleForFree %j means paywall %j', (isAccessibleForFree, paywall) => {
    expect(read(jsonLd({ ...article, isAccessibleForFree })).paywall).toBe(paywall);
  });

  test('a part that is not free is a paywall, unless the whole is said to be free', () => {
    const hasPart = [{ '@type': 'WebPageElement', isAccessibleForFree: 'False', cssSelector: '.rest' }];
    expect(read(jsonLd({ ...article, hasPart })).paywall).toBe(true);
    expect(read(jsonLd({ ...article, hasPart: hasPart[0] })).paywall).toBe(true);
    expect(read(jsonLd({ ...article, hasPart, isAccessibleForFree: true })).paywall).toBe(false);
  });

  test.each([
    ['broken', '{"@type":"NewsArticle","headline":'],
    ['no object', '[[[null,1,"x"]]]'],
    [
      'of wrong types',
      '{"@type":"NewsArticle","headline":7,"author":{"name":{"name":1}},"publisher":[],"datePublished":{},"image":[[]]}',
    ],
    ['of another thing', '{"@type":"JobPosting","headline":"Wanted"}'],
    ['nested without end', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('that is %s leaves the rest of the page', (_fault, json) => {
    const page = read(head(`<title>The title</title><script type="application/ld+json">${json}</script>`));
    expect(page).toMatchObject({
      title: 'The title',
      author: null,
      siteName: null,
      publishedAt: null,
      imageUrl: null,
    });
  });
});

describe('the author', () => {
  test.each([
    [
      'addresses of profiles are no names',
      '<meta property="article:author" content="https://www.facebook.com/ada"><meta name="author" content="Ada">',
      'Ada',
    ],
    ['names of accounts are no names', '<meta name="author" content="@ada">', null],
    [
      'libraries write the last name first',
      '<meta name="citation_author" content="Lovelace, Ada"><meta name="citation_author" content="Babbage, Charles">',
      'Ada Lovelace, Charles Babbage',
    ],
    [
      'long lists end',
      ['a', 'b', 'c', 'd', 'e'].map((name) => `<meta name="dc.creator" content="${name}${name}">`).join(''),
      'aa, bb, cc, dd and others',
    ],
    [
      'Parse.ly is told',
      `<meta name="parsely-page" content='{"author":"Ada","pub_date":"2026-03-04"}'>`,
      'Ada',
    ],
    [
      'a link says so',
      '<p>by <a rel="nofollow author" href="/ada">Ada <b>Lovelace</b></a></p>',
      'Ada Lovelace',
    ],
    ['a line under the title says so', '<p class="article-byline">By <a href="/ada">Ada</a></p>', 'Ada'],
    ['a line that says more is none', '<p class="byline">Ada, 4 March 2026</p>', null],
    [
      'the article has one',
      '<main itemscope itemtype="https://schema.org/Article"><p itemscope itemprop="author"><i itemprop="name">Ada</i></p></main>',
      'Ada',
    ],
    [
      'another thing on the page has one',
      '<div itemscope itemtype="https://schema.org/Review"><i itemprop="author">Eve</i></div>',
      null,
    ],
  ])('%s', (_rule, html, author) => {
    expect(read(html).author).toBe(author);
  });
});

test('the date in attributes is that of the first article, not of its neighbours', () => {
  const neighbour =
    '<article itemscope itemtype="https://schema.org/NewsArticle"><time itemprop="datePublished" datetime="2026-01-01"></time></article>';
  const html = `<main itemscope itemtype="https://schema.org/NewsArticle"><aside itemscope>${neighbour}</aside><meta itemprop="datePublished" content="2026-03-04"></main>${neighbour}`;
  expect(read(html).publishedAt).toEqual(new Date('2026-03-04T00:00:00Z'));
});

test.each([
  ['javascript:alert(1)', null],
  ['data:image/png;base64,xx', null],
  ['//cdn.example.org/a.png', 'https://cdn.example.org/a.png'],
  ['http://[broken', null],
  [`https://example.org/${'a'.repeat(3_000)}`, null],
])('addresses lead to the web: %s', (address, expected) => {
  const page = read(
    head(`<link rel="canonical" href="${address}"><meta property="og:image" content="${address}">`),
  );
  expect([page.canonicalUrl, page.imageUrl]).toEqual([expected, expected]);
});

test.each([
  ['<html lang="de">', 'de'],
  ['<html lang="not a language"><meta property="og:locale" content="pt_BR">', 'pt-BR'],
  ['<meta http-equiv="content-language" content="fr">', 'fr'],
  ['<html lang="">', null],
])('the language of %s is %s', (html, language) => {
  expect(read(html).language).toBe(language);
});

describe('hostile pages', () => {
  it.each([
    ['half a million open tags', '<a>'.repeat(500_000)],
    ['closing tags without end', `${'<b>'.repeat(400)}${'</i>'.repeat(500_000)}`],
    ['a tag of attributes', `<meta ${'a=b '.repeat(400_000)}>`],
    ['metas without end', '<meta property="og:x og:y" content="x">'.repeat(50_000)],
    ['titles in titles', '<title>'.repeat(300_000)],
    ['scripts without end', '<script type="application/ld+json">{"@type":"Article"}</script>'.repeat(30_000)],
    [
      'spaces behind a comment in a script',
      `<script type="application/ld+json">-->${' '.repeat(490_000)}x</script>`,
    ],
    ['scopes without end', '<p itemscope itemprop="author">'.repeat(60_000)],
    [
      'a name of the language itself',
      '<meta property="__proto__" content="x"><meta __proto__="x" constructor="y">',
    ],
  ])('are read to an end: %s', (_what, html) => {
    expect(read(`<title>Before</title>${html}<title>After</title>`).title).toBe('Before');
  });

  it('are read no deeper than browsers nest', () => {
    const author = '<a rel="author">Ada</a>';
    expect(read('<div>'.repeat(400) + author).author).toBe('Ada');
    expect(read('<div>'.repeat(600) + author).author).toBeNull();
  });

  it('never throws, whatever the bytes and whatever they are called', () => {
    const pieces = [
      '<meta property="og:title" content="',
      '<script type="application/ld+json">',
      '{"@type":"Article","author":',
      '[',
      '"',
      '>',
      '<title>',
      '</',
      '&#',
      '\u0000',
      '\ud800',
      '<html lang="',
      '<svg>',
    ];
    const html = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(html, fc.string(), fc.string(), (parts, contentType, url) => {
        const page = readPageMetadata(Buffer.from(parts.join('')), { contentType, url });
        expect(typeof page.paywall).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
