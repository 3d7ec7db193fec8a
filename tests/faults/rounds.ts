// How often each fault is repeated, and chance that can be had again: FAULT_ROUNDS and FAULT_SEED.

/** Full rounds are for a deliberate run; CI makes do with few. */
export const ROUNDS = readNumber('FAULT_ROUNDS', 20);
/** Whoever sees a failure repeats its choices with this seed: it stands in the name of every test. */
const SEED = readNumber('FAULT_SEED', Date.now() % 1_000_000);
export const seeded = `(FAULT_SEED=${SEED})`;

/** What takes seconds to set up again each time is repeated less often. */
export const FRESH_ROUNDS = Math.ceil(ROUNDS / 4);

function readNumber(name: string, otherwise: number): number {
  const given = process.env[name] ?? '';
  if (given === '') return otherwise;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`${name} must be a whole number from 1 on.`);
  return number;
}

export interface Chance {
  /** A number from 0 to below 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** Six words that nobody has written before. */
  headline(): string;
}

/** Mulberry32: 32 bits of state are plenty for choosing moments. */
export function chanceOf(stream: string): Chance {
  let state = [...stream].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), SEED);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('There is nothing to choose from.');
    return list[between(0, list.length - 1)] as T;
  };
  const letter = (): string => pick([...'abcdefghijklmnopqrstuvwxyz']);
  const word = (): string => Array.from({ length: between(5, 9) }, letter).join('');
  return { next, between, pick, headline: () => Array.from({ length: 6 }, word).join(' ') };
}
