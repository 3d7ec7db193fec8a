// What a member keeps. What is not for reading any more is blank in the SELECT, and can only be taken off the list.
import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { after, type Cursor } from '../../db/cursor.ts';
import { members, posts, saves, topics } from '../../db/schema/index.ts';
import { openableTopics, placedPosts, readablePosts } from '../../db/visibility.ts';
import type { PostId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';
import type { SafeHtml } from '../../lib/html.ts';

export const SAVED_KINDS = ['all', 'topics', 'replies'] as const;
export type SavedKind = (typeof SAVED_KINDS)[number];

export interface SavedRow {
  readonly postId: PostId;
  readonly note: string;
  readonly savedAt: Date;
  readonly isReply: boolean;
  /** Null when the member cannot read it (any more). */
  readonly title: string | null;
  readonly authorName: string | null;
  readonly postedAt: Date | null;
  readonly bodyHtml: SafeHtml | null;
}

export interface SavedPage {
  readonly rows: readonly SavedRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Cursor | undefined;
}

/** One page of what a member keeps, the latest first. */
export async function listSaved(
  db: Reader,
  viewer: Member,
  { kind, cursor, limit }: { kind: SavedKind; cursor: Cursor | undefined; limit: number },
): Promise<SavedPage> {
  const rows = await selectSaved(db, viewer)
    .where(and(eq(saves.memberId, viewer.id), KINDS[kind], after(cursor, saves.savedAt, saves.postId)))
    .orderBy(desc(saves.savedAt), desc(saves.postId))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last && { key: last.savedAt.toISOString(), id: last.postId } };
}

/** One post that a member keeps. */
export async function findSaved(db: Reader, viewer: Member, postId: PostId): Promise<SavedRow | undefined> {
  const [row] = await selectSaved(db, viewer).where(
    and(eq(saves.memberId, viewer.id), eq(saves.postId, postId)),
  );
  return row;
}

/** Whether the member can read a post; undefined when there is none that they may know of. */
export async function findReadable(
  db: Reader,
  viewer: Member,
  postId: PostId,
): Promise<{ readonly readable: boolean } | undefined> {
  const [row] = await db
    .select({ readable: sql<boolean>`${readable(viewer)}` })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(and(eq(posts.id, postId), placedPosts(viewer)));
  return row;
}

const KINDS: Readonly<Record<SavedKind, SQL | undefined>> = {
  all: undefined,
  topics: isNull(posts.branchId),
  replies: isNotNull(posts.branchId),
};

function selectSaved(db: Reader, viewer: Member) {
  const shown = <T>(column: SQL) => sql<T | null>`case when ${readable(viewer)} then ${column} end`;
  return db
    .select({
      postId: saves.postId,
      note: saves.note,
      savedAt: saves.savedAt,
      isReply: sql<boolean>`${posts.branchId} is not null`,
      title: shown<string>(sql`${topics.title}`),
      authorName: shown<string>(sql`${members.name}`),
      postedAt: shown<Date>(sql`${posts.postedAt}`).mapWith(posts.postedAt),
      bodyHtml: shown<SafeHtml>(sql`${posts.bodyHtml}`),
    })
    .from(saves)
    .innerJoin(posts, eq(posts.id, saves.postId))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .$dynamic();
}

/** Posts that the member can read where they stand. */
function readable(viewer: Member): SQL {
  return and(readablePosts(viewer), placedPosts(viewer), openableTopics(viewer)) as SQL;
}
