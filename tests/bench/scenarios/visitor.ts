// Visitors: pages that nobody changed against the same bytes out of memory; and made anew against one query and a string.
import { seen } from '../measure/measure.ts';
import { measure } from '../measure/measure.ts';
import { fetchPage, type Page } from '../measure/page.ts';
import { alternate, medianOf, rate } from '../measure/rounds.ts';
import { mustHave, visitorReads } from '../measure/sights.ts';
import { startBare } from '../yardsticks/start-bare.ts';
import type { BareOrder } from '../yardsticks/bare.ts';
import type { Line } from '../report.ts';
import type { Subject } from '../measure/measure.ts';
import { type Bench, UNCACHED, withForum } from './scenario.ts';

export async function visitor(bench: Bench): Promise<readonly Line[]> {
  const topic = await mustHave(bench.store, 200);
  const unchanged = await withForum(bench.store, {}, async (forum, ours) => {
    const pages = [
      { what: 'front page, visitor, unchanged', path: '/' },
      { what: 'topic of 200 replies, visitor, unchanged', path: topic.path },
    ];
    const lines: Line[] = [];
    for (const { what, path } of pages) {
      const page = await fetchPage(forum.url, path);
      lines.push(await compare(bench, what, ours, page, { work: 'bytes', topicId: 0, atLeast: 0.85 }));
    }
    return lines;
  });
  const anew = await withForum(bench.store, UNCACHED, async (forum, ours) => {
    const page = await fetchPage(forum.url, topic.path);
    const what = 'topic of 200 replies, visitor, cache off';
    return compare(bench, what, ours, page, { work: 'rows', topicId: topic.id, atLeast: 0.5 });
  });
  return [...unchanged, anew];
}

interface Against {
  readonly work: BareOrder['work'];
  readonly topicId: number;
  readonly atLeast: number;
  readonly cookies?: readonly string[];
}

/** A page of the forum against a bare handler that sends the same. */
export async function compare(
  bench: Bench,
  what: string,
  ours: Subject,
  page: Page,
  { work, topicId, atLeast, cookies = [] }: Against,
): Promise<Line> {
  bench.say(`  ${what} (${page.coding} ${page.level}, ${page.text.length} characters)`);
  const bare = await startBare(bench.store, work, page, ours.memory?.().length ?? 1, topicId);
  const kinds = [{ ...visitorReads(page.path), cookies }];
  const { generator, connections, seconds } = bench;
  try {
    const taken = await alternate(bench, {
      ours: () => measure(generator, ours, { kinds, connections, seconds }),
      yardstick: () => measure(generator, bare, { kinds, connections, seconds }),
    });
    const [our, their] = [medianOf(taken.ours), medianOf(taken.yardstick)];
    const kb = medianOf(taken.ours, (figures) => seen(figures).bytes) / 1024;
    return {
      ...{ what, ours: `${rate(our)}/s of CPU, ${kb.toFixed(1)} KB`, yardstick: `${rate(their)}/s of CPU` },
      ...{ ratio: our / their, wanted: { atLeast } },
    };
  } finally {
    bare.stop();
  }
}
