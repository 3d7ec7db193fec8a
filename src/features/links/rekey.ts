// Keys are stored with the version of the rules that made them. When new rules come with a new version, this job makes
// all stored keys again, and writes down what posts cite that were written before citations were. Where two topics turn
// out to be about one address, both are found from then on; neither is changed.
//
// Left out: the items of feeds, which are gone after 14 days.
import { and, asc, eq, gt, gte, inArray, like, lt, lte, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import {
  citedAddresses,
  pageReadings,
  posts,
  sourceAliases,
  sources,
  upkeep,
} from '../../db/schema/index.ts';
import type { PostId, SourceId } from '../../domain/ids.ts';
import { urlKey, URL_KEY_VERSION } from '../../domain/url-key.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { addressesIn } from '../../lib/markdown/index.ts';
import { citationsOf } from './citations.ts';
import { columnsOf } from './sources.ts';

const TASK = 'url-keys';
/** Rows looked through in one transaction. Most posts have no link; those that have are locked meanwhile. */
const SOURCES = 200;
const POSTS = 1_000;

/**
 * Makes the keys of earlier versions again, and is done for good after a walk that found none: while a new version of
 * the forum starts, processes of the one before still write. Keys of later versions are left alone: this process is
 * of the earlier one then.
 */
export const rekey: JobHandler<'rekey'> = async (db, _payload, now) => {
  if (await isDone(db)) return;
  // Read again when somebody asks for the page.
  await db.delete(pageReadings).where(lt(pageReadings.keyVersion, URL_KEY_VERSION));
  const changed = (await walk(db, rekeySources)) + (await walk(db, citeAgain));
  if (changed > 0) return;
  const done = { version: URL_KEY_VERSION, doneAt: now };
  await db
    .insert(upkeep)
    .values({ task: TASK, ...done })
    .onConflictDoUpdate({ target: upkeep.task, set: done, setWhere: lt(upkeep.version, URL_KEY_VERSION) });
};

async function isDone(db: Database): Promise<boolean> {
  const rows = await db
    .select({ version: upkeep.version })
    .from(upkeep)
    .where(and(eq(upkeep.task, TASK), gte(upkeep.version, URL_KEY_VERSION)));
  return rows.length > 0;
}

interface Batch<Id> {
  /** The last row looked at; undefined when there was none left. */
  readonly last: Id | undefined;
  readonly changed: number;
}

/** @returns how many rows were changed. */
async function walk<Id extends number>(
  db: Database,
  takeBatch: (tx: Tx, after: Id) => Promise<Batch<Id>>,
): Promise<number> {
  let changed = 0;
  for (let after: Id | undefined = 0 as Id; after !== undefined;) {
    const from: Id = after;
    const batch: Batch<Id> = await db.transaction((tx) => takeBatch(tx, from));
    changed += batch.changed;
    after = batch.last;
  }
  return changed;
}

async function rekeySources(tx: Tx, after: SourceId): Promise<Batch<SourceId>> {
  const batch = await tx
    .select({ id: sources.id, url: sources.url, keyVersion: sources.keyVersion })
    .from(sources)
    .where(gt(sources.id, after))
    .orderBy(asc(sources.id))
    .limit(SOURCES);
  const ids = batch.map(({ id }) => id);
  const early = batch.filter(({ keyVersion }) => keyVersion < URL_KEY_VERSION);
  for (const { id, url } of early) {
    const read = urlKey(url);
    await tx
      .update(sources)
      // What the rules refuse today keeps the key that it has.
      .set(read.ok ? columnsOf(read) : { keyVersion: URL_KEY_VERSION })
      // Unless it was given another address meanwhile.
      .where(and(eq(sources.id, id), eq(sources.url, url)));
  }
  return { last: ids.at(-1), changed: early.length + (await rekeyAliases(tx, ids)) };
}

async function rekeyAliases(tx: Tx, sourceIds: readonly SourceId[]): Promise<number> {
  const early = await tx
    .select({ sourceId: sourceAliases.sourceId, kind: sourceAliases.kind, url: sourceAliases.url })
    .from(sourceAliases)
    .where(
      and(inArray(sourceAliases.sourceId, [...sourceIds]), lt(sourceAliases.keyVersion, URL_KEY_VERSION)),
    );
  for (const { sourceId, kind, url } of early) {
    const read = urlKey(url);
    await tx
      .update(sourceAliases)
      .set({ ...(read.ok && { urlKey: read.key }), keyVersion: URL_KEY_VERSION })
      .where(
        and(eq(sourceAliases.sourceId, sourceId), eq(sourceAliases.kind, kind), eq(sourceAliases.url, url)),
      );
  }
  return early.length;
}

/** What posts cite follows from their texts, with keys of any version or none there yet. */
async function citeAgain(tx: Tx, after: PostId): Promise<Batch<PostId>> {
  const batch = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(gt(posts.id, after))
    .orderBy(asc(posts.id))
    .limit(POSTS);
  const last = batch.at(-1)?.id;
  if (last === undefined) return { last, changed: 0 };
  // Locked, so that nobody writes down what another text cites between the reading and the writing.
  const linking = await tx
    .select({ id: posts.id, bodyHtml: posts.bodyHtml })
    .from(posts)
    .where(and(gt(posts.id, after), lte(posts.id, last), like(posts.bodyHtml, '% rel="ugc %')))
    .orderBy(asc(posts.id))
    .for('no key update');
  const cited = linking.flatMap(({ id, bodyHtml }) =>
    citationsOf({ postId: id, addresses: addressesIn(bodyHtml) }),
  );
  const ids = linking.map(({ id }) => id);
  await tx
    .delete(citedAddresses)
    .where(and(inArray(citedAddresses.postId, ids), lt(citedAddresses.keyVersion, URL_KEY_VERSION)));
  const { rowCount } = await tx.execute(sql`
    insert into ${citedAddresses} (post_id, url_key, key_version, url)
    select post_id, url_key, ${URL_KEY_VERSION}, url from unnest(
      ${sql.param(cited.map(({ postId }) => postId))}::bigint[], ${sql.param(cited.map((row) => row.urlKey))}::text[],
      ${sql.param(cited.map(({ url }) => url))}::text[]) as cited (post_id, url_key, url)
    on conflict do nothing`);
  return { last, changed: rowCount ?? 0 };
}
