// `npm run bench`: how fast the forum is, against yardsticks that do only what cannot be left out (docs/practices/performance.md).
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generate, MARK } from './made-up/generate.ts';
import { openStore } from './measure/forum.ts';
import { Generator } from './measure/measure.ts';
import { type Line, table } from './report.ts';
import { largeTopic } from './scenarios/large-topic.ts';
import { memory } from './scenarios/memory.ts';
import { member } from './scenarios/member.ts';
import { mix } from './scenarios/mix.ts';
import type { Bench, Scenario } from './scenarios/scenario.ts';
import { size } from './scenarios/size.ts';
import { start } from './scenarios/start.ts';
import { visitor } from './scenarios/visitor.ts';
import { votes } from './scenarios/votes.ts';
import { workers } from './scenarios/workers.ts';
import { write } from './scenarios/write.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...{ visitor, member, write, mix, size, 'large-topic': largeTopic, workers, votes, start, memory },
};

const USAGE = `Usage: npm run bench -- [SCENARIO …] [options]
  scenarios      ${Object.keys(SCENARIOS).join(' ')} (all)
  --data DIR     where the generated forums are, 10k and 1m; what is missing is generated (./data/bench)
  --small        ten thousand posts only, a second each, one round: to see that it runs
  --seconds N    of each measurement (8)
  --rounds N     how often each is made, in turns (3)
  --repeats N    how often one is made again while others keep the machine busy (3)
  --connections N  (16)
  --rate N       requests a second of the mix (500)
  --minutes N    how long memory is watched (60)`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const number = (value: string) => ({ type: 'string', default: value }) as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'data/bench' },
    small: { type: 'boolean', default: false },
    ...{ seconds: number('8'), rounds: number('3'), repeats: number('3') },
    ...{ connections: number('16'), rate: number('500'), minutes: number('60') },
    help: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(SCENARIOS);

if (values.help || names.some((name) => !(name in SCENARIOS))) say(USAGE);
else await run();

async function run(): Promise<void> {
  const smallStore = await openStore(await generated('10k', 10_000), say);
  const store = values.small ? smallStore : await openStore(await generated('1m', 1_000_000), say);
  const generator = new Generator();
  const lines: Line[] = [];
  const failures: string[] = [];
  try {
    for (const name of names) {
      say(name);
      lines.push(...(await SCENARIOS[name]!({ store, smallStore, generator, say, failures, ...settings() })));
    }
  } finally {
    generator.stop();
    await smallStore.close();
    if (store !== smallStore) await store.close();
  }
  say(`\n${table(lines)}`);
  if (failures.length === 0) return;
  say(`\nAnswered wrongly:\n${failures.join('\n')}`);
  process.exitCode = 1;
}

function settings(): Omit<Bench, 'store' | 'smallStore' | 'generator' | 'say' | 'failures'> {
  const { seconds, rounds, repeats, connections, rate, minutes } = values;
  const given = { connections: Number(connections), rate: Number(rate), minutes: Number(minutes) };
  return values.small
    ? { ...given, trial: true, seconds: 1, rounds: 1, repeats: 0, rate: 50, minutes: 0.05 }
    : { ...given, trial: false, seconds: Number(seconds), rounds: Number(rounds), repeats: Number(repeats) };
}

/** @returns the data folder of a forum of so many posts, which is generated where there is none yet */
async function generated(name: string, posts: number): Promise<string> {
  const dataDir = resolve(values.data, name);
  if (existsSync(join(dataDir, MARK))) return realpathSync(dataDir);
  say(`Generating ${posts} posts into ${dataDir}`);
  const until = new Date(new Date().toISOString().slice(0, 10));
  await generate({ posts, seed: 1, until }, { DATA_DIR: dataDir }, say);
  return dataDir;
}
