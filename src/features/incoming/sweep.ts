// Forgets news whose time is over.
import { lt, notExists, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { newsItems, newsStories } from '../../db/schema/index.ts';
import { NEWS } from '../../domain/limits.ts';

/** Deletes dated items that are too old (of the others features/incoming/take-in.ts says more), and stories left empty. */
export async function sweepNews(tx: Tx, now: Date): Promise<void> {
  await tx.delete(newsItems).where(lt(newsItems.publishedAt, new Date(now.getTime() - NEWS.kept)));
  await dropEmptyStories(tx);
}

/** A story is its items. */
export async function dropEmptyStories(tx: Tx): Promise<void> {
  const items = tx
    .select({ one: sql`1` })
    .from(newsItems)
    .where(sql`${newsItems.storyId} = ${newsStories.id}`);
  await tx.delete(newsStories).where(notExists(items));
}
