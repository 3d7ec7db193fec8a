// Reading from a streaming replica of the database, as long as it has everything that the primary had a moment ago (decision
// 025). Whatever it cannot answer, the primary does.
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Connection,
  type Database,
  openConnection,
  type PoolOptions,
  sqlState,
  statementLog,
} from './connection.ts';
import * as schema from './schema/index.ts';

/**
 * What was committed so many milliseconds before a request began is seen by it, or the primary is asked. It is the promise
 * of kept pages, too: what is hidden is gone from all processes after that.
 */
const BEHIND_AT_MOST_MS = 100;
/** Between two looks at how far the replica is, while anybody reads. */
const LOOK_EVERY_MS = 40;
const LOOK_AGAIN_MS = 10;

interface Position {
  readonly lsn: string;
  readonly timeline: number;
  readonly system: string;
}
/** Not what is flushed: where commits are not waited for, they are seen before that. */
const POSITION = `select pg_current_wal_insert_lsn()::text as lsn, (pg_control_system()).system_identifier::text as system,
  ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer as timeline`;
/** After a failover, a replica that still follows the old primary may be further, and yet know nothing of the new one. */
const REACHED = `select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::pg_lsn
  and (pg_control_checkpoint()).timeline_id = $2 and (pg_control_system()).system_identifier::text = $3 as there`;

export interface Replica {
  /** Where to read now: the replica, or the primary while that is away or behind. To be asked once for each request. */
  reader(): Database;
  close(): Promise<void>;
}

export interface ReplicaOptions extends PoolOptions {
  /** Told once when the replica cannot be read from any more, and once when it can again. */
  readonly say: (text: string) => void;
}

/** @param primary the connection whose database `url` is a replica of; what it changes is read from it until it is there. */
export function openReplica(url: string, primary: Connection, options: ReplicaOptions): Replica {
  const { say } = options;
  const replica = openConnection(url, options);
  const { pool } = replica;
  const mistrust = () => {
    freshUntil = -Infinity;
  };
  const db = drizzle(answeringPool(pool, primary.pool, mistrust), {
    schema,
    casing: 'snake_case',
    logger: statementLog,
  });
  db.transaction = async (work, config) => {
    try {
      return await replica.db.transaction(work, config);
    } catch (error) {
      if (!isTrouble(error)) throw error;
      mistrust();
      return primary.db.transaction(work, config);
    }
  };
  let freshUntil = -Infinity;
  let changedAt = -Infinity;
  let lookedAt = -Infinity;
  let looking = false;
  let saidAway = false;
  primary.onPageChanges(() => {
    changedAt = performance.now();
    freshUntil = -Infinity;
  });

  /** Both sides are asked anew each time: the replica has all that the primary had when the look began, or it does not count. */
  async function look(): Promise<void> {
    const began = performance.now();
    const { rows: primaries } = await primary.pool.query<Position>(POSITION);
    const [now] = primaries;
    do {
      const { rows } = await pool.query<{ there: boolean | null }>(REACHED, [
        now?.lsn,
        now?.timeline,
        now?.system,
      ]);
      if (rows[0]?.there === true) {
        if (began > changedAt) freshUntil = began + BEHIND_AT_MOST_MS;
        if (saidAway) say('The replica of DATABASE_READ_URL is read from again.');
        saidAway = false;
        return;
      }
      await sleep(LOOK_AGAIN_MS);
    } while (performance.now() - began < BEHIND_AT_MOST_MS);
    away(`it is more than ${BEHIND_AT_MOST_MS} ms behind, or no replica`);
  }

  function away(because: string): void {
    if (!saidAway) say(`The replica of DATABASE_READ_URL is not read from: ${because}. The primary answers.`);
    saidAway = true;
  }

  return {
    reader() {
      const now = performance.now();
      if (!looking && now - lookedAt >= LOOK_EVERY_MS) {
        looking = true;
        lookedAt = now;
        void look()
          .catch((error: unknown) => away((error as Error).message))
          .finally(() => (looking = false));
      }
      return now < freshUntil ? db : primary.db;
    },
    close: () => pool.end(),
  };
}

/**
 * The replica's pool for statements that only read: one that the replica cannot answer, since it is gone or is just replaying
 * what the statement needs, is answered by the primary.
 */
function answeringPool(replica: pg.Pool, primary: pg.Pool, mistrust: () => void): pg.Pool {
  const query = async (asked: pg.QueryConfig, values?: unknown[]) => {
    try {
      return await replica.query(asked, values);
    } catch (error) {
      if (!isTrouble(error)) throw error;
      mistrust();
      return primary.query(asked, values);
    }
  };
  return Object.create(replica, { query: { value: query } }) as pg.Pool;
}

/**
 * Of the replica (conflicts with what it replays, connections, resources, being ended), not of the statement: that would be
 * wrong on the primary, too, and one that writes must not come to do so. A statement that took too long is not repeated.
 */
function isTrouble(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || /^(40|53|08|57P0)/.test(state);
}
