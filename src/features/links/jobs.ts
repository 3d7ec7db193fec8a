// Reading the pages that topics are about, outside any request. Each job asks first and then writes in one transaction:
// done half, it changes nothing; done twice, nothing more.
import { and, eq, exists, lt, ne, not, or, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Database, Tx } from '../../db/connection.ts';
import { tellPages } from '../../db/page-changes.ts';
import { fetchedHosts, images, pageReadings, sources } from '../../db/schema/index.ts';
import type { ImageId } from '../../domain/ids.ts';
import { GUEST, READINGS } from '../../domain/limits.ts';
import { DAY } from '../../domain/times.ts';
import { urlKey, URL_KEY_VERSION, type UrlKey } from '../../domain/url-key.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { enqueue } from '../../jobs/queue.ts';
import type { SafeFetch } from '../../lib/safe-fetch/index.ts';
import { smallImage } from '../../lib/small-image.ts';
import { applyReading, lockSources, type Presence, type RecordSourceEvent } from './apply-reading.ts';
import { politeFetch } from './polite-fetch.ts';
import { answered, articleAt, PAGE_TYPES, type PageFailed, type PageRead, readPage } from './read-page.ts';
import { findReading, isFresh, jobKey, type PageReading, readAgain } from './readings.ts';
import { keepAlias } from './source-changes.ts';

export interface ReadingServices {
  readonly safeFetch: SafeFetch;
  readonly recordEvent: RecordSourceEvent;
}

/** Reads a page, keeps what it says, and tells the sources with its address. */
export function pageReader({ safeFetch, recordEvent }: ReadingServices): JobHandler<'read-page'> {
  return async (db, order, now) => {
    const address = urlKey(order.url);
    if (!address.ok) return;
    const kept = await findReading(db, address.key);
    if (order.again === undefined) {
      if (kept && isFresh(kept, now)) {
        await db.transaction(async (tx) => {
          const unwrapped = await applyReading(tx, kept, undefined, recordEvent, now);
          if (unwrapped) await readAgain(tx, unwrapped, now);
        });
        return;
      }
    } else if (!(await isSource(db, address.key))) return;
    const read = await readPage({ db, safeFetch }, address, now);
    await db.transaction(async (tx) => {
      if (read.outcome === 'later') {
        const key = jobKey('read', address.key, order.again);
        await enqueue(tx, 'read-page', order, { key, runAt: read.at });
        return;
      }
      await keep(tx, address, read, recordEvent, now);
    });
  };
}

async function isSource(db: Database, key: string): Promise<boolean> {
  const [found] = await db
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.urlKey, key), ne(sources.state, 'removed')))
    .limit(1);
  return found !== undefined;
}

async function keep(
  tx: Tx,
  address: UrlKey,
  read: PageRead | PageFailed,
  recordEvent: RecordSourceEvent,
  now: Date,
): Promise<void> {
  // Sources before readings, as everybody who changes an address locks them.
  await lockSources(tx, address.key);
  const [before] = await tx
    .select()
    .from(pageReadings)
    .where(eq(pageReadings.urlKey, address.key))
    .for('no key update');
  const reading = await store(tx, address, read, now);
  const unwrapped = await applyReading(tx, reading, presenceOf(before, reading), recordEvent, now);
  if (read.outcome === 'failed') return;
  if (!unwrapped) return lookBeside(tx, address, reading, read);
  // What a shortener led to is from now on asked for by its own address. Its reading before its jobs, as whoever posts it
  // locks them.
  const kept = await store(tx, unwrapped, read, now);
  await readAgain(tx, unwrapped, now);
  await lookBeside(tx, unwrapped, kept, read);
}

/** One failure may be the site's trouble of an hour; the same after a while is the page's end. */
function presenceOf(before: PageReading | undefined, { gone, fault, readAt }: PageReading): Presence {
  if (!gone) return fault === null ? 'there' : undefined;
  if (!before?.gone || before.readAt === null || readAt === null) return undefined;
  return readAt.getTime() - before.readAt.getTime() >= READINGS.betweenFailures ? 'dead' : undefined;
}

/** A page that could not be read now keeps what was read of it before. */
async function store(
  tx: Tx,
  { key: urlKey, shown: url }: UrlKey,
  read: PageRead | PageFailed,
  now: Date,
): Promise<PageReading> {
  const news =
    read.outcome === 'read'
      ? { ...read.facts, fault: null, gone: false, readAt: now }
      : { fault: read.reason, gone: read.gone, readAt: now };
  const [stored] = await tx
    .insert(pageReadings)
    .values({ urlKey, keyVersion: URL_KEY_VERSION, url, askedAt: now, ...news })
    .onConflictDoUpdate({ target: pageReadings.urlKey, set: news })
    .returning();
  if (!stored) throw new Error('A stored reading was not returned.');
  return stored;
}

