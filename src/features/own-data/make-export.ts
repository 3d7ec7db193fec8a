// Making the copy of a member's data: read in one snapshot, packed while it is read, stored in parts while it is packed.
import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import { dataExportParts, dataExports } from '../../db/schema/index.ts';
import type { DataExportId, MemberId } from '../../domain/ids.ts';
import { WINDOWS } from '../../domain/limits.ts';
import { inPieces, zipOf } from '../../lib/zip-file.ts';
import { sendMail } from '../mails/index.ts';
import { archiveFiles } from './archive/files.ts';

const PART_BYTES = 1_048_576;

/** Makes a copy that was ordered, unless it is made already, another worker is at it, or it is wanted no more. */
export async function makeExport(
  db: Database,
  exportId: DataExportId,
  siteUrl: string,
  now: Date,
): Promise<void> {
  await db.transaction(
    async (tx) => {
      // Who has written much is waited for.
      await tx.execute(sql`set local statement_timeout = 0`);
      await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
      if (!(await isMine(tx, exportId))) return;
      // Not in the snapshot, which may be older than the lock.
      const memberId = await findWaiting(db, exportId);
      if (memberId === undefined) return;
      const bytes = await store(db, exportId, zipOf(archiveFiles(tx, { memberId, siteUrl, now }), now));
      await finish(db, exportId, bytes, now);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** Of two workers that take one order up, since one was given up for dead, the second leaves it. */
async function isMine(tx: Tx, exportId: DataExportId): Promise<boolean> {
  const { rows } = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`data export ${exportId}`}, 0)) as mine`,
  );
  return rows[0]?.mine === true;
}

async function findWaiting(db: Database, exportId: DataExportId): Promise<MemberId | undefined> {
  const [row] = await db
    .select({ memberId: dataExports.memberId })
    .from(dataExports)
    .where(and(eq(dataExports.id, exportId), eq(dataExports.state, 'waiting')));
  return row?.memberId;
}

/** @returns how many bytes were stored */
async function store(db: Database, exportId: DataExportId, zip: AsyncIterable<Buffer>): Promise<number> {
  // Of a worker that was killed.
  await dropParts(db, exportId);
  let total = 0;
  let n = 0;
  for await (const bytes of inPieces(zip, PART_BYTES)) {
    await db.insert(dataExportParts).values({ exportId, n, bytes });
    n += 1;
    total += bytes.length;
  }
  return total;
}

async function finish(db: Database, exportId: DataExportId, bytes: number, now: Date): Promise<void> {
  const expiresAt = new Date(now.getTime() + WINDOWS.exportKept);
  await db.transaction(async (tx) => {
    const [row] = await tx
      .update(dataExports)
      .set({ state: 'ready', bytes, expiresAt })
      .where(eq(dataExports.id, exportId))
      .returning({ to: dataExports.memberId });
    if (row) await sendMail(tx, { to: row.to, mail: 'export-ready', expiresAt: expiresAt.toISOString() });
  });
}

/**
 * Notes that a copy could not be made, and tells the member, who may order another at once.
 * @returns false when nobody waits for it any more: the account was deleted, or another was ordered
 */
export async function giveUpExport(db: Database, exportId: DataExportId): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(dataExports)
      .set({ state: 'failed' })
      .where(and(eq(dataExports.id, exportId), eq(dataExports.state, 'waiting')))
      .returning({ to: dataExports.memberId });
    if (!row) return false;
    await dropParts(tx, exportId);
    await sendMail(tx, { to: row.to, mail: 'export-failed' });
    return true;
  });
}

async function dropParts(db: Database | Tx, exportId: DataExportId): Promise<void> {
  await db.delete(dataExportParts).where(eq(dataExportParts.exportId, exportId));
}

/** Deletes copies whose time is over. */
export async function sweepExports(db: Database, now: Date): Promise<void> {
  await db.delete(dataExports).where(lte(dataExports.expiresAt, now));
}
