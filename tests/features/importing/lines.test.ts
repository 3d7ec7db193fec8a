// Lines of bytes, wherever a stream happens to cut them.
import { describe, expect, test } from 'vitest';
import { type Line, readLines } from '../../../src/features/importing/lines.ts';

async function linesOf(chunks: readonly (string | Buffer)[], longest?: number): Promise<Line[]> {
  const lines: Line[] = [];
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  for await (const line of readLines(bytes(), longest)) lines.push(line);
  return lines;
}

/** Number and text; a fault as its reason. */
const told = (lines: readonly Line[]) =>
  lines.map((line): [number, string] => [line.number, line.ok ? line.text : `!${line.reason}`]);

describe('what a line is', () => {
  test.for<readonly [string, readonly (string | Buffer)[], readonly (readonly [number, string])[]]>([
    ['nothing', [], []],
    ['an empty stream', ['', ''], []],
    ['one line', ['a\n'], [[1, 'a']]],
    [
      'a last line without its end',
      ['a\nb'],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'empty lines, which are counted',
      ['\n\na\n \t\n\nb\n\n'],
      [
        [3, 'a'],
        [6, 'b'],
      ],
    ],
    [
      'Windows ends',
      ['a\r\nb\r\n\r\nc'],
      [
        [1, 'a'],
        [2, 'b'],
        [4, 'c'],
      ],
    ],
    ['a return without a line feed, which ends nothing', ['a\rb\n'], [[1, 'a\rb']]],
    [
      'other separators, which end nothing',
      ['"a\u2028b\u2029c\u0085d\v\f"\n'],
      [[1, '"a\u2028b\u2029c\u0085d\v\f"']],
    ],
    [
      'a mark of byte order',
      ['\uFEFF{}\n{}'],
      [
        [1, '{}'],
        [2, '{}'],
      ],
    ],
    ['an empty line behind such a mark', ['\uFEFF\n{}'], [[2, '{}']]],
    [
      'bytes that are no text',
      [Buffer.from([0x61, 0x0a, 0xc3, 0x28, 0x0a, 0x62])],
      [
        [1, 'a'],
        [2, '!is not UTF-8 text'],
        [3, 'b'],
      ],
    ],
    ['half a character at the end', [Buffer.from('é').subarray(0, 1)], [[1, '!is not UTF-8 text']]],
    ['a half surrogate as bytes', [Buffer.from([0xed, 0xa0, 0x80])], [[1, '!is not UTF-8 text']]],
    ['the longest way to write a slash', [Buffer.from([0xc0, 0xaf])], [[1, '!is not UTF-8 text']]],
    ['NUL, which JSON will judge', ['a\0b'], [[1, 'a\0b']]],
  ])('%s', async ([, chunks, expected]) => {
    expect(told(await linesOf(chunks))).toEqual(expected);
  });
});

describe('wherever the stream is cut', () => {
  const text = '{"a":"1"}\r\n{"b":"é € 😀 \u2028"}\n\n{"c":"漢字"}\n\n\n{"d":""}';
  const bytes = Buffer.from(text);
  const whole: readonly (readonly [number, string])[] = [
    [1, '{"a":"1"}'],
    [2, '{"b":"é € 😀 \u2028"}'],
    [4, '{"c":"漢字"}'],
    [7, '{"d":""}'],
  ];

  test('in two, at any byte', async () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const lines = await linesOf([bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(told(lines), `cut at byte ${cut}`).toEqual(whole);
    }
  });

  test.each([1, 2, 3, 5, 7])('in pieces of %i', async (size) => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.subarray(n * size, (n + 1) * size),
    );
    expect(told(await linesOf(pieces))).toEqual(whole);
  });
});

test('of a stream that broke off, the line that it broke off in is none', async () => {
  const lines: Line[] = [];
  async function* bytes() {
    yield Buffer.from('{}\n{"a":');
  }
  for await (const line of readLines(bytes(), undefined, () => true)) lines.push(line);
  expect(told(lines)).toEqual([[1, '{}']]);
});

describe('a line that is too long', () => {
  const MB = 1024 * 1024;
  const long = 'x'.repeat(MB + 1);

  test.for<readonly [string, readonly string[]]>([
    ['in one piece', [`a\n${long}\nb\n`]],
    ['in pieces', ['a\n', long.slice(0, 7), long.slice(7), '\nb\n']],
    ['and the last one', ['a\n', long]],
  ])('is told of, %s, and those around it are read', async ([, chunks]) => {
    const lines = told(await linesOf(chunks, MB));
    expect(lines[0]).toEqual([1, 'a']);
    expect(lines[1]).toEqual([2, '!is longer than 1 MB']);
    expect(lines.slice(2)).toEqual(chunks.at(-1)?.endsWith('b\n') ? [[3, 'b']] : []);
  });

  test('is not one byte shorter', async () => {
    expect(told(await linesOf([long.slice(1)], MB))).toEqual([[1, long.slice(1)]]);
  });
});
