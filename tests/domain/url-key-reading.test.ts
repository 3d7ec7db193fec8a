import { describe, expect, test } from 'vitest';
import { urlKey } from '../../src/domain/url-key.ts';

function shownOf(address: string): string {
  const read = urlKey(address);
  return read.ok ? read.shown : `fault: ${read.reason}`;
}

describe('what readers follow', () => {
  test.each([
    ['https://www.Example.com/A//b/?b=2&a=1&utm_source=x#top', 'https://www.example.com/A//b/?b=2&a=1#top'],
    ['https://example.com/a?utm_source=x', 'https://example.com/a'],
    ['https://example.com/a?b=%7e+1&fbclid=x', 'https://example.com/a?b=%7e+1'],
    ['https://example.com/a#xtor=RSS-1', 'https://example.com/a'],
    ['https://example.com/a?ref=hn', 'https://example.com/a?ref=hn'],
    ['https://medium.com/@a/b-1f2e3d?sk=0123&utm_source=x', 'https://medium.com/@a/b-1f2e3d?sk=0123'],
    [
      'https://www.nytimes.com/a?unlocked_article_code=1.ab',
      'https://www.nytimes.com/a?unlocked_article_code=1.ab',
    ],
    ['https://m.example.com/a/amp/', 'https://m.example.com/a/amp/'],
    ['http://example.com', 'http://example.com/'],
    ['example.com/a', 'https://example.com/a'],
    ['  https://example.com/a\n', 'https://example.com/a'],
    // A wrapper that says where it leads is not stood before the article.
    ['https://www.google.com/amp/s/example.com/story/amp/?id=1', 'https://example.com/story/amp/?id=1'],
    [
      'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2Fa%3Ffbclid%3D1&h=x',
      'https://example.com/a',
    ],
    [
      'https://www.google.com/url?q=https%3A%2F%2Fout.reddit.com%2Ft3_a%3Furl%3Dhttps%253A%252F%252Fexample.com%252Fa',
      'https://example.com/a',
    ],
    // "https://example.com/a"
    [
      'https://news.google.com/rss/articles/CBMiFWh0dHBzOi8vZXhhbXBsZS5jb20vYdIBAA?oc=5',
      'https://example.com/a',
    ],
    [
      'https://news.google.com/rss/articles/CBMiB0FVX3lxTE4?oc=5',
      'https://news.google.com/rss/articles/CBMiB0FVX3lxTE4?oc=5',
    ],
  ])('%j: %s', (given, expected) => {
    expect(shownOf(given)).toBe(expected);
  });
});

describe('the site', () => {
  test.each([
    ['https://www.example.com:8080/a', 'example.com'],
    ['https://youtu.be/dQw4w9WgXcQ', 'youtube.com'],
    ['https://blog.example.com/a', 'blog.example.com'],
    ['https://www.gov.uk/a', 'gov.uk'],
    ['https://bücher.example/a', 'xn--bcher-kva.example'],
    ['https://news.google.com/rss/articles/CBMi', 'news.google.com'],
    ['https://www.google.com/amp/s/www.example.com/story', 'example.com'],
  ])('%s: %s', (given, expected) => {
    expect(urlKey(given)).toMatchObject({ ok: true, host: expected });
  });
});

describe('what cannot be a source', () => {
  const noAddress = 'This is not a web address: it should look like https://example.com/article.';
  const notHttp = 'Only addresses that begin with https:// or http:// can be posted.';
  const notPublic = 'The address must name a public website, such as example.com.';
  const signIn = 'The address contains a sign-in name or password. Take it out.';
  const tooLong = 'The address is too long: it may have 2048 characters.';

  test.each([
    ['', 'Give an address.'],
    ['  ', 'Give an address.'],
    ['a headline', noAddress],
    ['https://', noAddress],
    ['https://exa mple.com', noAddress],
    ['https://example.com:99999/', noAddress],
    ['javascript:alert(1)', notHttp],
    ['JaVaScRiPt:alert(1)//example.com', notHttp],
    ['data:text/html,<script>alert(1)</script>', notHttp],
    ['mailto:kevin@example.com', notHttp],
    ['ftp://example.com/a', notHttp],
    ['file:///etc/passwd', notHttp],
    ['https://kevin@example.com/', signIn],
    ['https://kevin:secret@example.com/', signIn],
    ['http://localhost/', notPublic],
    ['http://localhost:3000/', notPublic],
    ['http://intranet/wiki', notPublic],
    ['http://printer.local/', notPublic],
    ['http://db.internal/', notPublic],
    ['http://127.0.0.1/', notPublic],
    ['http://0x7f.1/', notPublic],
    ['http://2130706433/', notPublic],
    ['http://[::1]/', notPublic],
    ['http://localhost./', notPublic],
    ['https://example..com/', notPublic],
    ['https://example.com`x.example.org/', notPublic],
    [`https://${'a'.repeat(64)}.example.com/`, notPublic],
    ['https://example.c/', notPublic],
    // What a wrapper carries is no better than what is typed.
    ['https://www.google.com/url?q=javascript:alert(1)', notHttp],
    ['https://www.google.com/url/?q=javascript:alert(1)', notHttp],
    ['https://www.google.com/url?q=http://127.0.0.1/', notPublic],
    ['https://www.google.com/url?q=a%20headline', noAddress],
    ['https://www.google.com/amp/s/localhost/', notPublic],
    // "javascript:alert(1)" and "http://169.254.169.254/"
    ['https://news.google.com/rss/articles/CBMiE2phdmFzY3JpcHQ6YWxlcnQoMSk', notHttp],
    ['https://news.google.com/rss/articles/CBMiF2h0dHA6Ly8xNjkuMjU0LjE2OS4yNTQv', notPublic],
    [`https://example.com/${'a'.repeat(2_029)}`, tooLong],
    [`https://example.com/${'é'.repeat(500)}`, tooLong],
  ])('%j: %s', (given, expected) => {
    expect(urlKey(given)).toEqual({ ok: false, reason: expected });
  });

  test('wrappers in wrappers come to an end', () => {
    const nested = `https://www.google.com/amp/s/${'www.google.com/amp/s/'.repeat(40)}example.com/a`;
    expect(urlKey(nested)).toEqual({ ok: false, reason: 'This address cannot be read.' });
  });

  test('2,048 characters are the most', () => {
    expect(urlKey(`https://example.com/${'a'.repeat(2_028)}`)).toMatchObject({ ok: true });
  });
});
