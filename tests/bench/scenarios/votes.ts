// Fifty people vote for one topic at once, against one connection that commits a vote after the other: the row that all of
// them change allows no more.
import pg from 'pg';
import { READERS } from '../made-up/plans.ts';
import type { Store } from '../measure/forum.ts';
import { counted, measure, seen } from '../measure/measure.ts';
import { Tally } from '../measure/tally.ts';
import { alternate, medianOf, perSecond, rate } from '../measure/rounds.ts';
import { FORM, popularTopics, writers } from '../measure/sights.ts';
import { type Scenario, withForum } from './scenario.ts';

const AT_ONCE = 50;

export const votes: Scenario = async (bench) => {
  const { store, generator, seconds } = bench;
  const voters = await writers(store);
  // By a member who does not vote.
  const { openingPostId } = (await popularTopics(store, true))[0]!;
  const kind = {
    ...({ name: 'vote', share: 1, method: 'POST', expects: 303, form: FORM.vote } as const),
    paths: [`/p/${openingPostId}/vote`],
    cookies: voters.map(({ cookie }) => cookie),
  };
  return withForum(store, {}, async (_forum, ours) => {
    const taken = await alternate(bench, {
      ours: async () => {
        await takeBack(store, openingPostId);
        return measure(generator, ours, { kinds: [kind], connections: AT_ONCE, seconds });
      },
      yardstick: async () => {
        await takeBack(store, openingPostId);
        return counted({ pids: [store.postmaster] }, undefined, () =>
          commitVotes(store, openingPostId, voters, seconds),
        );
      },
    });
    const [our, their] = [medianOf(taken.ours, perSecond), medianOf(taken.yardstick, perSecond)];
    const p99 = medianOf(taken.ours, (figures) => seen(figures).p99);
    return [
      {
        what: `votes for one topic, ${AT_ONCE} at once, per second`,
        ours: `${rate(our)}/s, p99 ${p99.toFixed(0)} ms`,
        yardstick: `${rate(their)} commits/s`,
        ...{ ratio: our / their, wanted: { atLeast: 0.7 } },
      },
    ];
  });
};

/** So that each vote is a new one again. */
async function takeBack({ pool }: Store, postId: number): Promise<void> {
  await pool.query('delete from votes where post_id = $1 and member_id > $2', [postId, READERS]);
}

async function commitVotes(
  { url }: Store,
  postId: number,
  voters: readonly { readonly id: number }[],
  seconds: number,
) {
  const kind = { name: 'vote', share: 1, method: 'POST', paths: [], cookies: [], expects: 0 } as const;
  const tally = new Tally([kind]);
  const client = new pg.Client(url);
  await client.connect();
  const end = performance.now() + seconds * 1_000;
  for (let n = 0; performance.now() < end; n += 1) {
    const started = performance.now();
    await client.query('begin');
    const values = [voters[n % voters.length]!.id, postId];
    const text =
      'insert into votes (member_id, post_id, cast_at) values ($1, $2, now()) on conflict do nothing';
    await client.query({ name: 'vote', text, values });
    await client.query({
      name: 'score',
      text: 'update posts set score = score + 1 where id = $1',
      values: [postId],
    });
    await client.query('commit');
    tally.answered(kind, 0, 0, performance.now() - started);
  }
  await client.end();
  return tally.result();
}
