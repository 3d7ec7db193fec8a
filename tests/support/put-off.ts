// Jobs for later, by the clock of the tests: the queue goes by the database's, for which every moment of a test is long
// past. So they are moved out of its reach when they are ordered, and back when the test's clock has come to them.
import type pg from 'pg';

/** Jobs that have a moment of their own lie before the database's now; those without one are due at once. */
export async function holdPutOff(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create or replace function public.put_off() returns trigger language plpgsql as $$
      begin
        new.run_at := new.run_at + interval '1000 years';
        return new;
      end $$;
    create or replace trigger put_off before insert or update of run_at on graphile_worker._private_jobs
      for each row when (new.run_at < new.created_at) execute function public.put_off()`);
}

/** Makes those due whose moment has come. */
export async function releasePutOff(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `update graphile_worker._private_jobs set run_at = created_at
     where run_at > now() + interval '500 years' and run_at - interval '1000 years' <= $1`,
    [now],
  );
}
