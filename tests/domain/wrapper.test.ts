import { describe, expect, test } from 'vitest';
import { carriedAddress, isWrapper, redirects } from '../../src/domain/wrapper.ts';

describe('isWrapper', () => {
  test.each([
    'https://news.google.com/rss/articles/CBMihAFBVV95cUxORTBNMEJaeUpqNXpYWnNEYjk1?oc=5',
    'https://news.google.com/articles/CBMi',
    'https://news.google.com/read/CBMi?hl=en-US&gl=US',
    'https://t.co/abc123',
    'http://bit.ly/3xYz',
    'https://www.tinyurl.com/y7',
    'https://lnkd.in/eAbCdEf',
    'https://buff.ly/4abc',
    'https://on.wsj.com/3abc',
    'https://apple.news/AbCdEf',
    'https://archive.ph/AbC1d',
    'https://link.medium.com/94AMI4J1T9',
    'https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fexample.com%2fa',
    'https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fexample.com%2fa/RK=2/RS=x-',
    'https://flip.it/abc',
    'https://feedproxy.google.com/~r/site/~3/abc/',
    'https://feeds.feedburner.com/~r/site/~3/abc/',
    'https://www.msn.com/en-us/money/companies/a-headline/ar-AA1abcd',
    'https://flipboard.com/article/a-headline/f-123',
    'https://www.google.com/amp/s/www.example.com/story',
    'https://www-example-com.cdn.ampproject.org/c/s/www.example.com/story',
    'https://www.google.co.uk/url?q=https://example.com',
    'https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com',
    'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com',
    'https://example.us1.list-manage.com/track/click?u=1&id=2',
    'https://substack.com/redirect/abc?j=1',
  ])('%s', (address) => {
    expect(isWrapper(address)).toBe(true);
  });

  test.each([
    'https://news.google.com/home',
    'https://bit.ly/',
    'https://archive.ph/',
    'https://www.msn.com/en-us/news',
    'https://finance.yahoo.com/news/a-headline-1234.html',
    'https://www.google.com/search?q=url',
    'https://blog.google/products/search',
    'https://example.com/?url=https://t.co/abc',
    'https://notbit.ly/abc',
    'https://fake.t.co.example.com/abc',
    'https://platformer.substack.com/p/a-post',
    'no address',
    '',
  ])('not %j', (address) => {
    expect(isWrapper(address)).toBe(false);
  });
});

describe('carriedAddress', () => {
  test.each([
    [
      'https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1&usg=x',
      'https://example.com/a?b=1',
    ],
    ['https://www.google.de/url?q=http://example.com/', 'http://example.com/'],
    ['https://www.google.com/amp/s/example.com/story?id=1', 'https://example.com/story?id=1'],
    ['https://www.google.com/amp/example.com/story', 'http://example.com/story'],
    [
      'https://www-example-com.cdn.ampproject.org/v/s/www.example.com/a/amp/',
      'https://www.example.com/a/amp/',
    ],
    ['https://www.youtube.com/redirect?event=video&q=https%3A%2F%2Fexample.com', 'https://example.com'],
    ['https://out.reddit.com/t3_abc?url=https%3A%2F%2Fexample.com%2F', 'https://example.com/'],
    ['https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.com%2F', 'https://example.com/'],
    ['https://www.google.com/url?sa=t', undefined],
    [
      'https://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fexample.com%2fa&c=1',
      'https://example.com/a',
    ],
    ['https://www.bing.com/ck/a?!&p=1&u=a1aHR0cHM6Ly9leGFtcGxlLmNvbS9h&ntb=1', 'https://example.com/a'],
    ['https://www.bing.com/ck/a?!&p=1&u=b1aHR0cHM6Ly9leGFtcGxlLmNvbS9h', undefined],
    [
      'https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fexample.com%2fa%3fb%3d1/RK=2/RS=x-',
      'https://example.com/a?b=1',
    ],
    ['https://www.google.com/url?q=&url=', undefined],
    ['https://news.google.com/rss/articles/CBMi', undefined],
    ['https://t.co/abc', undefined],
    ['https://example.com/url?q=https://other.example', undefined],
  ])('%s: %s', (address, expected) => {
    expect(carriedAddress(new URL(address))).toBe(expected);
  });
});

