// Changing sources that are there: role, paywall, the publisher's address behind an aggregator's, taking one away. Who
// may do it is asked by the commands that call this.
import { and, eq, ne } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sourceAliases, sources } from '../../db/schema/index.ts';
import type { SourceId } from '../../domain/ids.ts';
import type { SourceRole } from '../../domain/source-roles.ts';
import type { UrlKey } from '../../domain/url-key.ts';
import { columnsOf, UNREAD } from './sources.ts';

export async function setSourceRole(tx: Tx, id: SourceId, role: SourceRole): Promise<void> {
  await tx.update(sources).set({ role }).where(eq(sources.id, id));
}

export async function setSourcePaywall(tx: Tx, id: SourceId, paywall: boolean): Promise<void> {
  await tx.update(sources).set({ paywall }).where(eq(sources.id, id));
}

/**
 * Gives a source its publisher's address in place of an aggregator's, or the right one in place of a wrong one. An
 * aggregator's is kept as another name of the article, so that whoever posts it again is led here.
 */
export async function correctAddress(tx: Tx, id: SourceId, address: UrlKey): Promise<void> {
  const [before] = await tx.select().from(sources).where(eq(sources.id, id));
  if (!before) throw new Error('The source whose address is corrected is not there.');
  // What a wrong address led to, and called itself, are no names of this article.
  await tx
    .delete(sourceAliases)
    .where(and(eq(sourceAliases.sourceId, id), ne(sourceAliases.kind, 'wrapper')));
  if (before.wrapper) {
    const { url, urlKey, keyVersion } = before;
    const alias = { url, urlKey, keyVersion };
    await tx
      .insert(sourceAliases)
      .values({ sourceId: id, kind: 'wrapper', ...alias })
      .onConflictDoUpdate({ target: [sourceAliases.sourceId, sourceAliases.kind], set: alias });
  }
  await tx
    .update(sources)
    .set({ ...columnsOf(address), ...UNREAD, paywall: before.paywall })
    .where(eq(sources.id, id));
}

/** Takes a source off its topic. The row stays, so that it can be had back. */
export async function removeSource(tx: Tx, id: SourceId): Promise<void> {
  await tx.update(sources).set({ state: 'removed' }).where(eq(sources.id, id));
}
