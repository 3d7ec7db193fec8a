// Visitors, members and writers at once, each class against itself alone: nobody waits for the others.
import { errorsOf, type Figures, measure, requestsOf, seen } from '../measure/measure.ts';
import { alternate, medianOf, ms } from '../measure/rounds.ts';
import { dayOf } from '../measure/sights.ts';
import type { Line } from '../report.ts';
import { type Scenario, withForum } from './scenario.ts';

/** Requests of the whole mix before any is measured: at a low rate each class would else be measured while its code is cold. */
const UNTIL_WARM = 4_000;

export const mix: Scenario = async (bench) => {
  const { store, generator, connections, seconds, rate } = bench;
  const kinds = await dayOf(store);
  return withForum(store, {}, async (_forum, ours) => {
    const load = { connections, seconds };
    const amount = bench.trial ? connections : UNTIL_WARM;
    await generator.send({ url: ours.url, kinds, ...load, amount });
    const all = kinds.reduce((sum, { share }) => sum + share, 0);
    const takes: Record<string, () => Promise<Figures>> = Object.fromEntries(
      kinds.map((kind) => [
        kind.name,
        () => measure(generator, ours, { ...load, kinds: [kind], rate: (rate * kind.share) / all }),
      ]),
    );
    takes.mix = () => measure(generator, ours, { ...load, kinds, rate });
    const taken = await alternate(bench, takes);
    const mixed = taken.mix!;
    for (const { name } of kinds)
      bench.say(
        `    in the mix, ${name}: ${mixed.map((f) => `p50 ${ms(seen(f, name).p50)}, p99 ${ms(seen(f, name).p99)}`).join('; ')}`,
      );
    const lines = kinds.flatMap(({ name }): Line[] => {
      const p50 = medianOf(mixed, (figures) => seen(figures, name).p50);
      const p99 = medianOf(mixed, (figures) => seen(figures, name).p99);
      const alone = medianOf(taken[name]!, (figures) => seen(figures).p50);
      const what = `mix of ${rate}/s, ${name}`;
      return [
        {
          ...{ what: `${what}: p99 against p50`, ours: `p99 ${ms(p99)}`, yardstick: `p50 ${ms(p50)}` },
          ...{ ratio: p99 / p50, wanted: { atMost: 5 } },
        },
        {
          ...{ what: `${what}: p50 against alone`, ours: `p50 ${ms(p50)}`, yardstick: `alone ${ms(alone)}` },
          ...{ ratio: p50 / alone, wanted: { atMost: 2 } },
        },
      ];
    });
    const errors = mixed.map(errorsOf).filter(Boolean).join('; ');
    const failed = mixed.reduce((sum, figures) => sum + failedOf(figures), 0);
    return [
      ...lines,
      {
        ...{
          what: 'mix: errors',
          ours: String(failed),
          yardstick: `${mixed.reduce((n, f) => n + requestsOf(f), 0)} requests`,
        },
        ...{ ratio: failed, wanted: { atMost: 0 }, ...(errors && { note: errors }) },
      },
    ];
  });
};

function failedOf({ kinds }: Figures): number {
  return Object.values(kinds)
    .flatMap(({ errors }) => Object.values(errors))
    .reduce((sum, n) => sum + n, 0);
}
