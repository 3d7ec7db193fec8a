// What was read of the pages behind addresses: asked for here, in the transaction of whatever wants to know, and read by
// jobs (jobs.ts).
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { pageReadings } from '../../db/schema/index.ts';
import { READINGS } from '../../domain/limits.ts';
import { HOUR } from '../../domain/times.ts';
import { URL_KEY_VERSION, type UrlKey } from '../../domain/url-key.ts';
import { enqueue } from '../../jobs/queue.ts';

export type PageReading = typeof pageReadings.$inferSelect;

/** Has the page behind an address read, unless it just was; and the sources with this address told what it says. */
export async function askToRead(tx: Tx, address: UrlKey, now: Date): Promise<void> {
  await tx
    .insert(pageReadings)
    .values({ urlKey: address.key, keyVersion: URL_KEY_VERSION, url: address.shown, askedAt: now })
    .onConflictDoUpdate({ target: pageReadings.urlKey, set: { askedAt: now } });
  await enqueue(tx, 'read-page', { url: address.shown }, { key: jobKey('read', address.key) });
}

/** Has the page of a source read, now and again: headlines change, and pages go away. */
export async function followPage(tx: Tx, address: UrlKey, now: Date): Promise<void> {
  await askToRead(tx, address, now);
  await readAgain(tx, address, now);
}

/** Has the page of a source read again after a while, some times. */
export async function readAgain(tx: Tx, address: UrlKey, now: Date): Promise<void> {
  for (const after of READINGS.again) {
    const hours = after / HOUR;
    const order = { url: address.shown, again: hours };
    const runAt = new Date(now.getTime() + after);
    await enqueue(tx, 'read-page', order, { key: jobKey('read', address.key, hours), runAt });
  }
}

/** What is known of the page behind the address with this key; `readAt` is null until it was read. */
export async function findReading(db: Reader, key: string): Promise<PageReading | undefined> {
  const [reading] = await db.select().from(pageReadings).where(eq(pageReadings.urlKey, key));
  return reading;
}

/** Whether there is nothing to gain from reading the page once more. */
export function isFresh({ readAt, fault }: PageReading, now: Date): boolean {
  const fresh = fault === null ? READINGS.fresh : READINGS.failedFresh;
  return readAt !== null && now.getTime() - readAt.getTime() < fresh;
}

/** The queue takes keys of 512 characters. */
const LONGEST_IN_KEY = 400;

/** Under which jobs about an address are found: `read:example.com/article`, or a digest of what is longer. */
export function jobKey(work: 'read' | 'canonical' | 'picture', key: string, hours?: number): string {
  const about = key.length <= LONGEST_IN_KEY ? key : createHash('sha256').update(key).digest('hex');
  return hours === undefined ? `${work}:${about}` : `${work}:${about}:${hours}`;
}
