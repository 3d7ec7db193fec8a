// What PostgreSQL makes of a statement with a name, whatever its parameters are.
import type pg from 'pg';

/** The plan for all values, by which it runs after five times if PostgreSQL expects as much of it. @param values as it was asked with */
export async function planForGood(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<string> {
  await client.query(`prepare asked as ${text}`);
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    const given = values.map((value) => literal(client, value)).join(', ');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain execute asked ${given && `(${given})`}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    // Not all: the forum's own connections have statements that they count on.
    await client.query('deallocate asked');
    await client.query('reset plan_cache_mode');
  }
}

/** Whether PostgreSQL keeps that plan, so that it is not planned again. */
export async function isPlannedOnce(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<boolean> {
  await client.query(`prepare asked as ${text}`);
  try {
    const given = values.map((value) => literal(client, value)).join(', ');
    for (let n = 0; n < 7; n += 1) await client.query(`execute asked ${given && `(${given})`}`);
    const { rows } = await client.query<{ kept: boolean }>(
      "select generic_plans > 0 as kept from pg_prepared_statements where name = 'asked'",
    );
    return rows[0]?.kept === true;
  } finally {
    await client.query('deallocate asked');
  }
}

/** A parameter's value as EXECUTE takes it. */
export function literal(client: pg.ClientBase, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return client.escapeLiteral(value.toISOString());
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (Array.isArray(value))
    return client.escapeLiteral(`{${value.map((each) => JSON.stringify(each)).join(',')}}`);
  return client.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
