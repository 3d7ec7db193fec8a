// Pages as bytes. Most of a long one was on other pages before: what a pure partial writes of an object is kept as bytes as
// long as that object is, and copied into each page that shows it (docs/decisions/027).
import { randomUUID } from 'node:crypto';
import { alone } from '../lib/alone.ts';
import { utf8Of } from '../lib/utf8.ts';
import { timesIn } from './moments.ts';
import type { StandIn } from './templates.ts';

/** Nobody can write it into a page: it never leaves the process. */
const MARK = `<!--${randomUUID()}-->`;
const NOTHING = Buffer.alloc(0);

export class Pieces {
  /** By partial and time zone. */
  readonly #known = new Map<string, WeakMap<object, Buffer>>();

  /**
   * @param timeZone by whose clock times are spelt
   * @param write writes a page, in which something else may stand in for what pure partials write, once each and in order
   */
  page(timeZone: string, write: (standIn: StandIn) => string): Buffer {
    const pieces: Buffer[] = [];
    const text = write((partial, of, writePiece) => {
      const known = this.#knownFor(`${partial} ${timeZone}`);
      let piece = known.get(of);
      if (!piece) {
        piece = alone(utf8Of(timesIn(timeZone, writePiece())));
        known.set(of, piece);
      }
      pieces.push(piece);
      return MARK;
    });
    const around = timesIn(timeZone, text).split(MARK);
    if (around.length !== pieces.length + 1)
      throw new Error('A page has other pieces than were made for it.');
    return Buffer.concat(around.flatMap((part, index) => [utf8Of(part), pieces[index] ?? NOTHING]));
  }

  #knownFor(key: string): WeakMap<object, Buffer> {
    const known = this.#known.get(key) ?? new WeakMap<object, Buffer>();
    this.#known.set(key, known);
    return known;
  }
}
