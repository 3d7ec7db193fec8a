// The event loop while pages are asked for that show the costliest texts that members can have written.
import type { Database } from '../../src/db/connection.ts';
import { revisions } from '../../src/db/schema/index.ts';
import { LENGTHS, MARKDOWN, PAGES } from '../../src/domain/limits.ts';
import type { SafeHtml } from '../../src/lib/html.ts';
import { type MarkdownRenderer, renderEscaped } from '../../src/lib/markdown/index.ts';
import { paths } from '../../src/web/paths.ts';
import { expect, test } from '../support/forum.ts';
import type { PostRow } from '../support/make.ts';
import { filled, HOSTILE_MARKDOWN } from './event-loop-texts.ts';
import { type Kind, measureAll, faultsAmong } from './event-loop.ts';
import { portOf } from './raw-socket.ts';
import { get, signedIn } from './socket-requests.ts';

test('while histories of hostile texts are compared', async ({ app, make, db }) => {
  const moderator = await signedIn(app, make, { role: 'moderator' });
  const author = await make.member();
  const topic = await make.topic({ author, kind: 'digest' });
  const kinds: Kind[] = [];
  for (const [name, [before, after]] of Object.entries(UNLIKE)) {
    for (const length of [LENGTHS.body, LENGTHS.digestBody]) {
      const texts = [filled(before, length), filled(after, length)];
      const post = await make.reply({ topic, author, body: texts[0] ?? '', version: 7 });
      await keepTexts(db, post, texts);
      const path = paths.postHistory(post.id);
      kinds.push({ name: `history of ${length}: ${name}`, request: get(path, moderator) });
    }
  }
  expect(faultsAmong(await measureAll(portOf(app), kinds))).toEqual([]);
}, 300_000);

/** Texts that have much in common and never in the same place. */
const UNLIKE: Readonly<Record<string, readonly [string, string]>> = {
  'words that alternate': ['a b ', 'b a '],
  'one word, and now and then another': ['a ', `${'a '.repeat(24)}b `],
  'lines put between': ['a\n', 'b\na\n'],
  'words that fall out of step': ['aab aba bab ', 'aba bab abb aab '],
  punctuation: ['.,', ',.'],
  'nothing alike': ['a1 b2 ', 'c3 d4 '],
  'long words': ['a', 'b'],
  'white space': [' \t', '\t\n'],
  marks: ['a\u0301\u0323', 'a\u0323\u0301'],
  'characters to be escaped': ['<a ', '> a '],
};

/** Six earlier texts, so that a page full of them is compared. */
async function keepTexts(db: Database, { id, postedAt }: PostRow, texts: readonly string[]): Promise<void> {
  await db.insert(revisions).values(
    Array.from({ length: 6 }, (_, n) => ({
      postId: id,
      version: n + 1,
      replacedAt: new Date(postedAt.getTime() + (n + 1) * 60_000),
      bodyMd: texts[n % 2] ?? '',
    })),
  );
}

test('while pages, feeds and searches show hostile texts by the hundred', async ({ app, make, forum }) => {
  const member = await make.member({ name: 'hostile' });
  const kinds: Kind[] = [];
  const shown = await rendered(forum.markdown);
  const longest = shown.toSorted((a, b) => b.html.length - a.html.length)[0];
  for (const [name, texts] of [
    ['all shapes', shown],
    ['lines of a table that is none', shown.filter(({ markdown }) => markdown.startsWith('|-|'))],
    ['the longest on the page', longest ? [longest] : []],
    [
      'words',
      [{ markdown: filled('word and another '), html: `<p>${filled('word and another ')}</p>` as SafeHtml }],
    ],
  ] as const) {
    const topic = await make.topic({ author: member, source: `https://a.example/${filled('%25', 1_900)}` });
    for (let n = 0; n < PAGES.replies; n += 1) {
      const text = texts[n % texts.length];
      if (text) await make.reply({ topic, author: member, body: text.markdown, bodyHtml: text.html });
    }
    kinds.push({ name: `topic of 200: ${name}`, request: get(paths.topic(topic)) });
  }
  for (const path of [
    '/',
    '/u/hostile',
    '/u/hostile?show=replies',
    '/feed.atom',
    '/feed.json',
    '/active/feed.atom',
    '/active/feed.json',
    '/sitemap.xml',
  ])
    kinds.push({ name: path, request: get(path) });
  for (const [name, q] of Object.entries(QUERIES))
    for (const sort of ['relevance', 'new'])
      kinds.push({ name: `search by ${sort}: ${name}`, request: get(paths.search({ q, sort })) });
  expect(faultsAmong(await measureAll(portOf(app), kinds))).toEqual([]);
}, 300_000);

const QUERIES: Readonly<Record<string, string>> = {
  'a letter': 'a',
  'a word': 'word',
  words: filled('word or another ', 200),
  'quotation marks': filled('"', 200),
  phrases: filled('"a b" ', 200),
  'minus signs': filled('-', 200),
  'all but': `word ${filled('-a ', 195)}`,
  operators: filled('or -"', 200),
  'one long word': filled('a', 200),
  parentheses: filled('(a&!', 200),
  marks: filled('\u0301', 200),
  hyphens: filled('a-', 200),
  'an address': `https://a.b/${filled('c/', 180)}`,
  'too much': filled('word ', 8_000),
};

interface Text {
  readonly markdown: string;
  readonly html: SafeHtml;
}

/** The hostile texts with their HTML, those that have some. */
async function rendered(markdown: MarkdownRenderer): Promise<Text[]> {
  const texts: Text[] = [];
  for (const text of Object.values(HOSTILE_MARKDOWN)) {
    const rendering = await markdown.render(text, {
      idPrefix: 'x-',
      mentions: {},
      siteUrl: 'http://localhost',
      limits: {
        characters: 2 * LENGTHS.body,
        nesting: MARKDOWN.nesting,
        tableColumns: MARKDOWN.tableColumns,
        outputRatio: MARKDOWN.outputFactor,
      },
    });
    texts.push({ markdown: text, html: rendering.ok ? rendering.html : renderEscaped(text) });
  }
  return texts;
}
