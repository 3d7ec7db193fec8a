// The process that is started: database, migrations, first run; then it does everything itself, or keeps several processes
// that do. `npm start` needs nothing else on the machine.
import closeWithGrace from 'close-with-grace';
import { type Config, readConfig } from './config.ts';
import { type DatabaseAddresses, openDatabase, prepareDatabase } from './database.ts';
import { startProcesses } from './processes.ts';
import type { OpenResources } from './resources.ts';
import { explain, GRACE_MS } from './start-faults.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function start(): Promise<void> {
  const config = readConfig(process.env);
  if (config.production && !config.databaseUrl) {
    say(
      'DATABASE_URL is not set: the forum runs on its embedded PostgreSQL. That is for trying and for small forums; see docs/operating.md.',
    );
  }
  const database = await openDatabase(config, say);
  await prepareDatabase(database, say);
  if (config.webProcesses > 1) await runSeveral(config, database);
  else await runAlone(config, database);
}

/** Everything in this process. */
async function runAlone(config: Config, database: DatabaseAddresses): Promise<void> {
  const opened = await openWithDemonstration(config, database);
  const { beginDuties } = await import('./duties.ts');
  const onDuty = await beginDuties(opened, { web: config.webProcesses > 0, jobs: config.jobs });
  closeWithGrace({ delay: GRACE_MS }, async ({ err }) => {
    if (err) onDuty.log.fatal({ err }, 'the process ends because of a fault');
    await onDuty.stop();
    await opened.close();
    await database.release();
  });
  // Whoever reads this may end it at once.
  say(onDuty.announcement);
}

/** This process only keeps the others, and so stays small: it loads nothing of what they do. */
async function runSeveral(config: Config, database: DatabaseAddresses): Promise<void> {
  if (!config.production) await (await openWithDemonstration(config, database)).close();
  // glibc's allocator keeps what was freed: a store for each thread that compresses, and in it blocks as large as the largest that
  // was ever freed. So two stores, and only blocks that it takes small from the first on (its own default, which setting it fixes);
  // others know no such variables. https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
  process.env.MALLOC_ARENA_MAX ??= '2';
  process.env.MALLOC_MMAP_THRESHOLD_ ??= '131072';
  const processes = await startProcesses(config, say);
  // They have their grace, and are ended after it.
  closeWithGrace({ delay: GRACE_MS + 1_000 }, async ({ err }) => {
    if (err) say(explain(err));
    await processes.stop();
    await database.release();
  });
  say(processes.announcement);
}

/** On an empty database in development: a forum to look at. Its modules are loaded only then. */
async function openWithDemonstration(config: Config, database: DatabaseAddresses): Promise<OpenResources> {
  const { openResources } = await import('./resources.ts');
  const opened = openResources({ config, database, say });
  if (config.production) return opened;
  const { services } = opened;
  const { installDemonstration, isEmptyForum } = await import('./features/demonstration/index.ts');
  if (!(await isEmptyForum(services.db))) return opened;
  say('The database is empty: loading a demonstration forum.');
  const accounts = await installDemonstration(services);
  // Another process that started at the same moment has loaded it, and shown them.
  if (accounts.length === 0) return opened;
  const widest = Math.max(...accounts.map(({ name }) => name.length));
  say(
    `\nLog in as one of these (the passwords are random and shown only now):\n${accounts.map(({ name, role, password }) => `  ${name.padEnd(widest)}  ${password}  ${role}`).join('\n')}`,
  );
  return opened;
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