describe('links of Google News', () => {
  /** A field of a protobuf message that holds bytes, as in the ids from before July 2024. */
  function field(number: number, bytes: Uint8Array | string): Buffer {
    const content = Buffer.from(bytes);
    return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
  }
  function varint(value: number): Buffer {
    return value < 128
      ? Buffer.from([value])
      : Buffer.concat([Buffer.from([(value % 128) + 128]), varint(Math.floor(value / 128))]);
  }
  const HEAD = Buffer.from([0x08, 0x13]);
  const link = (message: Buffer): string =>
    `https://news.google.com/rss/articles/${message.toString('base64url')}?oc=5`;
  const linkTo = (address: string, amp = ''): string =>
    link(Buffer.concat([HEAD, field(4, address), field(26, amp)]));

  const long = `https://example.com/${'a'.repeat(700)}`;
  test.each([
    ['the address', linkTo('https://example.com/a?b=1'), 'https://example.com/a?b=1'],
    [
      'http, and the AMP twin',
      linkTo('http://example.com/a', 'https://m.example.com/amp/a'),
      'http://example.com/a',
    ],
    ['an address of two bytes’ length', linkTo(long), long],
    ['letters of all alphabets', linkTo('https://example.com/é'), 'https://example.com/é'],
    [
      'another kind of message',
      link(Buffer.concat([Buffer.from([0x08, 0x12]), field(4, 'https://example.com/a')])),
      'https://example.com/a',
    ],
    [
      'the reader’s page',
      linkTo('https://example.com/a').replace('rss/articles', 'read'),
      'https://example.com/a',
    ],
    [
      'padding',
      `https://news.google.com/articles/${field(4, 'https://example.com').toString('base64')}`,
      'https://example.com',
    ],
    ['a scheme that nobody may post', linkTo('javascript:alert(1)'), 'javascript:alert(1)'],
    ['the token of today', linkTo('AU_yqLN'), undefined],
    ['nothing', link(HEAD), undefined],
    ['a field cut off', link(field(4, 'https://example.com/a').subarray(0, 9)), undefined],
    ['a length without an end', link(Buffer.from([0x22, 0xff, 0xff])), undefined],
    [
      'a length beyond all numbers',
      link(Buffer.from([0x22, ...Array<number>(400).fill(0xff), 1])),
      undefined,
    ],
    [
      'a field of another type before it',
      link(Buffer.concat([Buffer.from([0x09]), field(4, 'https://example.com/a')])),
      undefined,
    ],
    ['a huge id', link(field(4, Buffer.alloc(1_000_000, 0x80))), undefined],
    ['no base64', 'https://news.google.com/articles/CBMi%20*', undefined],
    ['a letter too many', 'https://news.google.com/articles/CBMiA', undefined],
  ])('%s', (_, address, expected) => {
    expect(carriedAddress(new URL(address))).toBe(expected);
  });
});

describe('redirects', () => {
  test.each([
    'https://t.co/abc',
    'https://bit.ly/3xYz',
    'https://lnkd.in/eAbCdEf',
    'https://on.ft.com/3abc',
    'https://feedproxy.google.com/~r/site/~3/abc/',
    'https://feeds.feedburner.com/~r/site/~3/abc/',
    'https://example.us1.list-manage.com/track/click?u=1&id=2',
    'https://substack.com/redirect/abc?j=1',
  ])('%s', (address) => {
    expect(redirects(address)).toBe(true);
    expect(isWrapper(address)).toBe(true);
  });

  test.each([
    'https://news.google.com/rss/articles/CBMi',
    'https://www.msn.com/en-us/money/companies/a-headline/ar-AA1abcd',
    'https://flipboard.com/article/a-headline/f-123',
    'https://apple.news/AbCdEf',
    'https://archive.ph/AbC1d',
    'https://bit.ly/',
    'https://example.com/a',
    'no address',
  ])('not %s', (address) => {
    expect(redirects(address)).toBe(false);
  });
});
