// What decisions look up is found by indexes, however many posts, members and flags there are.
import { drizzle } from 'drizzle-orm/node-postgres';
import { listConcerned } from '../../../src/db/concerned.ts';
import * as schema from '../../../src/db/schema/index.ts';
import type { ActionId, MemberId, PostId } from '../../../src/domain/ids.ts';
import { lockConcerned } from '../../../src/features/flags/index.ts';
import { lockHiddenBy } from '../../../src/features/moderation/index.ts';
import { listFlagsOn } from '../../../src/features/sanctions/queries/history.ts';
import { expect, test } from '../../support/forum.ts';

/** A table, or an index from its one end to its other. */
const WHOLE =
  /Seq Scan|Scan( Backward)? using \w+ on (posts|members|flags)\b.*\n(?!\s+Index Cond)|Index Cond: \(\w+ IS NOT NULL\)/;

test('nothing reads all posts, members or flags', async ({ app }) => {
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const [actionId, memberId] = [1 as ActionId, 1 as MemberId];
  await listConcerned(listening, actionId);
  await listFlagsOn(listening, memberId, 10);
  await listening.transaction((tx) => lockConcerned(tx, [{ postId: 1 as PostId }, { memberId }]));
  await listening.transaction((tx) => lockHiddenBy(tx, actionId));
  const queries = asked.filter(({ text }) => text.includes('select'));
  expect(queries.length).toBeGreaterThan(4);
  const client = await app.pool.connect();
  try {
    // Then a scan is left only where no index can answer.
    await client.query('set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off');
    for (const { text, values } of queries) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(WHOLE);
    }
  } finally {
    client.release(true);
  }
});
