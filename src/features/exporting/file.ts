// The file an export is written to: whole under its name, or not there under it at all.
import { randomBytes } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** There cannot be a file where one is wanted: a sentence for who named it. */
export class FolderFault extends Error {}

/** Looks at the place before an hour's work is done for it. @throws FolderFault */
export async function checkPlace(path: string): Promise<void> {
  const [there, folder] = await Promise.all([lookAt(path), lookAt(dirname(path))]);
  if (there?.isDirectory()) throw new FolderFault(`${path} is a folder. Name a file in it.`);
  if (!folder?.isDirectory()) throw new FolderFault(`There is no folder ${dirname(path)}.`);
  await access(dirname(path), constants.W_OK).catch(() => {
    throw new FolderFault(`This account may not write into ${dirname(path)}.`);
  });
}

async function lookAt(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}

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
