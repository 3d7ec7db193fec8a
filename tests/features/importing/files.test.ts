// Files as an import finds them: gzip or not, and those that cannot be read at all.
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileFault, linesOf, openFiles } from '../../../src/features/importing/files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenwire-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function read(content: string | Uint8Array, name = 'a.jsonl') {
  const path = join(folder, name);
  await writeFile(path, content);
  const [file] = await openFiles([path]);
  const lines: string[] = [];
  let bytes = 0;
  for await (const line of linesOf(file!, (count) => (bytes += count)))
    lines.push(line.ok ? line.text : `!${line.number} ${line.reason}`);
  return { file: file!, lines, bytes };
}

describe('reading', () => {
  const text = Array.from({ length: 50_000 }, (_, n) => `line ${n} é😀`);
  const plain = Buffer.from(`${text.join('\n')}\n`);

  test.for<readonly [string, Uint8Array, boolean]>([
    ['text', plain, false],
    ['gzip', gzipSync(plain), true],
    [
      'gzip of several members',
      Buffer.concat([gzipSync(plain.subarray(0, 100_001)), gzipSync(plain.subarray(100_001))]),
      true,
    ],
    ['gzip with zeros behind it', Buffer.concat([gzipSync(plain), Buffer.alloc(512)]), true],
  ])('%s, whole, with every byte counted', async ([, content, compressed]) => {
    const { file, lines, bytes } = await read(content);
    expect(lines).toEqual(text);
    expect(file).toMatchObject({ size: content.length, compressed });
    expect(bytes).toBe(content.length);
  });

  test('what a file is does not depend on its name', async () => {
    expect((await read(gzipSync('a\n'), 'a.jsonl')).lines).toEqual(['a']);
    expect((await read('a\n', 'a.jsonl.gz')).lines).toEqual(['a']);
  });

  test('empty, and a byte of what may have been gzip', async () => {
    expect((await read('')).lines).toEqual([]);
    expect((await read(Buffer.from([0x1f]))).file.compressed).toBe(false);
  });

  test.for<readonly [string, Uint8Array]>([
    ['cut off', gzipSync(plain).subarray(0, -20)],
    ['its two first bytes alone', Buffer.from([0x1f, 0x8b])],
  ])('gzip %s ends with a line that says so', async ([, content]) => {
    const { lines } = await read(content);
    const good = lines.slice(0, -1);
    expect(good).toEqual(text.slice(0, good.length));
    expect(lines.at(-1)).toMatch(new RegExp(`^!${good.length + 1} cannot be read: `));
  });

  test('gzip with bytes changed is told of at its end, where its checksum stands', async () => {
    const { lines } = await read(Buffer.from(gzipSync(plain)).fill(0x55, 50_000, 50_040));
    expect(lines.at(-1)).toMatch(/^!\d+ cannot be read: incorrect data check$/);
  });

  test('who stops reading leaves no file open', async () => {
    const path = join(folder, 'a.jsonl');
    await writeFile(path, plain);
    const [file] = await openFiles([path]);
    let bytes = 0;
    for await (const line of linesOf(file!, (count) => (bytes += count))) {
      expect(line).toEqual({ number: 1, ok: true, text: text[0] });
      break;
    }
    expect(bytes).toBeLessThan(plain.length);
  });

  test('a file that goes away between looking and reading is told of', async () => {
    const path = join(folder, 'a.jsonl');
    await writeFile(path, 'a\n');
    const [file] = await openFiles([path]);
    await rm(path);
    for await (const line of linesOf(file!, () => undefined))
      expect(line).toEqual({ number: 1, ok: false, reason: 'cannot be read: there is no such file.' });
    expect.assertions(1);
  });
});

describe('what cannot be opened is refused before anything is read', () => {
  test('a file that is not there, a folder, a link to nowhere', async () => {
    const good = join(folder, 'good.jsonl');
    await writeFile(good, 'a\n');
    const nowhere = join(folder, 'nowhere');
    await symlink(join(folder, 'gone'), nowhere);
    for (const [path, reason] of [
      [join(folder, 'missing'), 'missing cannot be read: there is no such file.'],
      [folder, `${folder} is not a file.`],
      [nowhere, 'nowhere cannot be read: there is no such file.'],
      [`${good}/below`, 'below cannot be read: '],
    ] as const) {
      const opening = openFiles([good, path]);
      await expect(opening).rejects.toThrow(FileFault);
      await expect(opening).rejects.toThrow(reason);
    }
  });
});
