// Network and e-mail addresses are kept 30 days at most, beside those that members have now: a list that checks itself.
import { getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../../../src/db/schema/index.ts';
import type { Database } from '../../../src/db/connection.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import { expect, test } from '../../support/forum.ts';
import { runJob } from './archive.ts';

interface Kept {
  /** Puts a row there that was last needed now. */
  readonly put: (db: Database, memberId: MemberId, now: Date) => Promise<unknown>;
}

/** The member's own, for as long as there is an account. */
const PRESENT = 'goes with the account';
/** Of who reported illegal content without an account: see tests/features/flags/report.test.ts. */
const ANSWERED = 'half a year after the decision';
const DAYS_30 = 30 * 24 * 3_600_000;
const after = (now: Date, ms: number) => new Date(now.getTime() + ms);
const place = { device: 'Firefox on Windows', addressPrefix: '192.0.2.x' };

const signIns: Kept = {
  put: (db, memberId, at) => db.insert(schema.signIns).values({ memberId, ...place, at }),
};
const sessions: Kept = {
  put: (db, memberId, now) =>
    db.insert(schema.sessions).values({
      ...{ idHash: 'x', memberId, data: {}, ...place, createdAt: now, lastSeenAt: now },
      expiresAt: after(now, DAYS_30),
    }),
};
const emailChanges: Kept = {
  put: (db, memberId, now) =>
    db.insert(schema.emailChanges).values({
      ...{ memberId, email: 'new@example.org', emailKey: 'new@example.org' },
      expiresAt: after(now, 48 * 3_600_000),
    }),
};
const mailLinks: Kept = {
  put: (db, memberId, now) =>
    db.insert(schema.mailLinks).values({
      ...{ id: 'x', memberId, purpose: 'confirm', emailKey: 'a@example.org', createdAt: now },
      expiresAt: after(now, 48 * 3_600_000),
    }),
};
const spentBudgets: Kept = {
  put: (db, _memberId, now) =>
    db.insert(schema.spentBudgets).values({ key: 'digest', spent: 1, resetsAt: after(now, 3_600_000) }),
};
const barredAddresses: Kept = {
  put: (db, _memberId, now) =>
    db.insert(schema.barredAddresses).values({ digest: 'x', until: after(now, DAYS_30) }),
};

/** Every column that holds an address or what is made of one. */
const COLUMNS: Readonly<Record<string, Kept | typeof PRESENT | typeof ANSWERED>> = {
  'members.email': PRESENT,
  'members.emailKey': PRESENT,
  'sessions.addressPrefix': sessions,
  'sign_ins.addressPrefix': signIns,
  'email_changes.email': emailChanges,
  'email_changes.emailKey': emailChanges,
  'mail_links.emailKey': mailLinks,
  'spent_budgets.key': spentBudgets,
  'barred_addresses.digest': barredAddresses,
  'flags.reporterEmail': ANSWERED,
};

const looksLikeAddress = (table: string, column: string) =>
  /email|address|\bip\b/i.test(column) ||
  (/address|budget|mail/.test(table) && /^(key|digest)$/.test(column));

test('every column that holds an address stands in the list', () => {
  const found = Object.values(schema)
    .filter((table) => is(table, PgTable))
    .flatMap((table) =>
      Object.keys(getTableColumns(table))
        .filter((column) => looksLikeAddress(getTableName(table), column))
        .map((column) => `${getTableName(table)}.${column}`),
    );
  expect(found.sort()).toEqual(Object.keys(COLUMNS).sort());
});

const SWEPT = [...new Set(Object.values(COLUMNS))].filter((kept) => typeof kept !== 'string');

test('what holds them is gone after 30 days', async ({ clock, db, drain, make }) => {
  const { id } = await make.member();
  const tables = Object.keys(COLUMNS)
    .filter((name) => typeof COLUMNS[name] !== 'string')
    .map((name) => sql.identifier(name.split('.')[0] ?? ''));
  const count = async () => {
    const counts = await Promise.all(
      tables.map(
        async (table) =>
          (await db.execute<{ n: number }>(sql`select count(*)::int as n from ${table}`)).rows[0]?.n,
      ),
    );
    return counts.filter((n) => n !== 0).length;
  };
  for (const { put } of SWEPT) await put(db, id, clock.now());
  expect(await count()).toBe(tables.length);
  clock.advance({ days: 30 });
  await runJob({ db, drain }, 'sweep-sessions');
  expect(await count()).toBe(0);
});

test('jobs that were given up, with an address in them, go too; those that wait do not', async ({
  clock,
  db,
  drain,
}) => {
  await db.transaction((tx) => enqueue(tx, 'send-reset-link', { nameOrEmail: 'given.up@example.org' }));
  const at = clock.now();
  await db.execute(sql`update graphile_worker._private_jobs set attempts = max_attempts, updated_at = ${at}`);
  await db.transaction((tx) => enqueue(tx, 'send-reset-link', { nameOrEmail: 'waiting@example.org' }));
  await db.execute(sql`update graphile_worker._private_jobs set run_at = now() + interval '1 hour', updated_at = ${at}
    where attempts < max_attempts`);
  const payloads = async () => {
    const { rows } = await db.execute<{ payload: unknown }>(
      sql`select payload from graphile_worker._private_jobs order by id`,
    );
    return rows.map(({ payload }) => payload);
  };
  clock.advance({ days: 30 });
  await runJob({ db, drain }, 'sweep-sessions');
  expect(await payloads()).toHaveLength(2);
  clock.advance({ seconds: 1 });
  await runJob({ db, drain }, 'sweep-sessions');
  expect(await payloads()).toEqual([{ nameOrEmail: 'waiting@example.org' }]);
});
