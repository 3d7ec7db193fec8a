import { isQueueInstalled } from '../../src/jobs/installed.ts';
import { expect, test } from '../support/forum.ts';

test('the queue is known to be there as the library of the lockfile makes it; of another version it is not', async ({
  app: { pool },
}) => {
  expect(await isQueueInstalled(pool)).toBe(true);
  const newer =
    'insert into graphile_worker.migrations (id) select max(id) + 1 from graphile_worker.migrations';
  await pool.query(newer);
  try {
    expect(await isQueueInstalled(pool)).toBe(false);
  } finally {
    await pool.query(
      'delete from graphile_worker.migrations where id = (select max(id) from graphile_worker.migrations)',
    );
  }
});
