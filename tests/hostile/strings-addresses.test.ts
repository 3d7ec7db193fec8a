// Every string of the corpora in every value that an address carries, and in headers that the forum reads: a whole page
// or a redirect on this site, and a log of one line a request.
import { allLists, describeWithCorpora } from '../support/corpora.ts';
import { expect, test } from '../support/forum.ts';
import { addressOf, QUERIES, routesWithPieces } from './fields-addresses.ts';
import type { Answer } from './fields-client.ts';
import { judge, type Judged } from './fields-judge.ts';
import { inLanes, LANES, shareOf } from './fields-lanes.ts';
import { faultsOfLog } from './fields-log.ts';
import { Tally } from './fields-tally.ts';
import { World } from './fields-world.ts';

describeWithCorpora('every string in', () => {
  const lists = allLists();

  test('the query of every page', { timeout: 900_000 }, async ({ app, forum, make, clock }) => {
    const tally = new Tally();
    const worlds = await World.openMany({ app, make, clock }, LANES);
    const { faults: faultsOfLines, entries } = await faultsOfLog(forum, async () => {
      for (const [index, { route, who, path, names }] of QUERIES.entries()) {
        const strings = shareOf(`GET ${route}`, lists, index);
        const faults = await inLanes(worlds, strings, async (world, text) => {
          const found: string[] = [];
          // A cursor that is none is refused before the rest is looked at, so it comes alone.
          const together = names.filter((name) => name !== 'after');
          for (const sent of [together, names.filter((name) => name === 'after')]) {
            const query = new URLSearchParams(sent.map((name) => [name, text])).toString();
            const answer = await who(world).get(`${path(world)}?${query}`);
            for (const name of sent) tally.add(`GET ${route} ?${name}`, text, outcomeOf(answer));
            const judged = judge(answer);
            found.push(...judged.faults, ...(sent.includes('q') ? lostQuery(judged, answer, text) : []));
          }
          return found;
        });
        expect(faults, route).toEqual([]);
      }
    });
    tally.write(lists);
    expect(faultsOfLines).toEqual([]);
    expect(entries).toBeGreaterThan(1_000);
  });

  test('the path of every page', { timeout: 900_000 }, async ({ app, forum, make, clock }) => {
    const tally = new Tally();
    const worlds = await World.openMany({ app, make, clock }, LANES);
    const { faults: faultsOfLines, entries } = await faultsOfLog(forum, async () => {
      for (const [index, route] of routesWithPieces(app).entries()) {
        const strings = shareOf(`GET ${route} path`, lists, index);
        const faults = await inLanes(worlds, strings, async (world, text) => {
          const found: string[] = [];
          for (const encode of [true, false]) {
            const answer = await world.admin.get(addressOf(route, text, encode));
            tally.add(`GET ${route} path`, text, outcomeOf(answer));
            found.push(...judge(answer).faults);
          }
          return found;
        });
        expect(faults, route).toEqual([]);
      }
    });
    tally.write(lists);
    expect(faultsOfLines).toEqual([]);
    expect(entries).toBeGreaterThan(1_000);
  });

  test('the headers that are read', { timeout: 900_000 }, async ({ app, make, clock }) => {
    const worlds = await World.openMany({ app, make, clock }, LANES);
    const faults = await inLanes(
      worlds,
      shareOf('headers', lists, 1),
      async ({ writer, visitor, reply }, text) => {
        // Header values are bytes: everything else is written as browsers write it into addresses and cookies.
        const value = text.toWellFormed().replace(/[^ -~]+/g, encodeURIComponent);
        const vote = writer.post(
          `/p/${reply.id}/vote`,
          { vote: 'up' },
          { referer: `http://127.0.0.1${value}` },
        );
        const themed = visitor.get('/', { cookie: `theme=${value}; session=${value}` });
        const told = visitor.get('/t/1', { accept: value, 'accept-encoding': value, 'if-none-match': value });
        return [...judge(await vote).faults, ...judge(await themed).faults, ...judge(await told).faults];
      },
    );
    expect(faults).toEqual([]);
  });
});

function outcomeOf({ status }: Answer): { status: number; refused: string } {
  return { status, refused: status >= 400 ? `${status}` : '' };
}

/**
 * The box on the page holds what was asked for; the small one in the masthead its beginning. An address longer than all
 * headers may be is not read at all (431): what was typed stands in the browser's address bar then.
 */
function lostQuery({ page }: Judged, { status }: Answer, text: string): string[] {
  if (status === 431) return [];
  const asked = text.toWellFormed().replaceAll('\0', '').replace(/\s+/gu, ' ').trim();
  const there = page?.values.get('q') ?? [];
  return there.at(-1) === asked ? [] : [`q came back as ${JSON.stringify(there)}`];
}
