// A pool has only so many clients: a transaction that goes wrong gives its own back.
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { openConnection } from '../../src/db/connection.ts';
import { tellPages } from '../../src/db/page-changes.ts';
import type { TopicId } from '../../src/domain/ids.ts';
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

test('statements that are asked for at once are done one after the other, and the first that fails is told', async () => {
  const connection = openConnection(await cloneDatabase(`tokenwire_connection_${process.pid}`), ONE_CLIENT);
  const { db } = connection;
  const atOnce = (last: string) =>
    db.transaction((tx) =>
      Promise.all(
        ['create table made (n int)', 'insert into made values (1)', last, 'select n from made'].map(
          (statement) => tx.execute<{ n: number }>(sql.raw(statement)),
        ),
      ),
    );
  await expect(atOnce('select 1 / 0')).rejects.toMatchObject({ cause: { code: '22012' } });
  const done = await atOnce('update made set n = n + 1');
  expect(done.at(-1)?.rows).toEqual([{ n: 2 }]);
  await connection.close();
});

test('a transaction whose changes of pages cannot be told is rolled back, and told to nobody', async () => {
  const connection = openConnection(await cloneDatabase(`tokenwire_connection_${process.pid}`), ONE_CLIENT);
  const { db } = connection;
  const told: unknown[] = [];
  connection.onPageChanges((changes) => told.push(changes));
  const untold = db.transaction(async (tx) => {
    await tx.execute(sql`create table made (n int)`);
    tellPages(tx, { effect: 'grown', topicId: Number.NaN as TopicId });
  });
  await expect(untold).rejects.toThrow('page_changes');
  const { rows } = await db.execute(sql`select to_regclass('made') as made`);
  expect(rows).toEqual([{ made: null }]);
  expect(told).toEqual([]);
  await connection.close();
});
