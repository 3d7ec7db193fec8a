// `npm run doctor -- --recount`: compares the forum's counters with the rows they count. With --repair it makes them
// right. It does not migrate and starts no forum; one that runs may go on meanwhile.
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { ConfigError, readConfig } from './config.ts';
import { openDatabase, troubleOf } from './database.ts';
import { openConnection, type Database } from './db/connection.ts';
import { findCounterFaults, lockCounters, repairCounters } from './features/threads/index.ts';

const USAGE = `Usage: npm run doctor -- --recount [--repair]
  --recount  compare scores, reply counts, ranks and the like with the rows they count
  --repair   and put right those that differ; writing waits until it is done
Ends with 1 when something differs and was not repaired.`;

/** More differences than this are a number, not a list. */
const MOST_LINES = 50;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Compares, and repairs when told to. @returns how many counters were wrong */
async function recount(db: Database, repair: boolean): Promise<number> {
  const faults = await db.transaction(
    async (tx) => {
      // A large forum takes longer to count than any page may.
      await tx.execute(sql`set local statement_timeout = 0`);
      if (repair) await lockCounters(tx);
      const found = await findCounterFaults(tx);
      if (repair && found.length > 0) await repairCounters(tx);
      return found;
    },
    // One snapshot for all counters, unless the locks keep them still.
    repair ? undefined : { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  for (const { counter, id, stored, counted } of faults.slice(0, MOST_LINES)) {
    say(`${counter} of ${id} is ${stored}; the rows say ${counted}`);
  }
  if (faults.length > MOST_LINES) say(`… and ${faults.length - MOST_LINES} more`);
  return faults.length;
}

async function examine(repair: boolean): Promise<boolean> {
  const config = readConfig(process.env);
  const database = await openDatabase(config, say);
  const connection = openConnection(database.directUrl, { max: 1, onTrouble: troubleOf(say) });
  try {
    const wrong = await recount(connection.db, repair);
    const counters = wrong === 1 ? '1 counter' : `${wrong} counters`;
    if (wrong === 0) say('All counters are what the rows say.');
    else say(repair ? `Repaired ${counters}.` : `${counters} not as the rows say. --repair puts them right.`);
    return wrong === 0 || repair;
  } finally {
    await connection.close();
    await database.release();
  }
}

async function main(): Promise<number> {
  const options = { recount: { type: 'boolean' }, repair: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options });
  if (!values.recount) {
    say(USAGE);
    return 2;
  }
  return (await examine(values.repair ?? false)) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof ConfigError || (error instanceof Error && 'code' in error);
    process.stderr.write(
      `${error instanceof Error ? (known ? error.message : error.stack) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
