// From nothing to answering, on a database that is running and migrated.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort, spawnForum } from '../../processes/forum-process.ts';
import { production, type Store } from '../measure/forum.ts';
import { median } from '../measure/measure.ts';
import { cpuOf } from '../measure/processes.ts';
import { ms } from '../measure/rounds.ts';
import type { Line } from '../report.ts';
import type { Scenario } from './scenario.ts';

interface Started {
  /** Milliseconds by the clock. */
  readonly wall: number;
  /** Milliseconds of processor time. */
  readonly cpu: number;
}

const TIMES = 5;

export const start: Scenario = async ({ store, trial, say }) => {
  const ours: Started[] = [];
  const several: Started[] = [];
  const bare: Started[] = [];
  for (let n = 0; n < (trial ? 1 : TIMES); n += 1) {
    ours.push(await timed(await forum(store, { WEB_CONCURRENCY: '1' }), ' is open at '));
    bare.push(await timed(bareStart(store), 'ready'));
    several.push(await timed(await forum(store), ' is open at '));
    say(
      `    ours ${ms(ours.at(-1)!.wall)}, yardstick ${ms(bare.at(-1)!.wall)}, several ${ms(several.at(-1)!.wall)}`,
    );
  }
  return [
    lineOf('start on a warm database, one process', ours, bare),
    lineOf('the same, a process for each core and one for jobs', several, bare),
  ];
};

function lineOf(what: string, ours: readonly Started[], bare: readonly Started[]): Line {
  const wall = (all: readonly Started[]) => median(all.map((each) => each.wall));
  const cpu = (all: readonly Started[]) => median(all.map((each) => each.cpu));
  return {
    what,
    ours: `${ms(wall(ours))} (${ms(cpu(ours))} of CPU)`,
    yardstick: `${ms(wall(bare))} (${ms(cpu(bare))} of CPU)`,
    ...{ ratio: wall(ours) / wall(bare), wanted: { atMost: 2 } },
    note: `by CPU ${(cpu(ours) / cpu(bare)).toFixed(2)}`,
  };
}

/** As `npm start` does, without what tests keep of compiled files. */
async function forum({ dataDir }: Store, env: Readonly<Record<string, string>> = {}) {
  return spawnForum(await freePort(), dataDir, { env: { ...production(), NODE_COMPILE_CACHE: '', ...env } });
}

function bareStart({ url }: Store) {
  const file = fileURLToPath(new URL('../yardsticks/bare-start.ts', import.meta.url));
  return spawn(process.execPath, [file], { env: { DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** From the moment before to the moment at which it says so; ends it then. */
async function timed(child: ReturnType<typeof spawnForum>, ready: string): Promise<Started> {
  const began = performance.now();
  let printed = '';
  const taken = await new Promise<Started>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes(ready))
        resolve({ wall: performance.now() - began, cpu: cpuOf([child.pid!]) * 1_000 });
    });
    child.once('exit', () => {
      reject(new Error(`It ended before it was ready:\n${printed}`));
    });
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.kill()) await gone;
  return taken;
}
