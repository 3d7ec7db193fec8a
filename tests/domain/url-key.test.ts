import { describe, expect, test } from 'vitest';
import { urlKey } from '../../src/domain/url-key.ts';

function keyOf(address: string): string {
  const read = urlKey(address);
  return read.ok ? read.key : `fault: ${read.reason}`;
}

describe('addresses of one article', () => {
  test.each([
    [
      'scheme, www and case of the host',
      'example.com/Story',
      [
        'http://example.com/Story',
        'https://WWW.Example.com/Story',
        'https://www2.example.com/Story',
        'example.com/Story',
        'https://example.com./Story',
      ],
    ],
    [
      'default ports',
      'example.com/a',
      ['http://example.com:80/a', 'https://example.com:443/a', 'http://example.com:443/a'],
    ],
    [
      'the end of the path',
      'example.com/a',
      [
        'https://example.com/a/',
        'https://example.com//a//',
        'https://example.com/a/index.html',
        'https://example.com/a/index',
        'https://example.com/a.html',
        'https://example.com/a.htm/',
        'https://example.com/a/Index.PHP',
        'https://example.com/a/default.aspx',
        'https://example.com/x/../a',
      ],
    ],
    [
      'the front page',
      'example.com',
      [
        'https://example.com',
        'https://example.com/',
        'https://example.com/index.html',
        'https://example.com/?',
        'https://example.com/#',
        'https://example.com/#/',
        'https://example.com/#top',
        'https://example.com/#.XsmERDhAJZ8.reddit',
        'https://example.com/#:~:text=word',
        'https://example.com/#utm_source=x',
      ],
    ],
    [
      'fragments',
      'example.com/a',
      [
        'https://example.com/a#part-2',
        'https://example.com/a#:~:text=word',
        'https://example.com/a#Echobox=1700000000',
      ],
    ],
    [
      'tracking',
      'example.com/a?id=7',
      [
        'https://example.com/a?id=7&utm_source=x&utm_medium=y&UTM_Campaign=z',
        'https://example.com/a?fbclid=1&id=7&gclid=2',
        'https://example.com/a?mc_cid=1&mc_eid=2&id=7&_hsenc=3&mkt_tok=4',
        'https://example.com/a?id=7&amp;utm_source=x',
        'https://example.com/a?id=7&utm%5Fsource=x',
        'https://example.com/a?id=7&ref_src=twsrc%5Etfw',
        'https://example.com/a?id=7&ref=news.example.org',
        'https://example.com/a?id=7&ref=HackerNews',
        'https://example.com/a?id=7&source=rss',
        'https://example.com/a?id=7&src=reddit',
        'https://example.com/a?id=7&utm-source=x&isFreemail=true',
      ],
    ],
    [
      'order and encoding of parameters',
      'example.com/?a=1%20x&b=2'.replace('/?', '?'),
      [
        'https://example.com/?b=2&a=1+x',
        'https://example.com/?a=1%20x&b=2',
        'https://example.com/?b=2&a=1%20%78',
        'https://example.com/?&&a=1+x&b=2&',
      ],
    ],
    [
      'encoding of the path',
      "example.com/it's_(really)/%C3%A9",
      [
        'https://example.com/it%27s_%28really%29/é',
        "https://example.com/it's_(really)/%c3%a9",
        'https://example.com/%69t%27s_(really)/%C3%A9',
      ],
    ],
    [
      'stray percent signs',
      'example.com/100%254',
      ['https://example.com/100%%34', 'https://example.com/100%254', 'https://example.com/100%25%34'],
    ],
    ['session ids in the path', 'example.com/a', ['https://example.com/a;jsessionid=0123456789ABCDEF']],
    [
      'mobile and AMP twins',
      'example.com/story',
      [
        'https://m.example.com/story',
        'https://mobile.example.com/story',
        'https://amp.example.com/story',
        'https://www.m.example.com/story',
        'https://example.com/story/amp',
        'https://example.com/story/amp/',
        'https://example.com/amp/story',
        'https://example.com/story.amp',
        'https://example.com/story.amp.html',
        'https://example.com/story?amp=1',
        'https://example.com/story?amp',
        'https://example.com/story?outputType=amp',
        'https://www.google.com/amp/s/example.com/story/amp/',
        'https://example-com.cdn.ampproject.org/v/s/example.com/story?amp_js_v=a2&usqp=mq3',
        'https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fstory&sa=D',
      ],
    ],
    [
      'YouTube',
      'youtube.com/watch?v=dQw4w9WgXcQ',
      [
        'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
        'https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share&t=42s',
        'https://youtu.be/dQw4w9WgXcQ?si=abcdef',
        'https://www.youtube.com/embed/dQw4w9WgXcQ',
        'https://www.youtube.com/shorts/dQw4w9WgXcQ',
        'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ',
        'https://music.youtube.com/watch?v=dQw4w9WgXcQ&list=RD',
      ],
    ],
    [
      'arXiv',
      'arxiv.org/abs/2401.01234',
      [
        'https://arxiv.org/abs/2401.01234',
        'https://arxiv.org/abs/2401.01234v3',
        'http://arxiv.org/pdf/2401.01234',
        'https://arxiv.org/pdf/2401.01234v2.pdf',
        'https://arxiv.org/html/2401.01234v1',
        'https://export.arxiv.org/abs/2401.01234',
        'https://www.ar5iv.org/html/2401.01234',
        'https://doi.org/10.48550/arXiv.2401.01234',
      ],
    ],
    [
      'old papers of arXiv',
      'arxiv.org/abs/math.GT/0309136',
      ['https://arxiv.org/abs/math.GT/0309136v1', 'https://arxiv.org/pdf/math.GT/0309136'],
    ],
    [
      'X, once Twitter',
      'x.com/i/status/1234567890',
      [
        'https://twitter.com/somebody/status/1234567890',
        'https://x.com/somebody/status/1234567890?s=20&t=abc',
        'https://mobile.twitter.com/somebody/statuses/1234567890/photo/1',
        'https://twitter.com/i/web/status/1234567890',
        'https://fxtwitter.com/somebody/status/1234567890',
      ],
    ],
    [
      'Reddit',
      'reddit.com/comments/abc123',
      [
        'https://www.reddit.com/r/LocalLLaMA/comments/abc123/a_headline/',
        'https://old.reddit.com/r/LocalLLaMA/comments/abc123/a_headline/?share_id=x',
        'https://reddit.com/comments/abc123',
        'https://redd.it/abc123',
        'https://m.reddit.com/r/LocalLLaMA/comments/abc123',
      ],
    ],
    [
      'Wikipedia',
      'en.wikipedia.org/wiki/Foo_(bar)',
      ['https://en.m.wikipedia.org/wiki/Foo_(bar)', 'https://en.wikipedia.org/wiki/Foo_%28bar%29#History'],
    ],
    [
      'Substack',
      'name.substack.com/p/a-post',
      [
        'https://open.substack.com/pub/name/p/a-post?r=1ab&utm_campaign=post',
        'https://name.substack.com/p/a-post?s=r',
      ],
    ],
    [
      'gift and friend links',
      'medium.com/@a/b-1f2e3d',
      ['https://medium.com/@a/b-1f2e3d?sk=0123&source=friends_link', 'https://medium.com/%40a/b-1f2e3d?gi=1'],
    ],
    [
      'the BBC',
      'bbc.com/news/articles/abc',
      [
        'https://www.bbc.co.uk/news/articles/abc?at_medium=RSS&at_campaign=KARANGA',
        'https://www.bbc.com/news/articles/abc',
      ],
    ],
  ])('%s', (_, expected, addresses) => {
    expect(addresses.map(keyOf)).toEqual(addresses.map(() => expected));
  });
});

