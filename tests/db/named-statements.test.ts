// Named statements are planned once a connection, whoever asks; behind a pooler nothing stays on a connection.
import { eq, sql } from 'drizzle-orm';
import { type Connection, openConnection, type Reader } from '../../src/db/connection.ts';
import { writtenOnce } from '../../src/db/named-statements.ts';
import { members } from '../../src/db/schema/index.ts';
import { cloneDatabase } from '../support/database.ts';
import { expect, test } from '../support/forum.ts';

async function namesAfterAsking({ db, pool }: Connection): Promise<string[]> {
  for (const id of [1, 2, 3]) {
    const ids = db.select({ id: members.id }).from(members);
    await ids
      .where(sql`${members.id} = ${id}`)
      .prepare('asked')
      .execute();
    // Another text under the same name, and again in a transaction on the same connection.
    await db
      .select({ name: members.name })
      .from(members)
      .where(eq(members.name, 'a'))
      .prepare('asked')
      .execute();
    await db.transaction((tx) => tx.select({ id: members.id }).from(members).prepare('asked').execute());
  }
  const { rows } = await pool.query<{ name: string }>('select name from pg_prepared_statements');
  return rows.map(({ name }) => name.replace(/ [\da-f]{20}$/, ''));
}

test.for([false, true])('behind a pooler (%s) no statement is kept', async (behindPooler) => {
  const url = await cloneDatabase(`tokenwire_named_${process.pid}`);
  const connection = openConnection(url, { max: 1, onTrouble: () => undefined, behindPooler });
  expect(await namesAfterAsking(connection)).toEqual(behindPooler ? [] : ['asked', 'asked', 'asked']);
  await connection.close();
});

test('a statement that is built once runs where it is asked, wherever it was built', async () => {
  const url = await cloneDatabase(`tokenwire_named_${process.pid}`);
  const connection = openConnection(url, { max: 2, onTrouble: () => undefined });
  const { db } = connection;
  const askFor = async (reader: Reader) => {
    const asking = writtenOnce<{ level: string }>(
      reader,
      'level',
      () => sql`select current_setting('transaction_isolation') as level`,
    );
    return (await asking.execute({})).rows[0]?.level;
  };
  const within = () => db.transaction(askFor, { isolationLevel: 'serializable' });
  expect([await within(), await askFor(db), await within()]).toEqual([
    ...['serializable', 'read committed', 'serializable'],
  ]);
  await connection.close();
});
