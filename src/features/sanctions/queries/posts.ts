// Everything that a member posted, as moderators see it.
import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { after, type Cursor } from '../../../db/cursor.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import { readableText } from '../../../db/visibility.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export interface PostOfMember {
  readonly id: PostId;
  readonly topicTitle: string;
  readonly isOpening: boolean;
  readonly postedAt: Date;
  readonly score: number;
  readonly state: State;
  /** Null: withdrawn, which nobody reads. */
  readonly bodyHtml: SafeHtml | null;
}

export interface PostList {
  readonly rows: readonly PostOfMember[];
  readonly next: Cursor | undefined;
}

/** One page of a member's posts in all states, newest first. */
export async function listPosts(
  db: Reader,
  viewer: Viewer,
  memberId: MemberId,
  { cursor, limit }: { readonly cursor: Cursor | undefined; readonly limit: number },
): Promise<PostList> {
  const rows = await db
    .select({
      id: posts.id,
      topicTitle: topics.title,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      postedAt: posts.postedAt,
      score: posts.score,
      state: posts.state,
      bodyHtml: readableText(viewer, posts.bodyHtml) as SQL<SafeHtml | null>,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(and(eq(posts.authorId, memberId), after(cursor, posts.postedAt, posts.id)))
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last && { key: last.postedAt.toISOString(), id: last.id } };
}

/** How many posts of a member are in each state. */
export async function countPosts(db: Reader, memberId: MemberId): Promise<Readonly<Record<State, number>>> {
  const rows = await db
    .select({ state: posts.state, n: count() })
    .from(posts)
    .where(eq(posts.authorId, memberId))
    .groupBy(posts.state);
  const of = (state: State) => rows.find((row) => row.state === state)?.n ?? 0;
  return { visible: of('visible'), held: of('held'), hidden: of('hidden'), withdrawn: of('withdrawn') };
}
