import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { FeedItem, FeedReading } from '../../src/lib/feed-reader.ts';
import { readFeed } from '../../src/lib/feed-reader.ts';
import { corpusPath, describeWithCorpora } from '../support/corpora.ts';

const ORDER = {
  contentType: '',
  url: 'https://example.org/news/feed',
  items: 200,
  most: { title: 300, summary: 500, author: 100 },
};

function read(body: string | Buffer, contentType = ''): FeedReading {
  return readFeed(Buffer.from(body), { ...ORDER, contentType });
}

function itemsOf(body: string | Buffer, contentType = ''): readonly FeedItem[] {
  const reading = read(body, contentType);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.items;
}

const rss = (items: string, more = ''): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News &amp; more</title>${more}${items}</channel></rss>`;
const item = (inside: string): string => `<item>${inside}</item>`;

const WHOLE: FeedItem = {
  guid: 'id-1',
  url: 'https://example.org/a',
  title: 'A headline',
  summary: 'What it says.',
  author: 'Ada',
  publishedAt: new Date('2026-03-04T05:06:07Z'),
};

test.each([
  [
    'RSS',
    rss(
      item(
        '<title>A headline</title><link>https://example.org/a</link><guid isPermaLink="false">id-1</guid><description>What it says.</description><author>a@example.org (Ada)</author><pubDate>Wed, 04 Mar 2026 05:06:07 GMT</pubDate>',
      ),
    ),
  ],
  [
    'RDF',
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title></channel><item rdf:about="id-1"><title>A headline</title><link>https://example.org/a</link><description>What it says.</description><dc:creator>Ada</dc:creator><dc:date>2026-03-04T05:06:07Z</dc:date></item></rdf:RDF>`,
  ],
  [
    'Atom',
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><id>id-1</id><title type="html">A &lt;b&gt;headline&lt;/b&gt;</title><link rel="self" href="/self"/><link href="/a"/><summary>What it says.</summary><author><name>Ada</name></author><updated>2026-03-05T00:00:00Z</updated><published>2026-03-04T05:06:07Z</published></entry></feed>`,
  ],
  [
    'JSON Feed',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 't',
      items: [
        {
          id: 'id-1',
          url: '../a',
          title: 'A headline',
          summary: 'What it says.',
          authors: [{ name: 'Ada' }],
          date_published: '2026-03-04T05:06:07Z',
        },
      ],
    }),
  ],
])('%s is read, told by its bytes', (_format, body) => {
  expect(itemsOf(body, 'text/plain')).toEqual([WHOLE]);
});

describe('items', () => {
  it('come newest first, those without a date beside their neighbours', () => {
    const dated = (title: string, date: string) =>
      item(`<title>${title}</title><link>/${title}</link><pubDate>${date}</pubDate>`);
    const feed = rss(
      dated('old', '2026-01-01') + item('<title>beside</title><link>/x</link>') + dated('new', '2026-03-01'),
    );
    expect(itemsOf(feed).map(({ title }) => title)).toEqual(['new', 'old', 'beside']);
  });

  it('are the newest when there are too many', () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      item(
        `<title>Item ${n}</title><link>/${n}</link><pubDate>${new Date(Date.UTC(2026, 0, 1, n)).toUTCString()}</pubDate>`,
      ),
    );
    const items = itemsOf(rss(many.join('')));
    expect(items).toHaveLength(200);
    expect(items[0]?.title).toBe('Item 299');
  });

  test.each([
    ['a relative address', '<title>A headline</title><link>../a?b=1#c</link>', 'https://example.org/a?b=1#c'],
    [
      'an identifier that is an address',
      '<title>A headline</title><guid>https://example.org/g</guid>',
      'https://example.org/g',
    ],
    [
      'no headline but a text',
      '<description>A headline</description><link>/a</link>',
      'https://example.org/a',
    ],
  ])('may have %s', (_what, inside, url) => {
    expect(itemsOf(rss(item(inside)))[0]).toMatchObject({ title: 'A headline', url });
  });

  test.each([
    ['no address', '<title>t</title>'],
    ['an identifier that is none', '<title>t</title><guid isPermaLink="false">https://example.org/g</guid>'],
    ['an address that is a script', '<title>t</title><link>javascript:alert(1)</link>'],
    ['an address that is data', '<title>t</title><link>data:text/html,x</link>'],
    ['an address that is a file', '<title>t</title><link>file:///etc/passwd</link>'],
    ['an address that cannot be read', '<title>t</title><link>https://[</link>'],
    ['neither headline nor text', '<link>/a</link><title> &lt;script&gt;x&lt;/script&gt; </title>'],
  ])('with %s are counted and left out', (_what, inside) => {
    expect(read(rss(item(inside)))).toMatchObject({ ok: true, items: [], unusable: 1 });
  });
});

describe('texts', () => {
  test.each([
    ['markup', 'A &lt;em&gt;new&lt;/em&gt; model&lt;br&gt;again', 'A new model again'],
    ['markup in CDATA', '<![CDATA[A <a href="javascript:x">new</a> model]]>', 'A new model'],
    ['scripts and styles', '<![CDATA[<style>p{}</style>A<script>alert(1)</script> model]]>', 'A model'],
    ['references written twice', 'R&amp;amp;D &amp;#8217;s', 'R&D ’s'],
    ['signs that are no tags', '5 &lt; 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['what turns text round, and nothing to see', '&#x202e;A&#x200b; model&#7;', 'A model'],
  ])('lose %s', (_what, title, expected) => {
    expect(itemsOf(rss(item(`<title>${title}</title><link>/a</link>`)))[0]?.title).toBe(expected);
  });

  it('are cut', () => {
    const [only] = itemsOf(
      rss(
        item(
          `<title>${'word '.repeat(50_000)}</title><description>${'<p>x</p>'.repeat(50_000)}</description><link>/a</link>`,
        ),
      ),
    );
    expect(only?.title.length).toBeLessThanOrEqual(300);
    expect(only?.summary.length).toBeLessThanOrEqual(500);
  });

  test.each([
    ['its declaration', '<?xml version="1.0" encoding="windows-1251"?>', ''],
    ['the header', '<?xml version="1.0"?>', 'text/xml; charset=windows-1251'],
    [
      'its declaration where the header lies',
      '<?xml version="1.0" encoding="windows-1251"?>',
      'text/xml; charset=utf-8',
    ],
  ])('are decoded by %s', (_by, declaration, contentType) => {
    const feed = Buffer.concat([
      Buffer.from(`${declaration}<rss version="2.0"><channel><item><link>/a</link><title>`),
      Buffer.from([0xcd, 0xee, 0xe2, 0xee, 0xf1, 0xf2, 0xe8]),
      Buffer.from('</title></item></channel></rss>'),
    ]);
    expect(itemsOf(feed, contentType)[0]?.title).toBe('Новости');
  });
});

test('a feed says how often it wants to be read', () => {
  expect(read(rss('', '<ttl>90</ttl>'))).toMatchObject({ ok: true, title: 'News & more', everyMinutes: 90 });
});

describe('hostile answers', () => {
  test.each([
    ['nothing', ' ', 'The answer is empty.'],
    [
      'a page',
      '<!DOCTYPE html><html><head><title>x</title></head></html>',
      'This is a web page, not a feed.',
    ],
    ['a text', 'Not found', 'This is neither RSS, RDF, Atom nor JSON Feed.'],
    ['other JSON', '{"items":[]}', 'This is neither RSS, RDF, Atom nor JSON Feed.'],
    [
      'half a feed',
      '<rss version="2.0"><channel><item><title>',
      'The feed is broken: it cannot be read to its end.',
    ],
    [
      'tags without end',
      `<rss version="2.0"><channel>${'<a>'.repeat(100_000)}`,
      'The feed is broken: it cannot be read to its end.',
    ],
  ])('%s is no feed', (_what, body, reason) => {
    expect(read(body)).toEqual({ ok: false, reason });
  });

  it('an entity bomb does not go off', () => {
    const names = Array.from({ length: 20 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
      '',
    );
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">${names}]>${rss(item('<title>x &e20;</title><link>/a</link>')).replace(/^<\?.*?\?>/, '')}`;
    expect(itemsOf(bomb)[0]?.title).toBe('x &e20;');
  });

  it('an entity that names a file brings nothing of it', () => {
    const inclusion = `<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>${rss(item('<title>x &file;</title><link>/a</link>')).replace(/^<\?.*?\?>/, '')}`;
    expect(JSON.stringify(read(inclusion))).not.toContain('root:');
  });

  it('a hundred thousand items are two hundred', () => {
    expect(itemsOf(rss(item('<title>t</title><link>/a</link>').repeat(100_000)))).toHaveLength(200);
  });

  it('never throws, whatever the bytes', () => {
    const pieces = [
      '<rss version="2.0"><channel>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<link>/a</link>',
      '<![CDATA[',
      ']]>',
      '&#',
      '<feed>',
      '<entry>',
      '{"version":"https://jsonfeed.org/version/1","items":[',
      '{"id":{}}',
      '\u0000',
      '\ud800',
    ];
    const bodies = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' })), {
      maxLength: 25,
    });
    fc.assert(
      fc.property(bodies, fc.string(), (parts, contentType) => {
        expect(typeof read(parts.join(''), contentType).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

describeWithCorpora('real feeds and one of every version', () => {
  const files = readdirSync(corpusPath('feeds'), { recursive: true, encoding: 'utf8' });
  const feeds = files.filter((file) => file.endsWith('.xml')).toSorted();

  it('are many', () => {
    expect(feeds.length).toBeGreaterThan(25);
  });

  test.each(feeds)('%s', (file) => {
    const items = itemsOf(readFileSync(corpusPath(`feeds/${file}`)));
    expect(items.length).toBeGreaterThan(0);
    for (const { title, url, summary } of items) {
      expect(title).toMatch(/\S/);
      expect(url).toMatch(/^https?:/);
      expect(title + summary).not.toMatch(/<\/?(?:p|a|span|div|script)\b/);
    }
  });
});
