// Snapshots in addresses: what we wrote comes back, and nothing else reaches PostgreSQL, which refuses what is none.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { decodeSnapshot, encodeSnapshot } from '../../src/db/snapshots.ts';
import { expect, test } from '../support/forum.ts';

const HOSTILE = [
  ...['', '.', 'k', 'k.', '.k', '0.1', 'k.0.0', 'k.5.5', 'k.5.6', 'k.5.3.2', 'k.5.3.3', 'K.2', 'k.-1'],
  ...['k.2 ', "k.2'", '10:20:', 'k.00', 'zzzzzzzzzzz.1', `k.2${'.1'.repeat(5_000)}`],
];

test('a snapshot survives its address', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 40 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { maxLength: 60 }),
      (xmin, distances) => {
        const underWay = distances.toSorted((a, b) => a - b).map((distance) => xmin + distance);
        const snapshot = `${xmin}:${(underWay.at(-1) ?? xmin - 1) + 1}:${underWay.join(',')}`;
        expect(decodeSnapshot(encodeSnapshot(snapshot))).toBe(snapshot);
      },
    ),
  );
});

test('what is none is refused', () => {
  for (const text of HOSTILE)
    expect([text.slice(0, 20), decodeSnapshot(text)]).toEqual([text.slice(0, 20), undefined]);
});

test('PostgreSQL reads whatever is let through', async ({ db }) => {
  const known = fc.stringMatching(/^[0-9a-z]{1,10}(\.[0-9a-z]{1,4}){1,5}$/);
  const read = fc.sample(known, 300).flatMap((text) => decodeSnapshot(text) ?? []);
  const { rows } = await db.execute(
    sql`select text::pg_snapshot from unnest(${sql.param(read)}::text[]) as text`,
  );
  expect(rows.length).toBeGreaterThan(50);
});
