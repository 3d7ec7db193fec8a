// What is known of single sites, of two kinds of blogs, and of pages that many articles stand on.
import { describe, expect, test } from 'vitest';
import { urlKey } from '../../src/domain/url-key.ts';

function keyOf(address: string): string {
  const read = urlKey(address);
  return read.ok ? read.key : `fault: ${read.reason}`;
}

describe('known sites', () => {
  test.each([
    [
      'Medium',
      'medium.com/p/1f2e3d4c5b6a',
      [
        'https://medium.com/@author/a-headline-1f2e3d4c5b6a',
        'https://medium.com/publication/a-headline-1f2e3d4c5b6a?source=friends_link&sk=0123',
        'https://author.medium.com/another-headline-1f2e3d4c5b6a',
        'https://medium.com/p/1f2e3d4c5b6a',
      ],
    ],
    [
      'Medium on a domain of its own',
      'engineering.example.com/a-headline-1f2e3d4c5b6a',
      [
        'https://engineering.example.com/a-headline-1f2e3d4c5b6a?gi=0a1b2c',
        'https://engineering.example.com/a-headline-1f2e3d4c5b6a?sk=0123&source=friends_link',
      ],
    ],
    [
      'Blogger',
      'example.com/2026/04/a-headline',
      [
        'https://example.com/2026/04/a-headline.html',
        'https://example.com/2026/04/a-headline.html?m=1',
        'https://example.com/2026/04/a-headline.html?m=0',
      ],
    ],
    [
      'LWN',
      'lwn.net/Articles/820424',
      ['https://lwn.net/Articles/820424/', 'https://lwn.net/SubscriberLink/820424/172e6da006687167/'],
    ],
    [
      'the ACM',
      'dl.acm.org/doi/10.1145/3386332',
      [
        'https://dl.acm.org/doi/10.1145/3386332',
        'https://dl.acm.org/doi/abs/10.1145/3386332',
        'https://dl.acm.org/doi/pdf/10.1145/3386332',
      ],
    ],
    [
      'OpenReview',
      'openreview.net/forum?id=aBc123',
      ['https://openreview.net/forum?id=aBc123&noteId=xyz', 'https://openreview.net/pdf?id=aBc123'],
    ],
    [
      'the ACL',
      'aclanthology.org/2024.acl-long.1',
      ['https://aclanthology.org/2024.acl-long.1/', 'https://aclanthology.org/2024.acl-long.1.pdf'],
    ],
    [
      'RFCs',
      'rfc-editor.org/rfc/rfc9110',
      [
        'https://www.rfc-editor.org/rfc/rfc9110.html#section-8',
        'https://www.rfc-editor.org/rfc/rfc9110.txt',
        'https://datatracker.ietf.org/doc/html/rfc9110',
        'https://datatracker.ietf.org/doc/rfc9110/',
        'https://tools.ietf.org/html/rfc9110',
      ],
    ],
    [
      'AMP pages of the BBC',
      'bbc.com/news/technology-53273923',
      ['https://www.bbc.co.uk/news/amp/technology-53273923', 'https://www.bbc.com/news/technology-53273923'],
    ],
    [
      'marks of newspapers',
      'theguardian.com/technology/2026/apr/03/a-headline',
      ['https://www.theguardian.com/technology/2026/apr/03/a-headline?CMP=share_btn_tw'],
    ],
  ])('%s', (_, expected, addresses) => {
    expect(addresses.map(keyOf)).toEqual(addresses.map(() => expected));
  });

  test.each([
    ['https://medium.com/@author/a-1f2e3d4c5b6a', 'https://medium.com/@author/a-1f2e3d4c5b6b'],
    ['https://medium.com/@author', 'https://medium.com/@other'],
    ['https://openreview.net/forum?id=a', 'https://openreview.net/forum?id=b'],
    ['https://openreview.net/group?id=a', 'https://openreview.net/forum?id=a'],
    ['https://lwn.net/Articles/1', 'https://lwn.net/Articles/2'],
    ['https://dl.acm.org/doi/10.1145/1', 'https://dl.acm.org/doi/10.1145/2'],
    ['https://www.theguardian.com/a?page=1', 'https://www.theguardian.com/a?page=2'],
  ])('%s and %s are two', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});

describe('pages that many articles stand on', () => {
  test.each([
    'https://example.com/',
    'https://example.com/blog',
    'https://example.com/company/news/',
    'https://example.com/news.html',
    'https://example.com/docs/changelog',
    'https://help.example.com/articles/6825453-model-release-notes',
    'https://docs.example.com/release-notes/api',
    'https://www.example.com/ide/whatsnew/',
  ])('%s: the fragment names the article', (page) => {
    const keys = [page, `${page}#2026-04-03`, `${page}#a-headline`].map(keyOf);
    expect(new Set(keys).size).toBe(3);
    expect([`${page}#`, `${page}#top`, `${page}#:~:text=word`, `${page}#utm_source=x`].map(keyOf)).toEqual(
      Array<string>(4).fill(keys[0]!),
    );
    expect(keyOf(`${page}#a-headline:~:text=word`)).toBe(keys[2]);
  });

  test.each([
    'https://example.com/2026/a-headline',
    'https://example.com/2026/no-news',
    'https://github.com/example/rules',
    'https://example.com/a/changelog/2.92',
  ])('%s is one article', (page) => {
    expect(keyOf(`${page}#chapter-2`)).toBe(keyOf(page));
  });
});
