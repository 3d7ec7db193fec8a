// The way to the database: one pool, drizzle over it, and the two types queries and commands take.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle, type NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect, type PgTransactionConfig } from 'drizzle-orm/pg-core';
import pg from 'pg';
import {
  type PageChange,
  type PageChangeListener,
  PageChangeRecord,
  type PageTeller,
  recordChangesOf,
  tellChangesOf,
  tellPages,
  tells,
  writeChanges,
  writesWhatIsSeen,
} from './page-changes.ts';
import { nameStatements } from './named-statements.ts';
import * as schema from './schema/index.ts';
import { sendTogether } from './sent-together.ts';

type Schema = ExtractTablesWithRelations<typeof schema>;
export type Database = NodePgDatabase<typeof schema>;
/** A running transaction: what every command takes, so that it cannot run half inside and half outside one. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];
/** What every query takes: the pool, or the transaction that must see its own writes. */
export type Reader = Database | Tx;

export interface Connection {
  readonly db: Database;
  readonly pool: pg.Pool;
  /** Names this connection in what it tells others of changed pages. */
  readonly toldBy: string;
  /**
   * Calls `listener` with what each transaction of this connection changed, once it is committed and before its caller goes on.
   * @returns what ends it
   */
  onPageChanges(listener: PageChangeListener): () => void;
  close(): Promise<void>;
}

export interface QueryTally {
  queries: number;
}
/** Counts the statements of whatever runs inside it: Server-Timing in development, budgets in tests. */
export const queryTally = new AsyncLocalStorage<QueryTally | undefined>();

export interface PoolOptions {
  readonly max: number;
  /** Told of connections that break, idle or in use; the next query takes a new one. */
  readonly onTrouble: (error: Error) => void;
  /** How long a caller waits for a free connection, in milliseconds. */
  readonly patience?: number;
  /** How long a statement may run, waiting for locks included, in milliseconds. */
  readonly longestStatement?: number;
  /** For work that is done again when it breaks off, and that may take its time: see `BULK`. */
  readonly bulk?: boolean;
  /** Statements may run on another connection than the one before: see nameStatements. */
  readonly behindPooler?: boolean;
}

/** In milliseconds. A statement that runs longer is a fault of ours; without a limit it would hold its connection for good. */
const LONGEST_STATEMENT = 15_000;
// Compiling a statement (jit, on where a server's own settings say nothing) takes longer than these run, as the planner's
// guesses are high. What a forum reads is in memory or on a disk without a head to move, where one page costs about what the
// next one does: by its default (4) PostgreSQL reads a whole table of tags to find two by their ids.
export const PLANNER = '-c jit=off -c random_page_cost=1.1';
const serving = (longest: number) => ({
  options: `${PLANNER} -c statement_timeout=${longest} -c idle_in_transaction_session_timeout=${2 * longest} -c timezone=UTC`,
  // A database that is frozen, or behind a network that swallows everything, cannot say even that much.
  query_timeout: longest + 1_000,
  // Statements that are asked for at once are sent at once; each waits in the database until the one before it is done.
  pipeline: true,
});
const BULK = { options: '-c statement_timeout=0 -c synchronous_commit=off -c timezone=UTC' };

/** A pool whose broken connections do not end the process. */
export function openPool(
  url: string,
  {
    max,
    onTrouble,
    patience = 10_000,
    longestStatement = LONGEST_STATEMENT,
    bulk = false,
    behindPooler = false,
  }: PoolOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'tokenwire',
    connectionTimeoutMillis: patience,
    ...(bulk ? BULK : serving(longestStatement)),
  });
  pool.on('error', onTrouble);
  pool.on('connect', (client) => {
    client.on('error', onTrouble);
    nameStatements(client, !behindPooler);
    sendTogether(client);
  });
  return pool;
}

/** Counts statements into the tally of whatever runs them. */
export const statementLog = {
  logQuery(): void {
    const tally = queryTally.getStore();
    if (tally) tally.queries += 1;
  },
};

/** Opens a pool on `url`, with drizzle over it. */
export function openConnection(url: string, options: PoolOptions): Connection {
  const pool = openPool(url, options);
  const toldBy = randomUUID();
  const listeners = new Set<PageChangeListener>();
  const tell = (changes: readonly PageChange[]) => {
    if (changes.length > 0) for (const listener of listeners) listener(changes);
  };
  const dialect = new PgDialect({ casing: 'snake_case' });
  const run = <Result>(work: Work<Result>, config?: PgTransactionConfig) =>
    transact(pool, dialect, work, config, { toldBy, tell });
  const db = drizzle(tellingPool(pool, run), { schema, casing: 'snake_case', logger: statementLog });
  // drizzle's own keeps the client of a transaction that could not even begin, and a pool has only so many.
  db.transaction = (work, config) => run(work, config);
  tellChangesOf(db, { toldBy, tell });
  return {
    db,
    pool,
    toldBy,
    onPageChanges(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => pool.end(),
  };
}

type Work<Result> = (tx: Tx, client: pg.PoolClient) => Promise<Result>;

/** The pool as statements outside of transactions see it: one that writes what visitors see is told of as transactions are. */
function tellingPool(pool: pg.Pool, run: (work: Work<pg.QueryResult>) => Promise<pg.QueryResult>): pg.Pool {
  const query = (asked: pg.QueryConfig, values?: unknown[]) => {
    if (!writesWhatIsSeen(asked.text) || tells(asked.text)) return pool.query(asked, values);
    return run((tx, client) => {
      tellPages(tx, { effect: 'everything' });
      return client.query(asked, values);
    });
  };
  return Object.create(pool, { query: { value: query } }) as pg.Pool;
}

/** Runs a transaction on a client of the pool, and gives it back however it ends: a broken one is thrown away. */
async function transact<Result>(
  pool: pg.Pool,
  dialect: PgDialect,
  work: Work<Result>,
  config: PgTransactionConfig | undefined,
  { toldBy, tell }: PageTeller,
): Promise<Result> {
  const client = await pool.connect();
  const record = new PageChangeRecord();
  let changes: readonly PageChange[] = [];
  let fault: { readonly error: unknown } | undefined;
  let telling: Promise<void> | undefined;
  let isBroken = false;
  try {
    const session = new NodePgSession<typeof schema, Schema>(client, dialect, undefined, {
      logger: {
        logQuery(statement) {
          statementLog.logQuery();
          record.note(statement);
        },
      },
    });
    const result = await session.transaction(async (tx) => {
      try {
        recordChangesOf(tx, record);
        const made = await work(tx, client);
        changes = record.changes;
        // On its way together with the commit, which undoes everything if this went wrong.
        telling = writeChanges(tx, changes, toldBy);
        telling.catch(() => undefined);
        return made;
      } catch (error) {
        fault = { error };
        throw error;
      }
    }, config);
    await telling?.catch((error: unknown) => {
      fault = { error };
      throw error;
    });
    tell(changes);
    return result;
  } catch (error) {
    // What begin, commit or rollback say is of the connection; what went wrong first is what the caller wants to know.
    isBroken = error !== fault?.error;
    // A commit that was not answered may have happened.
    if (isBroken) tell(changes);
    throw fault ? fault.error : error;
  } finally {
    client.release(isBroken);
  }
}

/** SQLSTATE of a database error, wherever it is wrapped; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof pg.DatabaseError) return current.code;
  }
  return undefined;
}
