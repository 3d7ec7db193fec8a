// Files as an import reads them: gzip or not, line by line, with how much of them is read.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Line, readLines } from './lines.ts';

/** A file that cannot be read: a sentence for who named it. */
export class FileFault extends Error {}

export interface ImportFile {
  readonly path: string;
  /** Bytes on disk: what progress is measured by. */
  readonly size: number;
  readonly compressed: boolean;
}

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Looks at the files before anything is changed. @throws FileFault */
export async function openFiles(paths: readonly string[]): Promise<ImportFile[]> {
  return Promise.all(paths.map(look));
}

async function look(path: string): Promise<ImportFile> {
  try {
    await using file = await open(path, 'r');
    const stats = await file.stat();
    if (!stats.isFile()) throw new FileFault(`${path} is not a file.`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
    return { path, size: stats.size, compressed: bytesRead === GZIP.length && buffer.equals(GZIP) };
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/**
 * The lines of a file. What is wrong with its compression is a line that is not ok, behind those that could be read.
 * @param onRead told of bytes of the file that were read
 */
export async function* linesOf(file: ImportFile, onRead: (bytes: number) => void): AsyncGenerator<Line> {
  const raw = createReadStream(file.path);
  raw.on('data', (chunk) => {
    onRead(chunk.length);
  });
  const bytes = file.compressed ? createGunzip() : new PassThrough();
  const dispose = bytes.destroy.bind(bytes);
  let failure: Error | undefined;
  const fail = (error?: Error | null) => {
    failure ??= error ?? undefined;
    if (!bytes.readableEnded) bytes.push(null);
    return bytes;
  };
  // A stream that fails throws away what it holds, and there are good lines in it: it is ended instead.
  bytes.destroy = fail;
  raw.on('error', fail);
  raw.pipe(bytes);
  let last = 0;
  try {
    for await (const line of readLines(bytes, undefined, () => failure !== undefined)) {
      last = line.number;
      yield line;
    }
    if (failure) yield { number: last + 1, ok: false, reason: `cannot be read: ${reasonOf(failure)}` };
  } finally {
    raw.destroy();
    dispose();
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'there is no such file.';
  if (code === 'EACCES') return 'this account may not read it.';
  if (code === 'Z_BUF_ERROR')
    return 'the compressed file ends too early, and everything from here on is missing.';
  return error instanceof Error ? error.message : String(error);
}
