// A B A B: two things measured in turns, so that whatever changes on the machine meanwhile meets both.
import { errorsOf, type Figures, median, perCpuSecond, requestsOf, seen } from './measure.ts';

export interface Rounds {
  readonly rounds: number;
  /** How often a measurement is made again because others kept the machine busy. */
  readonly repeats: number;
  readonly say: (text: string) => void;
  /** Filled with what was answered wrongly. */
  readonly failures: string[];
}

/** A measurement during which others used more than this many cores says little. */
const MOST_OTHER_LOAD = 0.3;

/** Makes a measurement again while the machine is busy otherwise, a few times at most; then it says so. */
async function quiet({ repeats, say }: Rounds, take: () => Promise<Figures>): Promise<Figures> {
  for (let left = repeats; ; left -= 1) {
    const figures = await take();
    if (figures.otherLoad <= MOST_OTHER_LOAD) return figures;
    if (left > 0) continue;
    say(`    (others used ${figures.otherLoad.toFixed(1)} cores meanwhile)`);
    return figures;
  }
}

/** Measures each of these in turns. @returns the figures of each, in the order of the turns */
export async function alternate<Name extends string>(
  settings: Rounds,
  takes: Readonly<Record<Name, () => Promise<Figures>>>,
): Promise<Record<Name, Figures[]>> {
  const names = Object.keys(takes) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as Figures[]])) as Record<Name, Figures[]>;
  for (let round = 0; round < settings.rounds; round += 1) {
    for (const name of names) {
      const figures = await quiet(settings, takes[name]);
      taken[name].push(figures);
      const errors = errorsOf(figures);
      if (errors) settings.failures.push(`${name}: ${errors}`);
      settings.say(`    ${name.padEnd(12)}${lineOf(figures)}`);
    }
  }
  return taken;
}

/** One measurement of one kind of requests. */
function lineOf(figures: Figures): string {
  const { p50, p99, bytes } = seen(figures);
  const parts = [
    `${rate(perCpuSecond(figures))} per CPU-second`,
    `p50 ${ms(p50)}, p99 ${ms(p99)}`,
    `${(bytes / 1024).toFixed(1)} KB`,
    figures.memory > 0 && `${figures.memory.toFixed(0)} MB`,
    figures.loopDelay && `loop p99 ${ms(figures.loopDelay.p99)}`,
    errorsOf(figures) && `ERRORS ${errorsOf(figures)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** The median of what several measurements give. */
export function medianOf(
  all: readonly Figures[],
  figure: (figures: Figures) => number = perCpuSecond,
): number {
  return median(all.map(figure));
}

export const rate = (perSecond: number): string =>
  perSecond.toLocaleString('en-GB', { maximumFractionDigits: perSecond < 100 ? 1 : 0 });
export const ms = (value: number): string =>
  `${value.toLocaleString('en-GB', { maximumFractionDigits: 1 })} ms`;
/** By the clock: where the disk or a lock is what is waited for. */
export const perSecond = (figures: Figures): number => requestsOf(figures) / figures.seconds;
