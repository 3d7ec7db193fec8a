// What the web processes hold in memory while the mix goes on.
import { errorsOf, median } from '../measure/measure.ts';
import { dayOf } from '../measure/sights.ts';
import { type Scenario, withForum } from './scenario.ts';

const MOST_MB = 250;
/** Noise of a collector that clears up when it likes. */
const NO_GROWTH = 1.05;
const SAMPLES = 60;

export const memory: Scenario = async (bench) => {
  const { store, generator, connections, rate, minutes } = bench;
  const kinds = await dayOf(store);
  return withForum(store, {}, async (forum, { url }) => {
    const largest: number[] = [];
    const seconds = minutes * 60;
    const sampling = setInterval(
      () => {
        largest.push(Math.max(...forum.memory()));
        if (largest.length % 10 === 0)
          bench.say(
            `    ${largest
              .slice(-10)
              .map((mb) => mb.toFixed(0))
              .join(' ')} MB`,
          );
      },
      (seconds * 1_000) / SAMPLES,
    );
    const seen = await generator.send({ url, kinds, connections, rate, seconds });
    clearInterval(sampling);
    const third = Math.floor(largest.length / 3);
    const [middle, last] = [median(largest.slice(third, 2 * third)), median(largest.slice(2 * third))];
    const most = Math.max(...largest);
    const errors = errorsOf({ kinds: seen });
    const what = `${minutes} minutes of the mix, memory of a web process`;
    return [
      {
        ...{ what, ours: `${most.toFixed(0)} MB at most`, yardstick: `${MOST_MB} MB` },
        ...{ ratio: most / MOST_MB, wanted: { atMost: 1 }, ...(errors && { note: errors }) },
      },
      {
        what: 'the same: last third against the middle one',
        ...{ ours: `${last.toFixed(0)} MB`, yardstick: `${middle.toFixed(0)} MB` },
        ...{ ratio: last / middle, wanted: { atMost: NO_GROWTH } },
      },
    ];
  });
};
