// Writing sources: the only writer of their table. Who may do it is asked by the commands that call this.
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { type Batch, batchOf } from '../../db/insert-rows.ts';
import { sourceAliases, sourceHeadlines, sources } from '../../db/schema/index.ts';
import type { MemberId, SourceId, TopicId } from '../../domain/ids.ts';
import type { SourceRole } from '../../domain/source-roles.ts';
import { URL_KEY_VERSION, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import { closeItemAbout, bumpItemsAbout } from '../queue-items/index.ts';
import { inOrderOfPosting } from './queries.ts';
import { followPage } from './readings.ts';

/**
 * Keeps everyone else from posting an address with this key until the transaction ends, so that two people who post
 * the same news in the same second do not make two topics of it.
 */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  // Two keys with one hash only wait for each other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, ${URL_KEY_VERSION}))`);
}

/** Adds an article to a topic: the one that it is about, unless `role` says what else it is. */
export async function addSource(
  tx: Tx,
  source: {
    readonly topicId: TopicId;
    readonly addedById: MemberId;
    readonly address: UrlKey;
    readonly role?: SourceRole;
    readonly paywall?: boolean;
    readonly now: Date;
  },
): Promise<SourceId> {
  const [added] = await tx
    .insert(sources)
    .values({
      topicId: source.topicId,
      addedById: source.addedById,
      addedAt: source.now,
      role: source.role,
      paywall: source.paywall,
      ...columnsOf(source.address),
    })
    .returning({ id: sources.id });
  if (!added) throw new Error('An inserted source was not returned.');
  await followPage(tx, source.address, source.now);
  return added.id;
}

/**
 * Gives the topic's first source another address; what was known about the page at the old one goes.
 * @returns undefined when the topic has no source.
 */
export async function replaceAddress(
  tx: Tx,
  topicId: TopicId,
  address: UrlKey,
  now: Date,
): Promise<SourceId | undefined> {
  const [first] = await tx
    .select({ id: sources.id })
    .from(sources)
    .where(and(eq(sources.topicId, topicId), ne(sources.state, 'removed')))
    .orderBy(...inOrderOfPosting())
    .limit(1)
    // Before its other names, as readings lock them.
    .for('no key update');
  if (!first) return undefined;
  await tx.delete(sourceAliases).where(eq(sourceAliases.sourceId, first.id));
  await tx.delete(sourceHeadlines).where(eq(sourceHeadlines.sourceId, first.id));
  await tx
    .update(sources)
    .set({ ...columnsOf(address), ...UNREAD })
    .where(eq(sources.id, first.id));
  await tellQueue(tx, first.id, address, now);
  await followPage(tx, address, now);
  return first.id;
}

/**
 * Whoever has a source before them in the queue has not seen its new address; one that names the publisher is what the
 * item about the link waited for. The source is locked before its items, as readings of pages lock them.
 */
export async function tellQueue(tx: Tx, id: SourceId, address: UrlKey, now: Date): Promise<void> {
  if (!isWrapper(address.shown))
    await closeItemAbout(tx, { sourceId: id }, { kind: 'link', actionId: null, now });
  await bumpItemsAbout(tx, { sourceId: id });
}

/** What is not known of a page that nobody has read. */
export const UNREAD = {
  publisher: null,
  title: null,
  description: null,
  author: null,
  language: null,
  imageId: null,
  publishedAt: null,
  paywall: false,
  fetchedAt: null,
  state: 'live',
} as const;

/** A source as it comes out of a demonstration forum, a file or another forum. */
export interface ImportedSource {
  readonly address: UrlKey;
  /** Who added it and when; without them the topic's author, with the topic. Null: a former member. */
  readonly addedById?: MemberId | null;
  readonly addedAt?: Date;
  readonly state?: (typeof sources.$inferInsert)['state'];
  readonly role?: (typeof sources.$inferInsert)['role'];
  readonly publisher?: string;
  readonly title?: string;
  readonly description?: string;
  readonly author?: string;
  readonly language?: string;
  readonly publishedAt?: Date;
  readonly paywall?: boolean;
  readonly originKey?: string;
}

/** The sources of an imported topic, to be inserted together with it. */
export function importedSources(
  topic: { readonly id: TopicId; readonly authorId: MemberId | null; readonly postedAt: Date },
  imported: readonly ImportedSource[],
): Batch {
  return batchOf(
    sources,
    imported.map(({ address, addedById = topic.authorId, addedAt = topic.postedAt, ...known }) => ({
      ...{ topicId: topic.id, addedById, addedAt },
      ...columnsOf(address),
      publisher: known.publisher,
      role: known.role ?? 'report',
      title: known.title,
      description: known.description,
      author: known.author,
      language: known.language,
      publishedAt: known.publishedAt,
      paywall: known.paywall ?? false,
      state: known.state ?? 'live',
      originKey: known.originKey,
    })),
  );
}

/** What the columns of a source say of its address. */
export function columnsOf(address: UrlKey) {
  return {
    url: address.shown,
    urlKey: address.key,
    keyVersion: URL_KEY_VERSION,
    publisherHost: address.host,
    wrapper: isWrapper(address.shown),
  };
}
