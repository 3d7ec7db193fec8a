// The log in production: lines are written many at a time, since writing one costs as much as sending a page.
import type { Writable } from 'node:stream';

const MOST_CHARACTERS = 32_768;
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
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = gathered;
    gathered = '';
    if (lines !== '') out.write(lines);
  };
  process.once('exit', flush);
  return {
    // pino tells a stream that asks for it of what level a line is.
    ...{ [Symbol.for('pino.metadata')]: true, lastLevel: 0 },
    write(this: LineStream & { readonly lastLevel: number }, line) {
      gathered += line;
      if (this.lastLevel >= WARNING || gathered.length >= MOST_CHARACTERS) flush();
      else timer ??= setTimeout(flush, LONGEST_WAIT).unref();
    },
  };
}
