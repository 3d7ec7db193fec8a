// The rules as rows: those in force, a new one, the end of one. They change rarely and are read with everything that is
// posted, so what is made of them for comparing is kept as long as they are the same.
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { builtOnce } from '../../db/named-statements.ts';
import { watchRules } from '../../db/schema/index.ts';
import type { MemberId, WatchRuleId } from '../../domain/ids.ts';
import { type WatchEffect, type WatchedText, watcherOf, type WatchKind } from '../../domain/watch.ts';

/** A rule that a text matches. */
export interface WatchMatch {
  readonly ruleId: WatchRuleId;
  readonly kind: WatchKind;
  /** Its word or domain as it was typed. */
  readonly shown: string;
  readonly effect: WatchEffect;
  readonly reason: string;
  /** Number of the house rule it stands for. */
  readonly rule: number | null;
}

type RuleInForce = WatchMatch & { readonly pattern: string };
export type Watcher = (watched: WatchedText) => RuleInForce[];

let prepared: { readonly key: string; readonly watcher: Watcher } | undefined;

/** Compares texts with the rules in force: read anew each time, so that every process knows the newest at once. */
export async function loadWatcher(db: Reader): Promise<Watcher> {
  const { id: ruleId, kind, pattern, shown, effect, reason, rule } = watchRules;
  const reading = builtOnce(db, 'watch rules', () =>
    db
      .select({ ruleId, kind, pattern, shown, effect, reason, rule })
      .from(watchRules)
      .where(isNull(watchRules.endedAt))
      .orderBy(asc(ruleId))
      .prepare('watch rules'),
  );
  const rules = await reading.execute();
  // A rule never changes, it only ends; its pattern is named besides, since tests and restored backups give ids again.
  const key = JSON.stringify(rules.map((one) => [one.ruleId, one.pattern, one.effect, one.reason, one.rule]));
  if (prepared?.key !== key) prepared = { key, watcher: watcherOf(rules) };
  return prepared.watcher;
}

export interface NewWatchRule {
  readonly kind: WatchKind;
  readonly pattern: string;
  readonly shown: string;
  readonly effect: WatchEffect;
  readonly reason: string;
  readonly rule: number | null;
}

/** @returns its id; undefined when there is one in force for the same. */
export async function saveRule(
  tx: Tx,
  rule: NewWatchRule,
  { madeById, now }: { readonly madeById: MemberId; readonly now: Date },
): Promise<WatchRuleId | undefined> {
  const [saved] = await tx
    .insert(watchRules)
    .values({ ...rule, madeById, madeAt: now })
    .onConflictDoNothing()
    .returning({ id: watchRules.id });
  return saved?.id;
}

export type WatchRule = typeof watchRules.$inferSelect;

/** Ends a rule. @returns it; undefined when there is none in force with this id. */
export async function endRule(
  tx: Tx,
  id: WatchRuleId,
  { endedById, now }: { readonly endedById: MemberId; readonly now: Date },
): Promise<WatchRule | undefined> {
  const [ended] = await tx
    .update(watchRules)
    .set({ endedAt: now, endedById })
    .where(and(eq(watchRules.id, id), isNull(watchRules.endedAt)))
    .returning();
  return ended;
}
