// The newest matches, without reading the older ones: a common word stands in a third of all posts, and to put those in
// order of time costs seconds. So matches are looked for in stretches of time, from the newest backwards, each as wide as
// the ones before make it likely that enough are found; how wide they are changes how long it takes, never what is found.

export interface Window {
  /** Undefined: to the beginning. */
  readonly from: Date | undefined;
  readonly until: Date | undefined;
}

/** A window in which matches are looked for; `narrow`: it holds few posts, so that all of them may be looked at. */
export interface Look extends Window {
  readonly narrow: boolean;
}

/** More than what should be enough, so that chance seldom asks for another look. */
const AMPLE = 1.3;

/**
 * Collects the newest `want` matches.
 * @param bounds moments that cut all posts into about equal parts, newest first.
 * @param first how many parts are looked through first.
 * @param look finds the newest matches of a window, newest first.
 */
export async function collectNewest<Match>(
  want: number,
  { from, until, bounds, first }: Window & { readonly bounds: readonly Date[]; readonly first: number },
  look: (window: Look, want: number) => Promise<readonly Match[]>,
): Promise<Match[]> {
  // The newest of all is the end of the newest part.
  const steps = bounds.slice(1).filter((bound) => (!until || bound < until) && (!from || bound > from));
  const cut = partBeyond(until, steps[0], bounds);
  const found: Match[] = [];
  let upper = until;
  let passed = 0;
  let width = first;
  let least = 0;
  for (;;) {
    const lower = steps[passed + width - 1];
    found.push(
      ...(await look(
        { from: lower ?? from, until: upper, narrow: passed === 0 && lower !== undefined },
        want - found.length,
      )),
    );
    if (found.length >= want || lower === undefined) return found;
    upper = lower;
    passed += width;
    const needed = ((want - found.length) / found.length) * (passed - cut) * AMPLE;
    width = found.length === 0 ? passed * 9 : Math.max(least, Math.ceil(needed));
    // What is found in the newest posts alone (is:open) would otherwise be looked for in many small steps to the beginning.
    least = 2 * width;
  }
}

/** How much of the first part lies beyond `until`, and was not looked through with it. */
function partBeyond(until: Date | undefined, end: Date | undefined, bounds: readonly Date[]): number {
  if (!until || !end) return 0;
  const begin = bounds[bounds.indexOf(end) - 1];
  return begin && begin > until ? (begin.getTime() - until.getTime()) / (begin.getTime() - end.getTime()) : 0;
}
