// Changing sources that are there, each of which renews what moderators see of it: role, paywall, the publisher's address behind an aggregator's, taking one away. Who
// may do it is asked by the commands that call this.
import { and, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { type AliasKind, sourceAliases, sourceHeadlines, sources } from '../../db/schema/index.ts';
import type { ActionId, SourceId } from '../../domain/ids.ts';
import type { SourceRole } from '../../domain/source-roles.ts';
import { URL_KEY_VERSION, type UrlKey } from '../../domain/url-key.ts';
import { closeItemAbout, bumpItemsAbout } from '../queue-items/index.ts';
import { followPage } from './readings.ts';
import { columnsOf, tellQueue, UNREAD } from './sources.ts';

export async function setSourceRole(tx: Tx, id: SourceId, role: SourceRole): Promise<void> {
  await tx.update(sources).set({ role }).where(eq(sources.id, id));
  await bumpItemsAbout(tx, { sourceId: id });
}

export async function setSourcePaywall(tx: Tx, id: SourceId, paywall: boolean): Promise<void> {
  await tx.update(sources).set({ paywall }).where(eq(sources.id, id));
  await bumpItemsAbout(tx, { sourceId: id });
}

/**
 * Gives a source its publisher's address in place of an aggregator's, or the right one in place of a wrong one. An
 * aggregator's is kept as another name of the article, so that whoever posts it again is led here.
 */
export async function correctAddress(tx: Tx, id: SourceId, address: UrlKey, now: Date): Promise<void> {
  // Before its other names, as readings lock them.
  const [before] = await tx.select().from(sources).where(eq(sources.id, id)).for('no key update');
  if (!before) throw new Error('The source whose address is corrected is not there.');
  // What a wrong address led to, and called itself, are no names of this article.
  await tx
    .delete(sourceAliases)
    .where(and(eq(sourceAliases.sourceId, id), ne(sourceAliases.kind, 'wrapper')));
  await tx.delete(sourceHeadlines).where(eq(sourceHeadlines.sourceId, id));
  if (before.wrapper) await keepAlias(tx, id, 'wrapper', { shown: before.url, key: before.urlKey });
  await tx
    .update(sources)
    .set({ ...columnsOf(address), ...UNREAD, paywall: before.paywall })
    .where(eq(sources.id, id));
  await tellQueue(tx, id, address, now);
  await followPage(tx, address, now);
}

/** Keeps another address by which an article is known, in place of an earlier one of the kind. */
export async function keepAlias(
  tx: Tx,
  sourceId: SourceId,
  kind: AliasKind,
  { shown: url, key }: Pick<UrlKey, 'shown' | 'key'>,
): Promise<void> {
  const alias = { url, urlKey: key, keyVersion: URL_KEY_VERSION };
  await tx
    .insert(sourceAliases)
    .values({ sourceId, kind, ...alias })
    .onConflictDoUpdate({ target: [sourceAliases.sourceId, sourceAliases.kind], set: alias });
}

/** Forgets an address by which an article is not known any more. */
export async function dropAlias(tx: Tx, sourceId: SourceId, kind: AliasKind): Promise<void> {
  await tx
    .delete(sourceAliases)
    .where(and(eq(sourceAliases.sourceId, sourceId), eq(sourceAliases.kind, kind)));
}

/** The publisher's address is taken back: the aggregator's, which stands there again, is no other name any more. */
export async function restoreAddress(tx: Tx, id: SourceId, url: string): Promise<void> {
  await tx
    .delete(sourceAliases)
    .where(
      and(eq(sourceAliases.sourceId, id), eq(sourceAliases.kind, 'wrapper'), eq(sourceAliases.url, url)),
    );
}

/** Has a source back that was taken off its topic. */
export async function putSourceBack(tx: Tx, id: SourceId, state: 'live' | 'dead'): Promise<void> {
  await tx.update(sources).set({ state }).where(eq(sources.id, id));
}

/** Takes a source off its topic, and out of the queue. The row stays, so that it can be had back. */
export async function removeSource(
  tx: Tx,
  id: SourceId,
  { actionId, now }: { readonly actionId: ActionId | null; readonly now: Date },
): Promise<void> {
  await tx.update(sources).set({ state: 'removed' }).where(eq(sources.id, id));
  await closeItemAbout(tx, { sourceId: id }, { actionId, now });
}
