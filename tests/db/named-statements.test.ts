// Named statements are planned once a connection, whoever asks; behind a pooler nothing stays on a connection.
import { and, eq, sql } from 'drizzle-orm';
import { type Connection, openConnection, type Reader } from '../../src/db/connection.ts';
import { builtOnce, parameter, statementFor, writtenOnce } from '../../src/db/named-statements.ts';
import { members, tags } from '../../src/db/schema/index.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { mayWrite } from '../../src/domain/policy/writing.ts';
import { isModerator, type Member, type Viewer } from '../../src/domain/viewer.ts';
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

test('a statement that is built once has in its text what never changes, and what does as parameters', async () => {
  const url = await cloneDatabase(`tokenwire_named_${process.pid}`);
  const connection = openConnection(url, { max: 1, onTrouble: () => undefined });
  const { db, pool } = connection;
  await db.insert(tags).values({ slug: 'llama', name: 'Llama', description: 'A model' });
  const hostile = String.raw`it's $1 \ "$2"`;
  const find = (slug: string) =>
    builtOnce(db, 'constants', () =>
      db
        .select({ slug: tags.slug, said: sql<string>`${hostile}::text` })
        .from(tags)
        .where(and(eq(tags.kind, 'subject'), eq(tags.slug, parameter<string>('slug'))))
        .limit(2)
        .prepare('constants'),
    ).execute({ slug });
  expect(await find('llama')).toEqual([{ slug: 'llama', said: hostile }]);
  expect(await find('mistral')).toEqual([]);
  const { rows } = await pool.query<{ statement: string; parameters: string }>(
    "select statement, parameter_types::text as parameters from pg_prepared_statements where name like 'constants %'",
  );
  expect(rows[0]?.statement).toContain(`"tags"."kind" = 'subject'`);
  expect(rows[0]?.statement).toMatch(/limit '2'$/);
  expect(rows[0]?.parameters).toBe('{text}');
  await connection.close();
});

test('what differs between members of a kind cannot get into a statement that is built once', async ({
  app,
}) => {
  const member: Member = {
    ...{
      kind: 'member',
      id: 1 as MemberId,
      name: 'anna',
      role: 'member',
      trust: 'new',
      joinedAt: new Date(),
    },
    ...{ confirmedAt: null, silencedUntil: null, suspendedUntil: null, leavingAt: null },
  };
  const ask = (build: (viewer: Viewer) => unknown) =>
    statementFor(app.db, member, 'of a kind', (asking) => {
      build(asking);
      return app.db.select({ id: members.id }).from(members).prepare('of a kind');
    });
  expect(() => ask((viewer) => mayWrite(viewer, new Date()))).toThrow(/differs between members/);
  expect(() => ask((viewer) => isModerator(viewer))).not.toThrow();
});
