// The rules as moderators see them: who made them, and how often they were met.
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { members, watchHits, watchRules } from '../../../db/schema/index.ts';
import type { WatchRuleId } from '../../../domain/ids.ts';
import type { WatchKind } from '../../../domain/watch.ts';

const maker = alias(members, 'maker');
const ender = alias(members, 'ender');

function selectRules(db: Reader) {
  return db
    .select({
      id: watchRules.id,
      kind: watchRules.kind,
      pattern: watchRules.pattern,
      shown: watchRules.shown,
      effect: watchRules.effect,
      reason: watchRules.reason,
      rule: watchRules.rule,
      madeAt: watchRules.madeAt,
      madeBy: maker.name,
      endedAt: watchRules.endedAt,
      endedBy: ender.name,
      hits: sql<number>`(select count(*)::int from ${watchHits} where ${watchHits.ruleId} = ${watchRules.id})`,
    })
    .from(watchRules)
    .leftJoin(maker, eq(maker.id, watchRules.madeById))
    .leftJoin(ender, eq(ender.id, watchRules.endedById));
}

export type RuleRow = Awaited<ReturnType<typeof listRules>>[number];

/** Those in force, newest first: WATCH.mostRules keeps them few. */
export function listRules(db: Reader) {
  return selectRules(db).where(isNull(watchRules.endedAt)).orderBy(desc(watchRules.id));
}

export async function findRule(db: Reader, id: WatchRuleId): Promise<RuleRow | undefined> {
  const [rule] = await selectRules(db).where(eq(watchRules.id, id));
  return rule;
}

/** The rule in force for the same word or domain. */
export async function findRuleFor(
  db: Reader,
  { kind, pattern }: { readonly kind: WatchKind; readonly pattern: string },
): Promise<RuleRow | undefined> {
  const [rule] = await selectRules(db).where(
    and(isNull(watchRules.endedAt), eq(watchRules.kind, kind), eq(watchRules.pattern, pattern)),
  );
  return rule;
}
