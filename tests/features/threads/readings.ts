// Pages that were read, for tests that need no job to read them.
import type { Database } from '../../../src/db/connection.ts';
import { pageReadings } from '../../../src/db/schema/index.ts';
import { urlKey, URL_KEY_VERSION } from '../../../src/domain/url-key.ts';

type Facts = Partial<typeof pageReadings.$inferInsert>;

/** What a job would have written of the page at an address; `readAt: null` while it has not. */
export async function giveReading(db: Database, address: string, at: Date, facts: Facts = {}): Promise<void> {
  const read = urlKey(address);
  if (!read.ok) throw new Error(read.reason);
  const reading = { url: read.shown, askedAt: at, readAt: at, ...facts };
  await db
    .insert(pageReadings)
    .values({ urlKey: read.key, keyVersion: URL_KEY_VERSION, ...reading })
    .onConflictDoUpdate({ target: pageReadings.urlKey, set: reading });
}
