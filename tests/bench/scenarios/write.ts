// Posting replies, each on the disk before it is answered, against a script that sends the same statements.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Forum, Store } from '../measure/forum.ts';
import { counted, measure, warmUpOf } from '../measure/measure.ts';
import { ask } from '../measure/page.ts';
import type { Statement } from '../measure/probe.ts';
import { treeOf } from '../measure/processes.ts';
import type { SeenByKind } from '../measure/requests.ts';
import { alternate, medianOf, rate } from '../measure/rounds.ts';
import { FORM, popularTopics, newestPost, writers } from '../measure/sights.ts';
import { sessionHash } from '../../../src/web/session-store.ts';
import type { ReplayOrder, Role } from '../yardsticks/replay.ts';
import { type Scenario, withForum } from './scenario.ts';

/** Replies after which each connection of each process has planned what it sends once for all: that takes it six times. */
const UNTIL_PLANNED = 600;

export const write: Scenario = async (bench) => {
  const { store, generator, connections, seconds } = bench;
  const topics = await popularTopics(store);
  const members = await writers(store);
  const kind = {
    ...({ name: 'reply', share: 1, method: 'POST', expects: 303, form: FORM.reply } as const),
    paths: topics.map(({ id }) => `/t/${id}/reply`),
    cookies: members.map(({ cookie }) => cookie),
  };
  return withForum(store, {}, async (forum, ours) => {
    const { statements, recorded } = await recordReply(forum);
    bench.say(`  a reply is ${statements.length} statements`);
    const child = fork(new URL('../yardsticks/replay.ts', import.meta.url));
    const order: ReplayOrder = {
      ...{ databaseUrl: store.url, statements, recorded, connections, seconds },
      members: members.map(({ id }) => ({ member: String(id), session: sessionHash(`bench-${id}`) })),
      topics: topics.map(({ id, openingPostId }) => ({ topic: String(id), opening: String(openingPostId) })),
    };
    const replay = async (lasting = seconds) => {
      child.send({ ...order, seconds: lasting });
      return ((await once(child, 'message')) as [SeenByKind])[0];
    };
    const bare = { pids: [child.pid!, store.postmaster] };
    try {
      const amount = bench.trial ? connections : UNTIL_PLANNED;
      await generator.send({ url: forum.url, kinds: [kind], connections, seconds, amount });
      const taken = await alternate(bench, {
        ours: async () => {
          await forgetAftermath(store);
          return measure(generator, ours, { kinds: [kind], connections, seconds });
        },
        // The forum would take up the jobs that are played.
        yardstick: () =>
          asleep(forum, async () => {
            await replay(warmUpOf(seconds));
            return counted(bare, undefined, replay);
          }),
      });
      const [our, their] = [medianOf(taken.ours), medianOf(taken.yardstick)];
      const [ourWall, theirWall] = [taken.ours, taken.yardstick].map((all) =>
        medianOf(all, (figures) => Object.values(figures.kinds)[0]!.requests / figures.seconds),
      );
      return [
        {
          what: 'post a reply, durable',
          ours: `${rate(our)}/s of CPU (${rate(ourWall!)}/s)`,
          yardstick: `${rate(their)}/s of CPU (${rate(theirWall!)}/s)`,
          ...{ ratio: our / their, wanted: { atLeast: 0.4 } },
        },
      ];
    } finally {
      child.kill();
    }
  });
};

/** Posts one reply and keeps what it sent to the database. The last of the writers and of the topics: large numbers. */
async function recordReply(forum: Forum) {
  const { store } = forum;
  const { id, cookie } = (await writers(store)).at(-1)!;
  const topic = (await popularTopics(store)).reduce((last, each) => (each.id > last.id ? each : last));
  const form = `recorded-${Date.now()}`;
  const newest = await newestPost(store);
  const statements = await forum.record(async () => {
    const { status, bytes } = await ask(forum.url, `/t/${topic.id}/reply`, {
      cookie,
      form: `body=We+measured+it.&form_id=${form}`,
    });
    if (status !== 303)
      throw new Error(`Posting a reply answered ${status}: ${bytes.toString().slice(0, 300)}`);
  });
  const recorded: Role = {
    ...{ member: String(id), session: sessionHash(`bench-${id}`), form, post: String(newest + 1) },
    ...{ topic: String(topic.id), opening: String(topic.openingPostId) },
    budget: budgetOf(statements),
  };
  return { statements, recorded };
}

/** What the budget of who wrote was counted under; a word that stands nowhere when none was counted. */
function budgetOf(statements: readonly Statement[]): string {
  const key = statements.find(({ text }) => text.includes('spent_budgets'))?.values[0];
  return typeof key === 'string' ? key : 'no-budget';
}

/** Does something while the forum stands still, between two transactions: within one it would hold locks. */
async function asleep<Result>(forum: Forum, work: () => Promise<Result>): Promise<Result> {
  const pids = treeOf(forum.pid);
  const send = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of pids) process.kill(pid, signal);
  };
  try {
    await dropJobs(forum.store);
    do {
      send('SIGCONT');
      await settled();
      send('SIGSTOP');
      // What it had sent by then is still taken up.
      await settled();
    } while (await isWithinTransaction(forum.store));
    await forgetAftermath(forum.store);
    return await work();
  } finally {
    await dropJobs(forum.store);
    send('SIGCONT');
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

async function isWithinTransaction({ pool }: Store): Promise<boolean> {
  const { rows } = await pool.query(
    `select from pg_stat_activity where application_name = 'tokenwire' and state <> 'idle' limit 1`,
  );
  return rows.length > 0;
}

/** What others had to do is not to be done while something else is measured. */
async function dropJobs({ pool }: Store): Promise<void> {
  await pool.query('delete from graphile_worker._private_jobs where locked_at is null');
}

/**
 * As after a while in which everybody has read what they were told: the members who follow the popular topics would else
 * have more unread notices each round, and with a table that was empty when it was looked at last PostgreSQL plans badly.
 */
async function forgetAftermath(store: Store): Promise<void> {
  await dropJobs(store);
  await store.pool.query('delete from notifications');
  await store.pool.query('vacuum (analyze) notifications');
}
