// A clock that stands still until the test moves it.
import type { Clock } from '../../src/lib/clock.ts';

export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

export class TestClock implements Clock {
  #now = new Date(0);

  now(): Date {
    return new Date(this.#now);
  }

  set(iso: string): void {
    this.#now = new Date(iso);
  }

  advance(span: Span): void {
    this.#now = new Date(this.#now.getTime() + milliseconds(span));
  }

  /** The moment so long before now. */
  ago(span: Span): Date {
    return new Date(this.#now.getTime() - milliseconds(span));
  }
}

function milliseconds({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
