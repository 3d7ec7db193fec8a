// ZIP files as streams: whole, in bounded memory, and ended when either side breaks off.
import { describe, expect, test } from 'vitest';
import { type FileInZip, inPieces, zipOf } from '../../src/lib/zip-file.ts';
import { unzip } from '../features/own-data/archive.ts';

const AT = new Date('2026-04-03T12:00:00Z');

async function* several(...files: FileInZip[]): AsyncGenerator<FileInZip> {
  yield* files;
}

async function bytesOf(zip: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of zip) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test('holds what was put in, in order', async () => {
  const files = several({ name: 'a/é.md', content: ['One ', '– two'] }, { name: 'b.json', content: [] });
  expect([...(await unzip(await bytesOf(zipOf(files, AT))))]).toEqual([
    ['a/é.md', 'One – two'],
    ['b.json', ''],
  ]);
});

test('reads no further than what is taken', async () => {
  let made = 0;
  async function* endless() {
    for (;;) {
      made += 1;
      // Nothing that could be packed small.
      yield Array.from({ length: 1_000 }, () => Math.random().toString(36)).join('');
    }
  }
  const zip = zipOf(several({ name: 'endless', content: endless() }), AT);
  let taken = 0;
  for await (const chunk of zip) {
    taken += chunk.length;
    if (taken > 1_000_000) break;
  }
  // What the streams hold in between is a few of their buffers.
  expect(made * 11_000).toBeLessThan(4_000_000);
});

describe('what breaks while it is read breaks the ZIP', () => {
  async function* broken() {
    yield 'half';
    throw new Error('no more');
  }

  test('in a file', async () => {
    const zip = zipOf(several({ name: 'a', content: broken() }, { name: 'b', content: ['b'] }), AT);
    await expect(bytesOf(zip)).rejects.toThrow('no more');
  });

  test('between files', async () => {
    async function* files(): AsyncGenerator<FileInZip> {
      yield { name: 'a', content: ['a'] };
      throw new Error('no more');
    }
    await expect(bytesOf(zipOf(files(), AT))).rejects.toThrow('no more');
  });
});

test.each([
  [[], []],
  [[3], [3]],
  [
    [4, 4],
    [4, 4],
  ],
  [
    [1, 2, 3, 4],
    [4, 4, 2],
  ],
  [[11], [4, 4, 3]],
])('chunks of %j become pieces of %j', async (given, pieces) => {
  const whole = Buffer.from(Array.from({ length: given.reduce((a, b) => a + b, 0) }, (_, n) => n));
  let at = 0;
  async function* chunks() {
    for (const length of given) yield whole.subarray(at, (at += length));
  }
  const cut: Buffer[] = [];
  for await (const piece of inPieces(chunks(), 4)) cut.push(Buffer.from(piece));
  expect(cut.map(({ length }) => length)).toEqual(pieces);
  expect(Buffer.concat(cut)).toEqual(whole);
});
