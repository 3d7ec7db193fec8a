// The log in production: lines are written many at a time, since writing one costs as much as sending a page.
import type { Writable } from 'node:stream';

/** As many bytes as a pipe takes at once or not at all: lines of several processes come out of one. */
const MOST_BYTES = 4_096;
/** As long as a line may wait, in milliseconds. */
const LONGEST_WAIT = 100;
/** As pino counts: what is a warning or worse is written at once, with all before it. */
const WARNING = 40;

export interface LineStream {
  write(line: string): void;
}

/** A stream for pino, over one that writes what it is given before the process ends (as a file or pipe of stdout does). */
export function gatheredLines(out: Pick<Writable, 'write'>): LineStream {
  let gathered = '';
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = gathered;
    gathered = '';
    bytes = 0;
    if (lines !== '') out.write(lines);
  };
  process.once('exit', flush);
  return {
    // pino tells a stream that asks for it of what level a line is.
    ...{ [Symbol.for('pino.metadata')]: true, lastLevel: 0 },
    write(this: LineStream & { readonly lastLevel: number }, line) {
      const lineBytes = Buffer.byteLength(line);
      if (bytes + lineBytes > MOST_BYTES) flush();
      gathered += line;
      bytes += lineBytes;
      if (this.lastLevel >= WARNING) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT).unref();
    },
  };
}
