// What a request costs when two processes answer, against one.
import { measure } from '../measure/measure.ts';
import { alternate, medianOf, rate } from '../measure/rounds.ts';
import { mustHave, readers, visitorReads } from '../measure/sights.ts';
import { type Scenario, withForum } from './scenario.ts';

export const workers: Scenario = async (bench) => {
  const { store, generator, connections, seconds } = bench;
  const { path } = await mustHave(store, 200);
  const kinds = [{ ...visitorReads(path), cookies: await readers(store) }];
  const load = { kinds, connections, seconds };
  return withForum(store, { WEB_CONCURRENCY: '1' }, (_one, alone) =>
    withForum(store, { WEB_CONCURRENCY: '2' }, async (two, both) => {
      const answering = two.memory().length;
      const taken = await alternate(bench, {
        two: () => measure(generator, both, load),
        one: () => measure(generator, alone, load),
      });
      const [twoRate, oneRate] = [medianOf(taken.two), medianOf(taken.one)];
      return [
        {
          what: "CPU per request, 2 processes against 1 (a member's page)",
          ours: `${rate(twoRate)}/s of CPU`,
          yardstick: `${rate(oneRate)}/s of CPU`,
          ...{ ratio: oneRate / twoRate, wanted: { atMost: 1.1 } },
          note: `${answering} processes`,
        },
      ];
    }),
  );
};
