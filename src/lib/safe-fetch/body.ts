// Bodies as they come, never more of them than was asked for: counted packed, and unpacked while that is being done.
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import { Refusal, tooLarge } from './faults.ts';

/** What is asked for, and can be read. */
export const CODINGS = 'gzip, br, deflate';

/**
 * Reads a body to its end.
 * @param coding its content-encoding
 * @param most bytes, before and after unpacking
 * @throws Refusal when there is more; whatever the stream and zlib throw
 */
export async function readBody(body: Readable, coding: string, most: number): Promise<Buffer> {
  const bounded = (chunks: AsyncIterable<Buffer>) => upTo(most, chunks);
  return pipeline(body, bounded, unpacker(coding), bounded, async (chunks: AsyncIterable<Buffer>) => {
    const all: Buffer[] = [];
    for await (const chunk of chunks) all.push(chunk);
    return Buffer.concat(all);
  });
}

function unpacker(coding: string) {
  switch (coding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return new PassThrough();
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return createUnzip();
    case 'br':
      return createBrotliDecompress();
    default:
      // Several on top of each other, too: what lies between them would be bounded by nothing.
      throw new Refusal('connection', 'The site’s answer could not be read.');
  }
}

async function* upTo(most: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge();
    yield chunk;
  }
}
