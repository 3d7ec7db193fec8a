// Rules about words and domains that tests put in force, and what they found.
import { asc } from 'drizzle-orm';
import type { Database } from '../../src/db/connection.ts';
import { queueItems, watchHits, watchRules } from '../../src/db/schema/index.ts';
import type { WatchRuleId } from '../../src/domain/ids.ts';
import { readWatchPattern, type WatchEffect } from '../../src/domain/watch.ts';

/** Puts a rule in force; a domain when it has a dot in it. */
export async function watch(
  db: Database,
  shown: string,
  effect: WatchEffect,
  reason = 'Spam or promotion',
): Promise<WatchRuleId> {
  const kind = shown.includes('.') ? 'domain' : 'word';
  const read = readWatchPattern(kind, shown);
  if (!read.ok) throw new Error(read.fault);
  const { pattern } = read;
  const madeAt = new Date('2026-04-01T12:00:00Z');
  const [made] = await db
    .insert(watchRules)
    .values({ kind, pattern, shown, effect, reason, rule: 4, madeAt })
    .returning({ id: watchRules.id });
  if (!made) throw new Error('nothing was inserted');
  return made.id;
}

/** Which rules were found in which posts. */
export function hitRows(db: Database) {
  const { ruleId, postId } = watchHits;
  return db.select({ ruleId, postId }).from(watchHits).orderBy(asc(ruleId), asc(postId));
}

/** Kind and subject of all work of the moderators. */
export function workRows(db: Database) {
  const { kind, postId, version, closedAt } = queueItems;
  return db.select({ kind, postId, version, closedAt }).from(queueItems).orderBy(asc(queueItems.id));
}
