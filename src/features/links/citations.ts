// Which posts link to which addresses: whoever is about to post one sees the replies that cite it already.
import { and, desc, eq, gte, inArray, isNotNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { type Batch, batchOf, insertRows } from '../../db/insert-rows.ts';
import { citedAddresses, members, posts, topics } from '../../db/schema/index.ts';
import { listedPosts } from '../../db/visibility.ts';
import type { PostId, TopicId } from '../../domain/ids.ts';
import { CITATIONS } from '../../domain/limits.ts';
import { urlKey, URL_KEY_VERSION } from '../../domain/url-key.ts';

/** A post and the addresses that its text links to. */
export interface CitingPost {
  readonly postId: PostId;
  readonly addresses: readonly string[];
}

/** Writes down what a post links to, in place of what was written of it before. */
export async function setCitations(tx: Tx, postId: PostId, addresses: readonly string[]): Promise<void> {
  await tx.delete(citedAddresses).where(eq(citedAddresses.postId, postId));
  await insertRows(tx, citedAddresses, citationsOf({ postId, addresses }));
}

/** What imported posts link to, to be inserted together with them. */
export function importedCitations(imported: readonly CitingPost[]): Batch {
  return batchOf(citedAddresses, imported.flatMap(citationsOf));
}

/** Forgets what posts linked to whose text is gone. */
export async function forgetCitations(tx: Tx, postIds: readonly PostId[]): Promise<void> {
  await tx.delete(citedAddresses).where(inArray(citedAddresses.postId, [...postIds]));
}

/** Each address once; what is none that could be posted is left out. */
export function citationsOf({ postId, addresses }: CitingPost): (typeof citedAddresses.$inferInsert)[] {
  const byKey = new Map(
    addresses.flatMap((address) => {
      const read = urlKey(address);
      return read.ok ? [[read.key, read.shown] as const] : [];
    }),
  );
  return [...byKey].map(([key, url]) => ({ postId, urlKey: key, keyVersion: URL_KEY_VERSION, url }));
}

export interface CitingReply {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly topicSlug: string;
  readonly topicTitle: string;
  /** Null: a former member. */
  readonly authorName: string | null;
  readonly postedAt: Date;
}

/** The newest replies of the last months that everyone can see and that link to the address with this key. */
export async function findCitingReplies(db: Reader, key: string, now: Date): Promise<CitingReply[]> {
  return db
    .select({
      id: posts.id,
      topicId: posts.topicId,
      topicSlug: topics.slug,
      topicTitle: topics.title,
      authorName: members.name,
      postedAt: posts.postedAt,
    })
    .from(citedAddresses)
    .innerJoin(posts, eq(posts.id, citedAddresses.postId))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(
      and(
        eq(citedAddresses.urlKey, key),
        isNotNull(posts.branchId),
        listedPosts(),
        gte(posts.postedAt, new Date(now.getTime() - CITATIONS.within)),
      ),
    )
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(CITATIONS.shown);
}
