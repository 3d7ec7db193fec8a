// Which strings a form is filled with, and several at a time.
import type { StringList } from '../support/corpora.ts';
import { HOSTILE_TABLE } from './fields-tally.ts';

/**
 * Of all strings, one in so many goes into a form or an address on every run of the tests: more into what renders or
 * stores a title or a body, fewer where reading and templates are shared. Each begins at another string. That every one
 * is rendered harmlessly, tests/lib/markdown/corpora.test.ts shows. For a table (HOSTILE_TABLE) all go into all.
 */
const ONE_IN: Readonly<Record<string, number>> = {
  'POST /preview': 32,
  'POST /submit': 120,
  'POST /t/:id/reply': 120,
};
const ONE_IN_OTHERS = 300;

/** The strings for the form or address that stands at `index` of all. */
export function shareOf(route: string, lists: readonly StringList[], index: number): string[] {
  const all = [...new Set(lists.flatMap(({ strings }) => strings))];
  const step = HOSTILE_TABLE === undefined ? (ONE_IN[route] ?? ONE_IN_OTHERS) : 1;
  return all.filter((_text, at) => (at + 7 * index) % step === 0);
}

/** So many do their work at once: enough to keep the database and the application busy together. */
export const LANES = 6;
const MOST_FAULTS = 20;

/** Worlds for so few strings that opening a world for each lane would be most of the work. */
export const lanesFor = (strings: readonly string[]): number =>
  Math.min(LANES, Math.ceil(strings.length / 12));

/** Runs `work` for each string, once in some one of the worlds. Returns the faults, each with its string. */
export async function inLanes<World>(
  worlds: readonly World[],
  strings: readonly string[],
  work: (world: World, text: string, turn: boolean) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  let next = 0;
  const lane = async (world: World) => {
    while (next < strings.length && faults.length < MOST_FAULTS) {
      const at = next;
      next += 1;
      const text = strings[at] ?? '';
      const found = await work(world, text, at % 4 === 0);
      faults.push(...found.map((fault) => `${fault} <- ${JSON.stringify(text.slice(0, 200))}`));
    }
  };
  await Promise.all(worlds.map(lane));
  return faults;
}
