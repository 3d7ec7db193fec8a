// Where spent requests are counted: in the database, so that more processes are not more tries; those that only read in the
// process, and together now and then (reading-budgets.ts). Whoever goes on guessing when a budget is spent waits longer each time.
import type { FastifyRateLimitStore } from '@fastify/rate-limit';
import { lte, sql } from 'drizzle-orm';
import type { Database } from '../db/connection.ts';
import { spentBudgets } from '../db/schema/index.ts';
import type { Clock } from '../lib/clock.ts';
import { budgetKey, type Count, type Spend, type Spent } from './spending.ts';

export interface StoreOptions {
  readonly db: Database;
  /** For what is not shared. */
  readonly count: Count;
  readonly clock: Clock;
  /** Whether each request with the budget of this name is counted in the database. */
  readonly isShared: (name: string | undefined) => boolean;
  /** Up to how many milliseconds waits grow with each request too many; 0: they do not. */
  readonly longestWait: (name: string | undefined) => number;
}

/** A store for @fastify/rate-limit: `groupId` is the name of the budget. */
export function budgetStore({ db, count, clock, isShared, longestWait }: StoreOptions) {
  const reading: Spend = async (key, windowMs, max) => count(key, windowMs, max);
  const spendShared = spendInDatabase(db, clock);
  return class BudgetStore implements FastifyRateLimitStore {
    readonly spend: Spend;

    constructor(options: object) {
      // Options of a limit, and of a route in the types of the library.
      const { groupId } = options as { readonly groupId?: string };
      this.spend = isShared(groupId) ? spendShared(longestWait(groupId)) : reading;
    }

    incr(
      key: string,
      callback: (error: Error | null, spent?: Spent) => void,
      windowMs: number,
      max: number,
    ): void {
      this.spend(key, windowMs, max).then((spent) => callback(null, spent), callback);
    }

    child(options: object): FastifyRateLimitStore {
      return new BudgetStore(options);
    }
  };
}

/** @returns of a budget's longest wait how it is spent: waits double with each request too many, up to this */
function spendInDatabase(db: Database, clock: Clock): (longestWait: number) => Spend {
  const { spent, resetsAt } = spentBudgets;
  const [now, max, windowMs] = [sql.placeholder('now'), sql.placeholder('max'), sql.placeholder('windowMs')];
  const longestWait = sql.placeholder('longestWait');
  const isOver = sql`${resetsAt} <= ${now}`;
  const tooMany = sql`least(${spent} + 1 - ${max}::integer, 20)`;
  // Prepared once for all routes and requests: making its text takes longer than running it.
  const statement = db
    .insert(spentBudgets)
    .values({ key: sql.placeholder('key'), spent: 1, resetsAt: sql.placeholder('resetsAt') })
    .onConflictDoUpdate({
      target: spentBudgets.key,
      set: {
        spent: sql`case when ${isOver} then 1 else ${spent} + 1 end`,
        resetsAt: sql`case
          when ${isOver} then excluded.resets_at
          when ${longestWait} > 0 and ${tooMany} > 1 then greatest(${resetsAt}, ${now}::timestamptz
            + least(${windowMs}::float8 * 2 ^ (${tooMany} - 1), ${longestWait}) * interval '1 millisecond')
          else ${resetsAt} end`,
      },
    })
    .returning({ current: spent, resetsAt })
    .prepare('budget');
  return (longestWait) => async (key, windowMs, max) => {
    const now = clock.now();
    const fullAt = new Date(now.getTime() + windowMs);
    const times = { now, windowMs, resetsAt: fullAt, longestWait };
    const [row] = await statement.execute({ key: budgetKey(key), max, ...times });
    if (!row) throw new Error('A budget was not counted.');
    return { current: row.current, ttl: row.resetsAt.getTime() - now.getTime() };
  };
}

/** Deletes what is full again. */
export async function sweepBudgets(db: Database, now: Date): Promise<void> {
  await db.delete(spentBudgets).where(lte(spentBudgets.resetsAt, now));
}
