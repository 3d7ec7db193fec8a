import { describe, expect, it, test } from 'vitest';
import { decodeText } from '../../src/lib/page-metadata/charset.ts';
import { readPageMetadata } from '../../src/lib/page-metadata/index.ts';

// Texts in encodings that Node can only read: made by hand.
const BYTES = {
  'windows-1251': [[0xcd, 0xee, 0xe2, 0xee, 0xf1, 0xf2, 0xe8], 'Новости'],
  shift_jis: [[0x90, 0x56, 0x95, 0xb7], '新聞'],
  gb18030: [[0xd0, 0xc2, 0xce, 0xc5, 0x94, 0x39, 0xda, 0x33], '新闻💩'],
  'euc-kr': [[0xb4, 0xba, 0xbd, 0xba], '뉴스'],
  'iso-8859-1': [[0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68], 'Zürich'],
} as const satisfies Record<string, readonly [readonly number[], string]>;

function titled(bytes: readonly number[], inside = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`<html><head>${inside}<title>`),
    Buffer.from(bytes),
    Buffer.from('</title>'),
  ]);
}

function titleOf(body: Buffer, contentType: string): string | null {
  return readPageMetadata(body, { contentType, url: 'https://example.com/' }).title;
}

describe.each(Object.entries(BYTES))('%s', (charset, [bytes, text]) => {
  it('is read by the header', () => {
    expect(titleOf(titled(bytes), `text/html; charset="${charset.toUpperCase()}"`)).toBe(text);
  });

  it('is read by the page, far down its head', () => {
    const scripts = `<script>${' '.repeat(5_000)}</script>`;
    expect(titleOf(titled(bytes, `${scripts}<meta charset=${charset}>`), 'text/html')).toBe(text);
  });

  it('is read by the page when the header lies', () => {
    expect(titleOf(titled(bytes, `<meta charset="${charset}">`), 'text/html; charset=utf-8')).toBe(text);
  });
});

test.each([
  [
    'UTF-8 that the header calls something else',
    Buffer.from('<title>Zürich – 新聞</title>'),
    'text/html; charset=iso-8859-1',
    'Zürich – 新聞',
  ],
  ['UTF-8 that nobody names', Buffer.from('<title>Zürich</title>'), '', 'Zürich'],
  [
    'UTF-8 with one broken byte',
    Buffer.concat([Buffer.from('<title>Zürich'), Buffer.of(0xff), Buffer.from('</title>')]),
    'text/html; charset=utf-8',
    'Zürich\uFFFD',
  ],
  [
    'UTF-16LE by the header',
    Buffer.from('<title>新聞</title>', 'utf16le'),
    'text/html; charset=utf-16le',
    '新聞',
  ],
  [
    'UTF-16LE by its mark, whatever the header',
    Buffer.from('\ufeff<title>新聞</title>', 'utf16le'),
    'text/html; charset=utf-8',
    '新聞',
  ],
  ['a label that nobody knows', Buffer.from('<title>Zürich</title>'), 'text/html; charset=klingon', 'Zürich'],
  [
    'a label that decoders refuse',
    Buffer.from('<meta charset=hz-gb-2312><title>News</title>'),
    'text/html',
    'News',
  ],
])('%s', (_what, body, contentType, title) => {
  expect(titleOf(body, contentType)).toBe(title);
});

test('a text that was cut in mid-character is read to there', () => {
  expect(decodeText(Buffer.from('Zürich – ü').subarray(0, -1), 'text/html; charset=utf-8', 'html')).toBe(
    'Zürich – ',
  );
});

test('XML names its encoding in its declaration', () => {
  const body = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="windows-1251"?><t>'),
    Buffer.from(BYTES['windows-1251'][0]),
  ]);
  expect(decodeText(body, 'application/xml', 'xml')).toMatch(/<t>Новости$/);
});
