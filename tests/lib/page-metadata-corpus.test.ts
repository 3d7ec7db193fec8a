// Real pages (../shared/corpora/pages) with what others' reader, made for reading aloud, expects of them. Where a forum
// wants to know more than that reader does, the difference stands here and nowhere else.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPageMetadata } from '../../src/lib/page-metadata/index.ts';
import { corpusPath, describeWithCorpora } from '../support/corpora.ts';

interface Expected {
  readonly title: string;
  readonly byline: string | null;
  readonly siteName: string | null;
  readonly publishedTime: string | null;
  readonly excerpt: string;
  readonly lang?: string;
}

const PAGES: Readonly<Record<string, Partial<Expected>>> = {
  '003-metadata-preferred': {},
  'bbc-1': {},
  // Its date stands only in what the page tells a counter.
  'ars-1': { publishedTime: '2015-04-16T20:02:01Z' },
  // Author and date stand in attributes of the article (itemprop), which that reader passes over.
  telegraph: { byline: 'Our Foreign Staff', publishedTime: '2017-11-16T14:15:00Z' },
  // "By Erin Cunningham" is a line to be read; the author's name is without its "By".
  'wapo-1': { byline: 'Erin Cunningham' },
};

describeWithCorpora('real pages', () => {
  test.each(Object.entries(PAGES))('%s', (name, known) => {
    const folder = `pages/${name}`;
    const body = readFileSync(corpusPath(`${folder}/source.html`));
    const expected = {
      ...(JSON.parse(readFileSync(corpusPath(`${folder}/expected-metadata.json`), 'utf8')) as Expected),
      ...known,
    };
    const page = readPageMetadata(body, {
      contentType: 'text/html',
      url: 'https://publisher.example/article',
    });
    expect({
      title: page.title,
      author: page.author,
      siteName: page.siteName,
      publishedAt: page.publishedAt,
      description: page.description,
      language: page.language?.toLowerCase(),
    }).toEqual({
      title: expected.title,
      author: expected.byline,
      siteName: expected.siteName,
      publishedAt: expected.publishedTime === null ? null : new Date(expected.publishedTime),
      description: expected.excerpt,
      language: expected.lang?.toLowerCase(),
    });
  });
});