describe('addresses of different articles', () => {
  test.each([
    ['https://example.com/a', 'https://example.com/b'],
    ['https://example.com/a', 'https://example.com/A'],
    ['https://example.com/a?id=1', 'https://example.com/a?id=2'],
    ['https://example.com/a?p=1', 'https://example.com/a'],
    ['https://example.com:8080/a', 'https://example.com/a'],
    ['https://one.example.com/', 'https://two.example.com/'],
    ['https://example.com/#!/a', 'https://example.com/#!/b'],
    ['https://example.com/#/a', 'https://example.com/#/b'],
    ['https://example.com/a%2Fb', 'https://example.com/a/b'],
    ['https://example.com/?q=a%26b', 'https://example.com/?q=a&b'],
    ['https://example.com/?q=c%2B%2B', 'https://example.com/?q=c++'],
    ['https://example.com/a?x=1&x=2', 'https://example.com/a?x=2&x=1'],
    ['https://example.com/a?ref=chapter-2', 'https://example.com/a'],
    ['https://example.com/a?source=annual-report', 'https://example.com/a'],
    ['https://github.com/o/r/blob/main/f?ref=dev.example.com', 'https://github.com/o/r/blob/main/f'],
    ['https://github.com/o/r/blob/main/index.html', 'https://github.com/o/r/blob/main'],
    ['https://github.com/o/r/blob/main/a.html', 'https://github.com/o/r/blob/main/a'],
    ['https://en.wikipedia.org/wiki/Index', 'https://en.wikipedia.org/wiki'],
    ['https://example.com/a.pdf', 'https://example.com/a'],
    ['https://example.com/a?m=1', 'https://example.com/a'],
    ['https://example.com/a?gi=1', 'https://example.com/a'],
    ['https://go.microsoft.com/fwlink?linkid=829046', 'https://go.microsoft.com/fwlink?linkid=829047'],
    ['https://github.com/sourcegraph/amp', 'https://github.com/sourcegraph'],
    ['https://huggingface.co/models/amp', 'https://huggingface.co/models'],
    ['https://example.com/amp', 'https://example.com/'],
    ['https://m.co.uk/a', 'https://co.uk/a'],
    ['https://youtu.be/dQw4w9WgXcQ', 'https://youtu.be/dQw4w9WgXcq'],
    ['https://www.youtube.com/playlist?list=A', 'https://www.youtube.com/playlist?list=B'],
    ['https://twitter.com/a/status/1', 'https://twitter.com/a/status/2'],
    ['https://www.reddit.com/r/x/comments/abc/title/def/', 'https://www.reddit.com/r/x/comments/abc/title/'],
    ['https://news.google.com/rss/articles/CBMiA', 'https://news.google.com/rss/articles/CBMiB'],
    ['https://news.ycombinator.com/item?id=1', 'https://news.ycombinator.com/item?id=2'],
    ['https://arxiv.org/abs/2401.01234', 'https://arxiv.org/abs/2401.01235'],
    ['https://example.com/watch?s=1&t=2', 'https://example.com/watch'],
  ])('%s and %s', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});
