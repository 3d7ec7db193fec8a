// Weeks by their numbers: what the index of words knows of time (migrations: search_beside_posts).
import { type SQL, sql } from 'drizzle-orm';
import type { Window } from './windows.ts';
import { weekOf } from '../../../db/schema/columns.ts';
import { posts } from '../../../db/schema/index.ts';

const DAY = 86_400_000;
/** Each week is looked up by itself; for more than ten years the index is better asked for the words alone. */
const MOST_WEEKS = 520;

/** As weekOf (db/schema/columns.ts) has it in SQL. */
function weekAt(moment: Date): number {
  const days = Math.floor((moment.getTime() - Date.UTC(2000, 0, 1)) / DAY);
  return Math.trunc(days / 7);
}

/** Posts of the weeks that a window touches, for the index; undefined where weeks are no help. */
export function inWeeksOf({ from, until }: Window): SQL | undefined {
  if (!from) return undefined;
  const first = weekAt(from);
  if (!until) return sql`${weekOf(posts.postedAt)} >= ${first}`;
  const count = weekAt(until) - first + 1;
  if (count > MOST_WEEKS) return undefined;
  const weeks = Array.from({ length: Math.max(0, count) }, (_, index) => first + index);
  return sql`${weekOf(posts.postedAt)} = any(${sql.param(weeks)}::int[])`;
}

/** Posts of topics that count from no earlier a week, for the index. */
export function ofTopicsSince(moment: Date): SQL {
  return sql`${weekOf(posts.topicCountsFrom)} >= ${weekAt(moment)}`;
}
