// Ordering a copy of one's data. A new one takes the place of the last.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { dataExports } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { mayOrderExport } from '../../../domain/policy/own-data.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { lockMember } from '../../members/index.ts';
import { findExport } from '../queries.ts';

/** @throws Problem too-many when the last one was ordered less than a day ago */
export async function orderExport(tx: Tx, memberId: MemberId, now: Date): Promise<void> {
  // Of two orders at once, the second sees the first.
  await lockMember(tx, memberId);
  authorize(mayOrderExport(await findExport(tx, memberId), now));
  await tx.delete(dataExports).where(eq(dataExports.memberId, memberId));
  const [ordered] = await tx
    .insert(dataExports)
    .values({ memberId, orderedAt: now })
    .returning({ id: dataExports.id });
  if (!ordered) throw new Error('PostgreSQL returned no row for an insert.');
  await enqueue(tx, 'export-data', { exportId: ordered.id });
}
