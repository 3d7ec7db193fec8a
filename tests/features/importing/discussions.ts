// Discussions as Reddit's archives have them, made up here.
import { asc } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts } from '../../../src/db/schema/index.ts';

export const T0 = 1_700_000_000;
export const reddit = { from: 'reddit' } as const;
export const moment = (seconds: number) => new Date(seconds * 1_000);

/** A comment answers the discussion, unless it says whom. */
export function discussion(
  id: string,
  given: Record<string, unknown> = {},
  comments: readonly object[] = [],
): string {
  return `${JSON.stringify({
    id,
    title: `Discussion ${id}`,
    url: `https://www.reddit.com/r/grids/comments/${id}/`,
    domain: 'self.grids',
    is_self: true,
    selftext: `Text of ${id}`,
    author: 'op_one',
    created_utc: T0,
    score: 10,
    upvote_ratio: 0.9,
    num_comments: comments.length,
    flair: null,
    ...given,
    comments: comments.map((comment, n) => ({
      id: `c${n}`,
      parent: id,
      author: `writer${n}`,
      created_utc: T0 + 60 * (n + 1),
      score: 1,
      depth: 0,
      body: `Comment ${n}`,
      ...comment,
    })),
  })}\n`;
}

export async function postsOf(db: Database) {
  const rows = await db.select().from(posts).orderBy(asc(posts.id));
  return new Map(rows.map((row) => [row.originKey, row]));
}
