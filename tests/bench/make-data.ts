// `npm run bench:data -- --posts 1000000`: fills an empty database with made-up discussions, to measure on.
import { parseArgs } from 'node:util';
import { ConfigError } from '../../src/config.ts';
import { causeOf } from '../../src/database.ts';
import { generate, type Order } from './made-up/generate.ts';

const LEAST = 2_000;
const USAGE = `Usage: npm run bench:data -- [--posts N] [--seed N] [--until YYYY-MM-DD]
  --posts  topics and replies together (1000000); there are twenty times fewer topics, ten times fewer members
  --seed   another number makes another forum (1)
  --until  the day before which all was written (today)
Fills the database of DATABASE_URL, or the embedded one in DATA_DIR, which must be empty.`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** @returns undefined when only help was asked for. @throws Error with a sentence for who gave the order */
function readOrder(): Order | undefined {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const options = {
    posts: text('1000000'),
    seed: text('1'),
    until: text(new Date().toISOString().slice(0, 10)),
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return undefined;
  const order = { posts: Number(values.posts), seed: Number(values.seed), until: new Date(values.until) };
  if (!Number.isSafeInteger(order.posts) || order.posts < LEAST)
    throw new Error(`--posts ${values.posts}: at least ${LEAST}.`);
  if (!Number.isSafeInteger(order.seed)) throw new Error(`--seed ${values.seed}: a number.`);
  if (Number.isNaN(order.until.getTime())) throw new Error(`--until ${values.until}: a day as 2026-04-03.`);
  return order;
}

try {
  const order = readOrder();
  if (order) await generate(order, process.env, say);
  else say(USAGE);
} catch (error) {
  process.exitCode = 1;
  const isOurs =
    error instanceof ConfigError || (error instanceof Error && !('code' in error) && !error.cause);
  process.stderr.write(`${isOurs ? error.message : causeOf(error)}\n${USAGE}\n`);
}
