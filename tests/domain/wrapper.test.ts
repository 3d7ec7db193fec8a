import { describe, expect, test } from 'vitest';
import { carriedAddress, isWrapper } from '../../src/domain/wrapper.ts';

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
    ['https://news.google.com/rss/articles/CBMi', undefined],
    ['https://t.co/abc', undefined],
    ['https://example.com/url?q=https://other.example', undefined],
  ])('%s: %s', (address, expected) => {
    expect(carriedAddress(new URL(address))).toBe(expected);
  });
});
