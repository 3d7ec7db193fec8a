// What every scenario is given.
import type { Generator, Subject } from '../measure/measure.ts';
import { type Forum, openForum, type Store } from '../measure/forum.ts';
import type { Rounds } from '../measure/rounds.ts';
import type { Line } from '../report.ts';

export interface Bench extends Rounds {
  /** The forum of a million posts; the small one when only that is there. */
  readonly store: Store;
  /** The forum of ten thousand posts. */
  readonly smallStore: Store;
  readonly generator: Generator;
  readonly seconds: number;
  readonly connections: number;
  /** Requests a second of the mix. */
  readonly rate: number;
  /** Only to see that everything runs: of many alike, a few. */
  readonly trial: boolean;
  /** How long the mix goes on when memory is watched. */
  readonly minutes: number;
}

export type Scenario = (bench: Bench) => Promise<readonly Line[]>;

export type Env = Readonly<Record<string, string>>;

/** Every page made anew for every request. */
export const UNCACHED: Env = { PAGE_CACHE: 'off' };

/** Runs something beside a forum that is started for it. */
export async function withForum<Result>(
  store: Store,
  env: Env,
  run: (forum: Forum, subject: Subject) => Promise<Result>,
): Promise<Result> {
  const forum = await openForum(store, env);
  try {
    return await run(forum, subjectOf(forum));
  } finally {
    await forum.stop();
  }
}

function subjectOf(forum: Forum): Subject {
  return {
    url: forum.url,
    pids: [forum.pid, forum.store.postmaster],
    loopDelay: () => forum.loopDelay(),
    memory: () => forum.memory(),
  };
}
