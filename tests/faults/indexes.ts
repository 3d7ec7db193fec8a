// Whether the database itself is sound after what was done to it: PostgreSQL's own checker reads tables and indexes.
import { expect } from 'vitest';
import type { FaultForum } from './fault-forum.ts';

const BROKEN_TABLES = `select c.relname || ': ' || v.msg as fault
  from pg_class c join pg_namespace n on n.oid = c.relnamespace, verify_heapam(c.oid) v
  where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker')`;
/** Throws at the first index that lacks an entry of its table, or has one too many. */
const CHECK_INDEXES = `select bt_index_check(i.indexrelid, true)
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_am a on a.oid = c.relam
  where a.amname = 'btree' and n.nspname in ('public', 'graphile_worker')`;

/** Reads every table and every B-tree with amcheck. */
export async function soundIndexes(forum: FaultForum): Promise<void> {
  const faults = await forum.look(async ({ pool }) => {
    await pool.query('create extension if not exists amcheck');
    await pool.query(CHECK_INDEXES);
    return (await pool.query<{ fault: string }>(BROKEN_TABLES)).rows;
  });
  expect(faults).toEqual([]);
}
