// Numbers that look random and are the same at every run: what is measured today can be measured again.

/** 0 ≤ x < 1 */
export type Random = () => number;

/** mulberry32 (T. Ettinger, public domain): 32 bits of state, good enough to draw words and times. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A rank from 0 to `most` - 1, small ones far more often: Zipf's law with a flat head (Mandelbrot's form), as words,
 * writers and sites have it.
 * @param head so many ranks at the top are nearly as frequent as the first
 */
export function zipf(random: Random, most: number, head: number): number {
  const rank = head * ((most + head) / head) ** random() - head;
  return Math.min(most - 1, Math.floor(rank));
}

/** A waiting time with the given mean, in the unit of the mean. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

/** A size whose logarithm is normal, as lengths of texts, of discussions and numbers of votes are. */
export function lognormal(random: Random, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(sigma * normal);
}
