import { sql } from 'drizzle-orm';
import { expect, test } from '../support/forum.ts';

// While such a trigger is there, PostgreSQL makes all generated columns anew at each update, whatever it changes: a vote
// would take the words of its post apart (ExecInitGenerated in nodeModifyTable.c).
test('no trigger runs before updates of a table with generated columns', async ({ db }) => {
  const { rows } = await db.execute<{ table: string; triggers: string[] | null }>(sql`
    select pg_class.relname as table, (select array_agg(tgname::text) from pg_trigger
      where tgrelid = pg_class.oid and tgtype & 1 = 1 and tgtype & 2 = 2 and tgtype & 16 = 16) as triggers
    from pg_class where relnamespace = 'public'::regnamespace and exists (
      select from pg_attribute where attrelid = pg_class.oid and attgenerated = 's')`);
  expect(rows).toContainEqual({ table: 'posts', triggers: null });
  expect(rows.filter(({ triggers }) => triggers !== null)).toEqual([]);
});
