// A pool has only so many clients: a transaction that goes wrong gives its own back.
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { openConnection } from '../../src/db/connection.ts';
import { cloneDatabase } from '../support/database.ts';
import { expect, test } from '../support/forum.ts';

const ONE_CLIENT = { max: 1, onTrouble: () => undefined, patience: 2_000 };

/** Lets one statement of the pool's client fail, as when the database goes away at that moment. */
async function failAt(pool: pg.Pool, statement: string): Promise<void> {
  const client = await pool.connect();
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const failing = (...given: unknown[]): unknown => {
    const [first] = given as [string | { readonly text: string }];
    const text = typeof first === 'string' ? first : first.text;
    return text.startsWith(statement) ? Promise.reject(new Error('gone')) : query(...given);
  };
  Object.assign(client, { query: failing });
  client.release();
}

test.for(['begin', 'commit', 'rollback'])('a failed %s keeps no client', async (statement) => {
  const connection = openConnection(await cloneDatabase(`tokenwire_connection_${process.pid}`), ONE_CLIENT);
  const { db, pool } = connection;
  await failAt(pool, statement);
  const failing = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    if (statement === 'rollback') throw new Error('what went wrong first');
  });
  await expect(failing).rejects.toThrow(
    statement === 'rollback' ? 'what went wrong first' : `Failed query: ${statement}`,
  );
  const { rows } = await db.transaction((tx) => tx.execute(sql`select 2 as n`));
  expect(rows).toEqual([{ n: 2 }]);
  await connection.close();
});
