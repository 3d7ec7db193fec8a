// The first page of a topic of 10,000 replies against the topic that has one page: a discussion's length costs nothing.
import { measure } from '../measure/measure.ts';
import { fetchPage } from '../measure/page.ts';
import { alternate, medianOf, rate } from '../measure/rounds.ts';
import { exactTopic, mustHave, visitorReads } from '../measure/sights.ts';
import { type Scenario, UNCACHED, withForum } from './scenario.ts';

export const largeTopic: Scenario = async (bench) => {
  const { store, generator, connections, seconds } = bench;
  const one = await mustHave(store, 200);
  const large = (await exactTopic(store, 10_000)) ?? (await mustHave(store, 2_000));
  return withForum(store, UNCACHED, async (forum, ours) => {
    const shown = async (path: string) =>
      new Set((await fetchPage(forum.url, path)).text.match(/id="p\d+"/g)).size;
    const load =
      ({ path }: { path: string }) =>
      () =>
        measure(generator, ours, { kinds: [visitorReads(path)], connections, seconds });
    const taken = await alternate(bench, { large: load(large), one: load(one) });
    const [largeRate, oneRate] = [medianOf(taken.large), medianOf(taken.one)];
    return [
      {
        what: 'CPU of the first page of the largest topic',
        ours: `${rate(largeRate)}/s of CPU, ${await shown(large.path)} posts`,
        yardstick: `${rate(oneRate)}/s of CPU, ${await shown(one.path)} posts`,
        ...{ ratio: oneRate / largeRate, wanted: { atMost: 1.5 } },
      },
    ];
  });
};
