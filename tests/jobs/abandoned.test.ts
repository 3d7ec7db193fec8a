import { declareLiving, releaseAbandoned } from '../../src/jobs/abandoned.ts';
import { expect, test } from '../support/forum.ts';

test('jobs of workers that are gone are free at once; those of the living, and own ones, stay locked', async ({
  app: { pool },
}) => {
  for (const workers of ['killed', 'living', 'own']) {
    await pool.query(`select graphile_worker.add_job('sweep-sessions', '{}'::json, job_key => $1)`, [
      workers,
    ]);
    await pool.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = $1 where key = $1`,
      [workers],
    );
  }
  const lockedJobs = async (): Promise<unknown> => {
    const text = 'select locked_by from graphile_worker.jobs where locked_by is not null order by locked_by';
    return (await pool.query<{ locked_by: string }>(text)).rows.map((row) => row.locked_by);
  };
  const client = await pool.connect();
  await declareLiving(client, 'living');
  await releaseAbandoned(pool, 'own');
  expect(await lockedJobs()).toEqual(['living', 'own']);

  // As when the process behind it is killed.
  client.release(true);
  await expect
    .poll(async () => {
      await releaseAbandoned(pool, 'own');
      return lockedJobs();
    })
    .toEqual(['own']);
});
