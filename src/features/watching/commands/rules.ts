// Making a rule about a word or a domain, and ending one: decisions of moderators, in the log like all others.
import { and, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions, watchRules } from '../../../db/schema/index.ts';
import type { ActionId, WatchRuleId } from '../../../domain/ids.ts';
import { mayEndWatch, mayWatch } from '../../../domain/policy/watch.ts';
import { isBan, loggedName } from '../../../domain/watch.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { type Decision, markUndone, recordAction } from '../../log/index.ts';
import { endRule, type NewWatchRule, saveRule } from '../../watch/index.ts';

type WatchOrder = Decision & Pick<NewWatchRule, 'kind' | 'pattern' | 'shown' | 'effect'>;

/** Puts a rule in force. @throws Problem conflict when there is one for the same. */
export async function makeWatchRule(tx: Tx, order: WatchOrder): Promise<WatchRuleId> {
  const { by, kind, pattern, shown, effect, reason, now, queueItemId } = order;
  const [row] = await tx.select({ inForce: count() }).from(watchRules).where(isNull(watchRules.endedAt));
  authorize(mayWatch(by, row?.inForce ?? 0, now));
  const rule = { kind, pattern, shown, effect, reason: reason.text, rule: reason.rule };
  const ruleId = await saveRule(tx, rule, { madeById: by.id, now });
  if (ruleId === undefined) throw new Problem('conflict', 'This is watched already. End that rule first.');
  await recordAction(tx, {
    kind: isBan(rule) ? 'ban-domain' : 'watch',
    ...{ actorId: by.id, reason, at: now, data: { ruleId, what: loggedName(rule) } },
    ...(queueItemId !== undefined && { queueItemId }),
  });
  return ruleId;
}

type EndOrder = Omit<Decision, 'queueItemId'> &
  ({ readonly ruleId: WatchRuleId } | { readonly actionId: ActionId });

/**
 * Ends a rule, named by itself or by the action that made it.
 * @throws Problem not-found, or conflict when another moderator was faster.
 */
export async function endWatchRule(tx: Tx, order: EndOrder): Promise<ActionId> {
  const { by, reason, now } = order;
  const madeBy = await findMaking(tx, order);
  const rule = await lockRule(tx, madeBy.ruleId);
  authorize(mayEndWatch(by, rule, now));
  await endRule(tx, rule.id, { endedById: by.id, now });
  const actionId = await recordAction(tx, {
    kind: isBan(rule) ? 'allow-domain' : 'unwatch',
    ...{ actorId: by.id, reason, at: now, data: { ruleId: rule.id, what: loggedName(rule) } },
  });
  if (madeBy.actionId !== undefined) await markUndone(tx, madeBy.actionId, actionId);
  return actionId;
}

interface Making {
  readonly ruleId: WatchRuleId;
  /** None for a rule that stands in no log: one that was put into the database by hand. */
  readonly actionId: ActionId | undefined;
}

async function findMaking(tx: Tx, order: EndOrder): Promise<Making> {
  const ruleId = sql<string>`${actions.data}->>'ruleId'`;
  const named = 'actionId' in order ? eq(actions.id, order.actionId) : eq(ruleId, String(order.ruleId));
  const [made] = await tx
    .select({ actionId: actions.id, ruleId })
    .from(actions)
    .where(and(inArray(actions.kind, ['ban-domain', 'watch']), named))
    .orderBy(desc(actions.id))
    .limit(1);
  if (made) return { actionId: made.actionId, ruleId: Number(made.ruleId) as WatchRuleId };
  if ('actionId' in order) return notFound('There is no such decision.');
  return { ruleId: order.ruleId, actionId: undefined };
}

async function lockRule(tx: Tx, id: WatchRuleId) {
  const [rule] = await tx.select().from(watchRules).where(eq(watchRules.id, id)).for('no key update');
  return rule ?? notFound('There is no such rule.');
}
