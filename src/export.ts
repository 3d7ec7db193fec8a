// `npm run export -- [FILE]`: the whole forum as one file (docs/format.md). The forum may run meanwhile.
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from './config.ts';
import { causeOf, openDatabase, troubleOf } from './database.ts';
import { openConnection, sqlState } from './db/connection.ts';
import { ForumWithoutSettings } from './db/origin-keys.ts';
import {
  checkPlace,
  type ExportCounts,
  exportForum,
  FolderFault,
  writeFile,
} from './features/exporting/index.ts';
import { systemClock } from './lib/clock.ts';

const USAGE = `Usage: npm run export -- [FILE]
  FILE  where to; with .gz at its end it is compressed. Without it export-YYYY-MM-DD.jsonl
The file holds e-mail addresses, password hashes and votes: keep it as you keep the database.`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const number = new Intl.NumberFormat('en');

function summary(path: string, bytes: number, { members, topics, replies, leftOut }: ExportCounts): string {
  const held = `${number.format(topics)} topics with ${number.format(replies)} replies, ${number.format(members)} members`;
  const missing = `Not in it: settings, notifications, the log of decisions that are over, ${number.format(leftOut.flags)} flags, ${number.format(leftOut.sanctions)} sanctions.`;
  return `Exported ${held} to ${path} (${number.format(Math.ceil(bytes / 1024))} KB).\n${missing}`;
}

/** An order that cannot be carried out: a sentence for who gave it. */
class OrderFault extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (positionals.length > 1) throw new OrderFault('Name one file.');
  const path = positionals[0] ?? `export-${systemClock.now().toISOString().slice(0, 10)}.jsonl`;
  await checkPlace(path);
  const database = await openDatabase(readConfig(process.env), say);
  const connection = openConnection(database.directUrl, { max: 1, onTrouble: troubleOf(say) });
  // Ended by its own hand, it takes the unfinished file away.
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    let bytes = 0;
    const counts = await exportForum(connection.db, async (lines) => {
      bytes = await writeFile(path, lines, stop.signal);
    });
    say(summary(path, bytes, counts));
    return 0;
  } finally {
    await connection.close();
    await database.release();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = isAbort(error)
      ? 130
      : error instanceof OrderFault || error instanceof FolderFault
        ? 2
        : 1;
  },
);

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function explain(error: unknown): string {
  // No table, or a column that it has not yet.
  const notYet = ['42P01', '42703'].includes(sqlState(error) ?? '') || error instanceof ForumWithoutSettings;
  if (notYet) return 'There is no forum in this database yet, or an older one: start it once.';
  if (error instanceof ConfigError) return error.message;
  if (isAbort(error)) return 'Interrupted. Nothing was written.';
  if (error instanceof FolderFault) return error.message;
  const parsing =
    error instanceof OrderFault ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  return parsing ? `${error.message}\n${USAGE}` : `The export broke off. ${causeOf(error)}`;
}
