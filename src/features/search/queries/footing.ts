// What a search stands on: how long it may take, whether its words can be looked for, and how the posts lie in time.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import type { TextPart } from '../../../domain/search-query.ts';
import { termsOf } from './terms.ts';

/** Nobody waits longer for a page that others must wait for, too. */
const LONGEST = '3s';

/**
 * words: there is something to look for. left-out: only something to leave out, which is asked of each post in turn.
 * common: no word that is indexed is among them. none: nothing was typed but operators.
 */
export type Sense = 'words' | 'left-out' | 'common' | 'none';

export interface Footing {
  readonly sense: Sense;
  /** Moments that cut the posts into about equal parts, newest first; none while PostgreSQL has not looked (a small forum). */
  readonly bounds: readonly Date[];
}

/**
 * Prepares a transaction for searching. Searches take few rows out of many by way of indexes: joining whole tables by
 * hashing them, or with several processes at once, costs more than the indexes do, whatever the planner expects.
 */
export async function layFooting(tx: Tx, text: readonly TextPart[]): Promise<Footing> {
  const { rows } = await tx.execute<{ tree: string; bounds: string[] | null }>(sql`select
    set_config('statement_timeout', ${LONGEST}, true), set_config('max_parallel_workers_per_gather', '0', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
    set_config('random_page_cost', '1.1', true), set_config('work_mem', '16MB', true),
    querytree(${termsOf(text)}) as tree,
    (select array_to_json(histogram_bounds::text::timestamptz[]) from pg_stats
      where schemaname = 'public' and tablename = 'posts' and attname = 'posted_at') as bounds`);
  const { tree = '', bounds = null } = rows[0] ?? {};
  return {
    sense: senseOf(text, tree),
    bounds: (bounds ?? []).map((bound) => new Date(bound)).reverse(),
  };
}

/** https://www.postgresql.org/docs/15/textsearch-features.html: the part an index can answer, or "T" for none. */
function senseOf(text: readonly TextPart[], tree: string): Sense {
  if (text.length === 0) return 'none';
  if (tree === '') return 'common';
  return tree === 'T' ? 'left-out' : 'words';
}
