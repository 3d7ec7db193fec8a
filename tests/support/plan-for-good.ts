// What PostgreSQL makes of a statement with a name, whatever its parameters are.
import type pg from 'pg';

/**
 * The plan for all values, by which it runs after five times if PostgreSQL expects as much of it.
 * @param values as it was asked with
 */
export async function planForGood(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<string> {
  return prepared(client, text, values, async (execution) => {
    await client.query('set plan_cache_mode = force_generic_plan');
    try {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${execution}`);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    } finally {
      await client.query('reset plan_cache_mode');
    }
  });
}

/** Whether PostgreSQL keeps that plan, so that it is not planned again. */
export async function isPlannedOnce(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<boolean> {
  return prepared(client, text, values, async (execution) => {
    for (let n = 0; n < 7; n += 1) await client.query(execution);
    const { rows } = await client.query<{ kept: boolean }>(
      "select generic_plans > 0 as kept from pg_prepared_statements where name = 'asked'",
    );
    return rows[0]?.kept === true;
  });
}

/** Prepares a statement while it is looked at. @param look is given what executes it with the values */
export async function prepared<T>(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
  look: (execution: string) => Promise<T>,
): Promise<T> {
  await client.query(`prepare asked as ${text}`);
  try {
    const given = values.map((value) => literal(client, value)).join(', ');
    return await look(`execute asked ${given && `(${given})`}`);
  } finally {
    // Not all: the forum's own connections have statements that they count on.
    await client.query('deallocate asked');
  }
}

/** A parameter's value as EXECUTE takes it. */
function literal(client: pg.ClientBase, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return client.escapeLiteral(value.toISOString());
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (Array.isArray(value))
    return client.escapeLiteral(`{${value.map((each) => JSON.stringify(each)).join(',')}}`);
  return client.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
