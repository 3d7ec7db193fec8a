// Pages of the log are read from indexes, whatever its size: no scan over all that was ever decided, and no sort of it.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import { visitor } from '../../../src/domain/viewer.ts';
import { type LogFilter, readLogFilter } from '../../../src/features/log/filters.ts';
import { listLog } from '../../../src/features/log/queries/log.ts';
import { loadFigures } from '../../../src/features/log/queries/figures.ts';
import { expect, test } from '../../support/forum.ts';

test('each filter of the log, on its first page and a later one', async ({ app, db, make, clock }) => {
  const by = await make.member({ name: 'marta_l', role: 'moderator' });
  const { id: topicId, sectionId } = await make.topic();
  const start = Date.UTC(2026, 0, 1);
  await db.insert(schema.actions).values(
    Array.from({ length: 4_000 }, (_, n) => ({
      kind: n % 50 === 0 ? ('lock' as const) : n % 3 === 0 ? ('keep' as const) : ('hide' as const),
      actorId: n % 40 === 0 ? by.id : null,
      at: new Date(start + n * 60_000),
      reason: 'Off topic',
      rule: n % 8,
      topicId,
    })),
  );
  await db.execute(sql`analyze actions, action_posts, posts, topics, members`);
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const planOf = async () => {
    const last = asked.at(-1);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain ${last?.text ?? ''}`,
      last?.values,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const all = readLogFilter({}, []);
  const filters: readonly [Partial<LogFilter>, RegExp][] = [
    [{}, /using actions_at on actions actions_1/],
    [{ kind: 'lock' }, /using actions_(kind|at) on actions actions_1/],
    [{ by: 'marta_l' }, /actions_(actor|at)/],
    [{ rule: 3 }, /using actions_at on actions actions_1/],
    [
      { section: { id: sectionId, slug: 'funding', name: 'Funding' } },
      /using actions_at on actions actions_1/,
    ],
    [{ from: '2026-01-03', to: '2026-01-03' }, /using actions_at on actions actions_1/],
    [{ decision: 1 as ActionId }, /using actions_pkey on actions actions_1/],
  ];
  const later = { at: new Date(start + 3_000 * 60_000).toISOString(), id: 1e9 as ActionId, place: 0 };
  try {
    for (const [filter, index] of filters) {
      for (const cursor of [undefined, later]) {
        await listLog(listening, { viewer: visitor, filter: { ...all, ...filter }, byName: true, cursor });
        const plan = await planOf();
        expect(plan, JSON.stringify(filter)).toMatch(index);
        expect(plan, JSON.stringify(filter)).not.toMatch(/Seq Scan on actions actions_1/);
      }
    }
    asked.length = 0;
    await loadFigures(listening, clock.ago({ days: 1 }));
    expect(asked).toHaveLength(3);
  } finally {
    await client.end();
  }
});
