// Statements asked for at once leave in one write; what they answer, and how they fail, is each one's own.
import type { Socket } from 'node:net';
import type pg from 'pg';
import { vi } from 'vitest';
import { expect, test } from '../support/forum.ts';

/** How often something was written to the database while `work` ran. */
async function writesDuring(client: pg.PoolClient, work: () => Promise<unknown>): Promise<number> {
  const stream = client.connection.stream as Socket & Required<Pick<Socket, '_writev'>>;
  const written = [vi.spyOn(stream, '_write'), vi.spyOn(stream, '_writev')];
  await work();
  const count = written.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  for (const spy of written) spy.mockRestore();
  return count;
}

test('of statements at once there is one write, of one after the other each has its own', async ({
  forum,
}) => {
  const client = await forum.connection.pool.connect();
  const ask = (n: number) => client.query<{ n: number }>('select $1::int as n', [n]);
  try {
    const answers: number[] = [];
    const together = await writesDuring(client, async () => {
      const results = await Promise.all([1, 2, 3].map(ask));
      answers.push(...results.map(({ rows }) => rows[0]!.n));
    });
    expect(answers).toEqual([1, 2, 3]);
    expect(together).toBe(1);
    const apart = await writesDuring(client, async () => {
      for (const n of [1, 2, 3]) await ask(n);
    });
    expect(apart).toBe(3);
  } finally {
    client.release();
  }
});

test('one of them that fails says so alone', async ({ forum }) => {
  const client = await forum.connection.pool.connect();
  try {
    const [before, failing, after] = await Promise.allSettled([
      client.query('select 1'),
      client.query('select 1 / 0'),
      client.query('select 2'),
    ]);
    expect([before.status, failing.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  } finally {
    client.release();
  }
});

test('a connection that is lost meanwhile fails what was asked, and the pool goes on', async ({ forum }) => {
  const { pool } = forum.connection;
  const client = await pool.connect();
  const asked = [client.query('select 1'), client.query('select 2')];
  client.connection.stream.destroy();
  const outcomes = await Promise.allSettled(asked);
  client.release(true);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const { rows } = await pool.query<{ n: number }>('select 1 as n');
  expect(rows).toEqual([{ n: 1 }]);
});
