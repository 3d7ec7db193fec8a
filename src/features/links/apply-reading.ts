// Tells sources what was read of their pages: fills in what is not known of them, and notes what the publisher changed.
import { and, asc, desc, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { tellPages } from '../../db/page-changes.ts';
import { sourceHeadlines, sources } from '../../db/schema/index.ts';
import type { EventData } from '../../domain/events.ts';
import type { TopicId } from '../../domain/ids.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import type { PageReading } from './readings.ts';
import { dropAlias, keepAlias } from './source-changes.ts';
import { columnsOf, tellQueue } from './sources.ts';

type Source = typeof sources.$inferSelect;
type SourceEventKind = 'headline-changed' | 'source-died' | 'source-revived' | 'source-edited';

/** What readings have recorded: events are written by a feature that stands above this one (src/README.md). */
export type RecordSourceEvent = (
  tx: Tx,
  event: {
    readonly [K in SourceEventKind]: {
      readonly kind: K;
      readonly actorId: null;
      readonly topicId: TopicId;
      readonly data: EventData[K];
      readonly at: Date;
    };
  }[SourceEventKind],
) => Promise<void>;

/** What a reading just now says of whether the page is there; undefined: nothing that is sure, or the reading is older. */
export type Presence = 'there' | 'dead' | undefined;

/**
 * Tells all sources with the address of a reading.
 * @returns the address that they have now, when a wrapper has told where it leads.
 */
export async function applyReading(
  tx: Tx,
  reading: PageReading,
  presence: Presence,
  recordEvent: RecordSourceEvent,
  now: Date,
): Promise<UrlKey | undefined> {
  const found = await lockSources(tx, reading.urlKey);
  const unwrapped = found.some(({ wrapper }) => wrapper) ? publisherAddress(reading) : undefined;
  for (const source of found) {
    tellPages(tx, { effect: 'grown', topicId: source.topicId });
    const record = (kind: 'source-died' | 'source-revived' | 'source-edited') =>
      recordEvent(tx, {
        kind,
        actorId: null,
        topicId: source.topicId,
        data: { sourceId: source.id },
        at: now,
      });
    const revived = presence === 'there' && source.state === 'dead';
    const died = presence === 'dead' && source.state === 'live';
    await tx
      .update(sources)
      .set({
        ...(unwrapped && { ...columnsOf(unwrapped), wrapper: false }),
        ...(reading.fault === null && unknownOf(source, reading)),
        ...(revived && { state: 'live' as const }),
        ...(died && { state: 'dead' as const }),
        fetchedAt: reading.readAt,
      })
      .where(eq(sources.id, source.id));
    if (died) await record('source-died');
    if (revived) await record('source-revived');
    if (unwrapped) {
      await keepAlias(tx, source.id, 'wrapper', { shown: source.url, key: source.urlKey });
      await tellQueue(tx, source.id, unwrapped, now);
      await record('source-edited');
    }
    if (reading.fault !== null) continue;
    if (!unwrapped) await keepRedirect(tx, source, reading);
    await keepCanonical(tx, source, reading);
    await keepHeadline(tx, source, reading, recordEvent, now);
  }
  return unwrapped;
}

/** The sources that stand in topics and have this address, in the order in which they are locked everywhere. */
export function lockSources(tx: Tx, key: string): Promise<Source[]> {
  return tx
    .select()
    .from(sources)
    .where(and(eq(sources.urlKey, key), ne(sources.state, 'removed')))
    .orderBy(asc(sources.id))
    .for('no key update');
}

/** Where a wrapper led to. */
function publisherAddress({ finalUrl, fault }: PageReading): UrlKey | undefined {
  const final = urlKey(fault === null ? (finalUrl ?? '') : '');
  return final.ok && !isWrapper(final.shown) ? final : undefined;
}

/** The facts that a source lacks: what members or an import said of it stays. */
function unknownOf(source: Source, reading: PageReading): Partial<Source> {
  return {
    publisher: source.publisher ?? reading.publisher,
    title: source.title ?? reading.title,
    description: source.description ?? reading.description,
    author: source.author ?? reading.author,
    language: source.language ?? reading.language,
    publishedAt: source.publishedAt ?? reading.publishedAt,
    imageId: source.imageId ?? reading.imageId,
    paywall: source.paywall || reading.paywall,
  };
}

/** Where a page led and leads no more is no name of it: else whoever redirects for an hour keeps another's article away. */
async function keepRedirect(tx: Tx, source: Source, { finalUrl }: PageReading): Promise<void> {
  const final = urlKey(finalUrl ?? '');
  if (final.ok && final.key !== source.urlKey && !isWrapper(final.shown))
    await keepAlias(tx, source.id, 'redirect', final);
  else await dropAlias(tx, source.id, 'redirect');
}

async function keepCanonical(tx: Tx, source: Source, { canonicalUrl }: PageReading): Promise<void> {
  const canonical = urlKey(canonicalUrl ?? '');
  if (canonical.ok && canonical.key !== source.urlKey) await keepAlias(tx, source.id, 'canonical', canonical);
}

/** Notes a headline that is not the last one seen. The first is no change. */
async function keepHeadline(
  tx: Tx,
  { id: sourceId, topicId }: Source,
  { title }: PageReading,
  recordEvent: RecordSourceEvent,
  now: Date,
): Promise<void> {
  if (title === null) return;
  const [last] = await tx
    .select({ title: sourceHeadlines.title })
    .from(sourceHeadlines)
    .where(eq(sourceHeadlines.sourceId, sourceId))
    .orderBy(desc(sourceHeadlines.id))
    .limit(1);
  if (last?.title === title) return;
  const [kept] = await tx
    .insert(sourceHeadlines)
    .values({ sourceId, title, seenAt: now })
    .returning({ headlineId: sourceHeadlines.id });
  if (last && kept) {
    const data = { sourceId, headlineId: kept.headlineId };
    await recordEvent(tx, { kind: 'headline-changed', actorId: null, topicId, data, at: now });
  }
}
