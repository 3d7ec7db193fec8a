// `npm run import -- FILE…`: brings what another forum exported into this one. The forum may run meanwhile.
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from './config.ts';
import { openDatabase, prepareDatabase, troubleOf } from './database.ts';
import { openConnection, openPool } from './db/connection.ts';
import {
  FileFault,
  type ImportFile,
  importFiles,
  ImportRefused,
  type ImportReport,
  openFiles,
  reportTo,
} from './features/importing/index.ts';
import { systemClock } from './lib/clock.ts';
import { startMarkdownRenderer } from './lib/markdown/index.ts';

const USAGE = `Usage: npm run import -- FILE…
       npm run import -- --from reddit [--section SLUG] FILE…
  FILE       as npm run export writes it (docs/format.md), gzip or not
  --from     reddit: an archive of Reddit, a discussion with its comments a line
  --section  where topics go that bring no section; without it the first one
Run it again after an interruption: what is there already stays as it is.
Ends with 0 when everything came in, 1 when lines were left out, 2 when nothing could be read, 130 when interrupted.`;

/** Any constant will do, as long as all versions share it. */
const IMPORT_LOCK = 7_460_252;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Order {
  readonly files: readonly ImportFile[];
  readonly from: 'reddit' | undefined;
  readonly section: string | undefined;
}

/** @returns undefined when it was not understood. @throws FileFault */
async function readOrder(): Promise<Order | undefined> {
  const options = {
    from: { type: 'string' },
    section: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { from, section, help } = values;
  if (help || positionals.length === 0 || (from !== undefined && from !== 'reddit')) return undefined;
  return { files: await openFiles(positionals), from, section };
}

async function bringIn({ files, from, section }: Order, report: ImportReport): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase(config, say);
  const connection = openConnection(database.directUrl, {
    max: 3,
    onTrouble: troubleOf(say),
    bulk: true,
  });
  const markdown = startMarkdownRenderer();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    await prepareDatabase(database, say);
    const lock = await connection.pool.connect();
    const { rows } = await lock.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      IMPORT_LOCK,
    ]);
    if (!rows[0]?.locked) throw new ImportRefused('Another import is running. Wait for its end, or end it.');
    const options = { from, section, now: systemClock.now(), signal: stop.signal };
    report.start(files);
    await importFiles({ db: connection.db, markdown, config }, files, options, report.listener);
    lock.release();
    report.end(stop.signal.aborted);
    await analyze(database.ownerUrl);
  } finally {
    report.close();
    await markdown.close();
    await connection.close();
    await database.release();
  }
}

/** The planner learns of the new rows now, and not when the database finds time for it. */
async function analyze(ownerUrl: string): Promise<void> {
  const pool = openPool(ownerUrl, { max: 1, onTrouble: troubleOf(say), bulk: true });
  await pool.query('analyze');
  await pool.end();
}

async function main(): Promise<number> {
  const order = await readOrder();
  if (!order) {
    say(USAGE);
    return 2;
  }
  const report = reportTo(systemClock, process.stdout, process.stderr);
  await bringIn(order, report);
  return report.exitCode();
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  },
);

/** What the person at the terminal can do something about is said in a sentence; anything else with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = [ConfigError, FileFault, ImportRefused].some((kind) => error instanceof kind);
  if (known) return error.message;
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return `${error.message}\n${USAGE}`;
  return `The import broke off: ${error.stack}\nWhat was imported stays. Run the same command again to go on.`;
}
