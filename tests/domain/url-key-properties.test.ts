import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { urlKey } from '../../src/domain/url-key.ts';

describe('whatever is given', () => {
  // Pieces that rules are about, so that they meet in ways nobody thought of.
  const host = fc.constantFrom(
    'example.com',
    'www.m.example.com',
    'twitter.com',
    'old.reddit.com',
    'youtu.be',
    'arxiv.org',
    'en.m.wikipedia.org',
    'www.google.com',
    'amp.co.uk',
    'a-b.cdn.ampproject.org',
    'github.com',
    'open.substack.com',
    'medium.com',
    'news.google.com',
    'bing.com',
    'r.search.yahoo.com',
    'dl.acm.org',
  );
  const segment = fc.constantFrom(
    'a',
    'amp',
    'index.html',
    '..',
    '.',
    '%2e',
    '%25',
    '%',
    '%%34',
    ';jsessionid=1',
    '.amp',
    'status',
    '12',
    's',
    'url',
    'r',
    'comments',
    'abs',
    '2401.01234v1',
    'pub',
    'p',
    'watch',
    'index',
    'a.html',
    '.htm',
    'blog',
    'a-0123456789ab',
    'articles',
    'CBMiFWh0dHBzOi8vZXhhbXBsZS5jb20vYdIBAA',
    'doi',
    'ck',
    'RU=https%3a%2f%2fexample.com%2fa.html',
    'é',
    '%41',
    "'",
    '',
  );
  const pair = fc.constantFrom(
    'a=1',
    'b',
    'b=',
    '=x',
    'utm_source=x',
    'amp=1',
    'q=https://example.com/?q=1',
    'url=https%3A%2F%2Ftwitter.com%2Fx%2Fstatus%2F9',
    'v=dQw4w9WgXcQ',
    'a=%27+%2B',
    'amp;a=2',
    '%26=%3D',
    'ref=hn',
    'm=1',
    'u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS9h',
    '%zz',
  );
  const fragment = fc.constantFrom('', '#top', '#a-%41:~:text=b', '#!/a', '#/a/', '#utm_source=x', '#!');
  const built = fc
    .tuple(host, fc.array(segment, { maxLength: 6 }), fc.array(pair, { maxLength: 4 }), fragment)
    .map(([at, path, query, hash]) => `https://${at}/${path.join('/')}?${query.join('&')}${hash}`);
  const address = fc.oneof(
    built,
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: 'binary' }),
  );

  test('it never throws, and a key has itself as its key', () => {
    fc.assert(
      fc.property(address, (given) => {
        const read = urlKey(given);
        if (!read.ok) return;
        expect(urlKey(`https://${read.key}`)).toMatchObject({ ok: true, key: read.key, host: read.host });
      }),
      { numRuns: 500 },
    );
  });

  test('what is shown has the same key, and is shown as it is', () => {
    fc.assert(
      fc.property(address, (given) => {
        const read = urlKey(given);
        if (read.ok) expect(urlKey(read.shown)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });

  test('tracking parameters change neither key nor what is shown', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (given) => {
        const tracked = `${given}${given.includes('?') ? '&' : '?'}utm_source=forum&fbclid=1`;
        const [plain, read] = [urlKey(given), urlKey(tracked)];
        expect(read.ok && read.key).toBe(plain.ok && plain.key);
      }),
    );
  });
});
