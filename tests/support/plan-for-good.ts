// The plan that PostgreSQL keeps for a statement with a name, whatever its parameters are: after five executions it is what runs.
import type pg from 'pg';

/** @param values as the statement was asked with them */
export async function planForGood(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<string> {
  await client.query('set plan_cache_mode = force_generic_plan');
  await client.query(`prepare asked as ${text}`);
  try {
    const given = values.map((value) => literal(client, value)).join(', ');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain execute asked ${given && `(${given})`}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.query('deallocate asked');
    await client.query('reset plan_cache_mode');
  }
}

/** A parameter's value as EXECUTE takes it. */
export function literal(client: pg.ClientBase, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return client.escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return client.escapeLiteral(`{${value.join(',')}}`);
  return client.escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}
