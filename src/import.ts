// `npm run import -- FILE…`: brings what another forum exported into this one. The forum may run meanwhile.
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from './config.ts';
import { causeOf, openDatabase, prepareDatabase, troubleOf } from './database.ts';
import { type Connection, openConnection, openPool } from './db/connection.ts';
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
Ends with 0 when everything came in, 1 when lines or files were left out, 2 when it could not begin, 130 when interrupted.`;

/** Any constant will do, as long as all versions share it. */
const IMPORT_LOCK = 7_460_253;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Order {
  readonly files: readonly ImportFile[];
  readonly from: 'reddit' | undefined;
  readonly section: string | undefined;
}

/** An order that cannot be carried out: a sentence for who gave it. */
class OrderFault extends Error {}

/** @returns undefined when only help was asked for. @throws OrderFault, FileFault */
async function readOrder(): Promise<Order | undefined> {
  const options = {
    from: { type: 'string' },
    section: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { from, section, help } = values;
  if (help) return undefined;
  if (from !== undefined && from !== 'reddit')
    throw new OrderFault(`--from ${from}: there is only reddit. Tokenwire's own files need no --from.`);
  if (section !== undefined && from === undefined)
    throw new OrderFault("--section goes with --from: Tokenwire's own files say where each topic belongs.");
  if (positionals.length === 0) throw new OrderFault('Name a file to import.');
  return { files: await openFiles(positionals), from, section };
}

async function bringIn({ files, from, section }: Order, report: ImportReport): Promise<void> {
  const config = readConfig(process.env);
  const database = await openDatabase(config, say);
  const onTrouble = troubleOf(say);
  const connection = openConnection(database.directUrl, { max: 4, onTrouble, bulk: true });
  const markdown = startMarkdownRenderer();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  try {
    await prepareDatabase(database, say);
    const options = { from, section, now: systemClock.now(), signal: stop.signal };
    await alone(connection.pool, async () => {
      report.start(files);
      await importFiles({ db: connection.db, markdown, config }, files, options, report.listener);
    });
    report.end(stop.signal.aborted);
    await analyze(database.ownerUrl);
  } finally {
    report.close();
    await markdown.close();
    await connection.close();
    await database.release();
  }
}

/**
 * Imports while nobody else does. The lock lives on a connection: when that is lost, the database was, and with it
 * commits that nobody waited for.
 * @throws ImportRefused when somebody else imports; DatabaseLost
 */
async function alone(pool: Connection['pool'], work: () => Promise<void>): Promise<void> {
  const lock = await pool.connect();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  lock.on('end', () => lost.reject(new DatabaseLost()));
  try {
    const { rows } = await lock.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      IMPORT_LOCK,
    ]);
    if (!rows[0]?.locked) throw new ImportRefused('Another import is running. Wait for its end, or end it.');
    await Promise.race([work(), lost.promise]);
  } finally {
    // The lock ends with its connection, and the pool does not end before it has it back.
    lock.release(true);
  }
}

class DatabaseLost extends Error {
  constructor() {
    super('The connection to the database was lost.');
  }
}

/** The planner learns of the new rows now, and not when the database finds time for it; without it all is well, too. */
async function analyze(ownerUrl: string): Promise<void> {
  const pool = openPool(ownerUrl, { max: 1, onTrouble: troubleOf(say), bulk: true });
  await pool.query('analyze').catch(() => undefined);
  await pool.end();
}

async function main(): Promise<number> {
  const order = await readOrder();
  if (!order) {
    say(USAGE);
    return 0;
  }
  const report = reportTo(systemClock, process.stdout, process.stderr);
  await bringIn(order, report);
  return report.exitCode();
}

// Whatever ends the process before the import says how it went has gone wrong.
process.exitCode = 2;
main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
  },
);

function explain(error: unknown): string {
  const known = [ConfigError, FileFault, ImportRefused].some((kind) => error instanceof kind);
  if (known && error instanceof Error) return error.message;
  const parsing =
    error instanceof OrderFault ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  if (parsing) return `${error.message}\n${USAGE}`;
  return `The import broke off. ${causeOf(error)}\nWhat was imported stays. Run the same command again to go on.`;
}
