// ZIP files as streams: what goes in is read while what comes out is taken, so that neither has to fit into memory.
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface FileInZip {
  /** Path with slashes. */
  readonly name: string;
  readonly content: Iterable<string> | AsyncIterable<string>;
}

/** Yields a ZIP of these files, one after the other. @param at what they are dated */
export async function* zipOf(files: AsyncIterable<FileInZip>, at: Date): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | undefined;
  const add = async () => {
    for await (const { name, content } of files) {
      current = Readable.from(content);
      zip.addReadStream(current, name, { mtime: at });
      await finished(current);
    }
    zip.end();
  };
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  const added = add().catch(fail);
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    // Whoever stops taking ends the reading, too.
    current?.destroy();
    await added;
  }
}

/** The same bytes in pieces of one size; the last may be shorter. */
export async function* inPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < size) continue;
    let whole = Buffer.concat(waiting);
    for (; whole.length >= size; whole = whole.subarray(size)) yield whole.subarray(0, size);
    waiting = [whole];
    length = whole.length;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