/** What the page names is asked for by jobs of its own: usually it is on the same host, which has its pause now. */
async function lookBeside(
  tx: Tx,
  { key, shown: url }: UrlKey,
  kept: PageReading,
  { canonical, imageUrl }: PageRead,
): Promise<void> {
  if (canonical && canonical.shown !== kept.canonicalUrl) {
    const order = { url, canonicalUrl: canonical.shown };
    await enqueue(tx, 'check-canonical', order, { key: jobKey('canonical', key) });
  }
  if (imageUrl !== null && kept.imageId === null)
    await enqueue(tx, 'read-picture', { url, imageUrl }, { key: jobKey('picture', key) });
}

/** Believes what a page says is its address, once that address answers. */
export function canonicalChecker({ safeFetch }: ReadingServices): JobHandler<'check-canonical'> {
  return async (db, order, now) => {
    const address = urlKey(order.url);
    const canonical = address.ok ? articleAt(order.canonicalUrl, address, 'canonical') : undefined;
    if (!address.ok || canonical === undefined) return;
    const answer = await politeFetch({ db, safeFetch }, canonical.shown, { accept: PAGE_TYPES }, now);
    await db.transaction(async (tx) => {
      if (!answer.ok) {
        const key = jobKey('canonical', address.key);
        if (answer.fault === 'later') await enqueue(tx, 'check-canonical', order, { key, runAt: answer.at });
        return;
      }
      const landed = articleAt(answer.url, address, 'redirect');
      if (!answered(answer.status) || (landed === undefined && urlKeyOf(answer.url) !== address.key)) return;
      const { key } = address;
      for (const { id, topicId } of await lockSources(tx, key)) {
        tellPages(tx, { effect: 'grown', topicId });
        await keepAlias(tx, id, 'canonical', canonical);
      }
      await tx
        .update(pageReadings)
        .set({ canonicalUrl: canonical.shown })
        .where(eq(pageReadings.urlKey, key));
    });
  };
}

function urlKeyOf(url: string): string | undefined {
  const address = urlKey(url);
  return address.ok ? address.key : undefined;
}

/** Keeps an article's picture, made small. */
export function pictureReader({ safeFetch }: ReadingServices): JobHandler<'read-picture'> {
  return async (db, order, now) => {
    const address = urlKey(order.url);
    if (!address.ok) return;
    const answer = await politeFetch({ db, safeFetch }, order.imageUrl, { accept: 'image/*' }, now);
    if (!answer.ok && answer.fault === 'later') {
      const options = { key: jobKey('picture', address.key), runAt: answer.at };
      await db.transaction((tx) => enqueue(tx, 'read-picture', order, options));
      return;
    }
    const image = answer.ok && answered(answer.status) ? await smallImage(answer.body) : undefined;
    if (image === undefined) return;
    const hash = createHash('sha256').update(image.bytes).digest('hex');
    const { key } = address;
    await db.transaction(async (tx) => {
      const found = await lockSources(tx, key);
      const imageId = await keepImage(tx, { ...image, hash, madeAt: now });
      for (const { id, topicId, imageId: shown } of found) {
        tellPages(tx, { effect: 'grown', topicId });
        if (shown === null) await tx.update(sources).set({ imageId }).where(eq(sources.id, id));
      }
      await tx.update(pageReadings).set({ imageId }).where(eq(pageReadings.urlKey, key));
    });
  };
}

async function keepImage(tx: Tx, image: typeof images.$inferInsert): Promise<ImageId> {
  const [kept] = await tx
    .insert(images)
    .values(image)
    // Said anew, so that the row is returned, and that no sweep takes it away meanwhile.
    .onConflictDoUpdate({ target: images.hash, set: { madeAt: image.madeAt } })
    .returning({ id: images.id });
  if (!kept) throw new Error('A stored image was not returned.');
  return kept.id;
}

/** Deletes what was read a while ago, pictures that nothing shows, and hosts that nobody asks any more. */
export const sweepReadings: JobHandler<'sweep-readings'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - READINGS.kept);
  await db.delete(pageReadings).where(lt(pageReadings.askedAt, before));
  // What robots.txt says is not believed for longer, and whoever owns a name can have us keep one for every name below it.
  const robotsBefore = new Date(now.getTime() - GUEST.robotsKept);
  await db.delete(fetchedHosts).where(lt(fetchedHosts.nextFetchAt, robotsBefore));
  const shows = (table: typeof sources | typeof pageReadings) =>
    exists(
      db
        .select({ one: sql`1` })
        .from(table)
        .where(eq(table.imageId, images.id)),
    );
  const unused = not(or(shows(sources), shows(pageReadings)) ?? sql`false`);
  // A day's grace: a picture is stored a moment before it is used.
  await db.delete(images).where(and(lt(images.madeAt, new Date(now.getTime() - DAY)), unused));
};
