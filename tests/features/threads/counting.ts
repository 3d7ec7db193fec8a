// The rows that `make` inserts have no ranks and made-up records: a test of counters first makes them true, then acts.
import type { Database } from '../../../src/db/connection.ts';
import { findCounterFaults, repairCounters } from '../../../src/features/threads/index.ts';
import { rankVotedTopics } from '../../../src/features/threads/rank-topics.ts';
import { expect } from '../../support/forum.ts';

/** Makes all counters true before the test acts; to be called when all members are made. */
export async function settleCounters(db: Database): Promise<void> {
  await db.transaction((tx) => repairCounters(tx));
}

/** Every counter is what the rows say. */
export async function expectTrueCounters(db: Database): Promise<void> {
  await rankVotedTopics(db);
  expect(await findCounterFaults(db)).toEqual([]);
}
