// The file an export is written to: whole under its name, or not there under it at all.
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/**
 * Writes lines to a file that only its owner may read, compressed when its name ends in .gz.
 * @returns its size in bytes
 * @throws AbortError when the signal ends it
 */
export async function writeFile(
  path: string,
  lines: AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<number> {
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const file = createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true });
    const text = Readable.from(lines, { objectMode: false, encoding: 'utf8' });
    const stages = path.endsWith('.gz') ? [text, createGzip(), file] : [text, file];
    await pipeline(stages, { signal });
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    return (await stat(path)).size;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Without it a power cut could take the new name back. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
