// Slow sites of others take some of the places where jobs run, and never all.
import { sql } from 'drizzle-orm';
import { enqueue, JOBS_AT_ONCE } from '../../src/jobs/queue.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import { expect, test } from '../support/forum.ts';

test('pages of others are read in fewer lanes than there are places, mails in none', async ({ db }) => {
  await db.transaction(async (tx) => {
    for (let n = 0; n < 50; n++) await enqueue(tx, 'read-page', { url: `https://slow-${n}.example/` });
    await enqueue(tx, 'send-mail', { mail: 'export-failed', to: 1 as MemberId });
  });
  const { rows } = await db.execute<{ task: string; lanes: (string | null)[] }>(sql`
    select task_identifier as task, array_agg(distinct queue_name) as lanes from graphile_worker.jobs
    group by task_identifier order by task_identifier`);
  expect(rows).toEqual([
    { task: 'read-page', lanes: ['outside 0', 'outside 1'] },
    { task: 'send-mail', lanes: [null] },
  ]);
  expect(JOBS_AT_ONCE).toBeGreaterThan(2);
});
