// What a generator has seen, by kinds.
import type { Kind, Seen, SeenByKind } from './requests.ts';

interface Counted {
  readonly times: number[];
  bytes: number;
  readonly errors: Record<string, number>;
}

export class Tally {
  readonly #kinds: Map<string, Counted>;

  constructor(kinds: readonly Kind[]) {
    this.#kinds = new Map(kinds.map(({ name }) => [name, { times: [], bytes: 0, errors: {} }]));
  }

  /** @param ms from the request to the end of its answer */
  answered({ name, expects }: Kind, status: number, bytes: number, ms: number): void {
    const counted = this.#kinds.get(name)!;
    counted.times.push(ms);
    counted.bytes += bytes;
    if (status !== expects) this.#count(counted, String(status));
  }

  broke({ name }: Kind, why: string): void {
    this.#count(this.#kinds.get(name)!, why);
  }

  #count({ errors }: Counted, why: string): void {
    errors[why] = (errors[why] ?? 0) + 1;
  }

  result(): SeenByKind {
    return Object.fromEntries([...this.#kinds].map(([name, counted]) => [name, seenOf(counted)]));
  }
}

function seenOf({ times, bytes, errors }: Counted): Seen {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    ...{ requests: sorted.length, p50: at(0.5), p99: at(0.99), errors },
    bytes: sorted.length === 0 ? 0 : bytes / sorted.length,
  };
}
