// Budgets of requests that only read. Each process counts for itself; what somebody spent who reads a lot is added to what
// other processes saw of them, for all such senders in one statement about once a second. So reading costs no statement, and
// more processes are not more budgets. No timer: a request sets it off, so that an idle process does nothing.
import { sql } from 'drizzle-orm';
import type { Database } from '../db/connection.ts';
import { builtOnce } from '../db/named-statements.ts';
import { spentBudgets } from '../db/schema/index.ts';
import { SECOND } from '../domain/times.ts';
import type { Clock } from '../lib/clock.ts';
import { budgetKey, type Count } from './spending.ts';

/** Senders counted at the same time; who was counted longest ago makes place. */
const MOST_COUNTED = 50_000;
/**
 * Who has spent less than this part of a budget in a process is not added: nearly everybody. With N processes somebody who
 * spreads requests evenly over them has 1 + N / 20 budgets at most, and what they spend in a second.
 */
const NOTICEABLE = 1 / 20;
const ADDED_EVERY_MS = SECOND;
/** Senders in one statement; the others wait for the next. */
const MOST_ADDED = 1_000;

interface Counted {
  /** Here, and elsewhere as far as it is known. */
  current: number;
  /** Of that, what the others do not know yet. */
  unknown: number;
  resetsAt: number;
}

export function countReads(db: Database, clock: Clock): Count {
  const counted = new Map<string, Counted>();
  let noticeable = new Set<string>();
  let addedAt = 0;
  let adding = false;

  return (key, windowMs, max) => {
    const now = clock.now().getTime();
    const spent = spend(key, now, windowMs);
    if (spent.current >= max * NOTICEABLE) noticeable.add(key);
    // A clock that was set back must not stop it.
    if (noticeable.size > 0 && !adding && Math.abs(now - addedAt) >= ADDED_EVERY_MS) {
      adding = true;
      addedAt = now;
      // Not waited for. Where it fails, the next one brings it: until then each process counts alone.
      void add(now).then(
        () => (adding = false),
        () => (adding = false),
      );
    }
    return { current: spent.current, ttl: spent.resetsAt - now };
  };

  function spend(key: string, now: number, windowMs: number): Counted {
    const before = counted.get(key);
    const spent =
      before && before.resetsAt > now ? before : { current: 0, unknown: 0, resetsAt: now + windowMs };
    spent.current += 1;
    spent.unknown += 1;
    counted.delete(key);
    counted.set(key, spent);
    const [oldest] = counted.keys();
    if (counted.size > MOST_COUNTED && oldest !== undefined) counted.delete(oldest);
    return spent;
  }

  async function add(now: number): Promise<void> {
    const senders = new Map<string, { readonly counted: Counted; readonly added: number }>();
    const left = new Set<string>();
    for (const key of noticeable) {
      const of = counted.get(key);
      if (!of || of.resetsAt <= now) continue;
      if (senders.size < MOST_ADDED) senders.set(budgetKey(key), { counted: of, added: of.unknown });
      else left.add(key);
    }
    noticeable = left;
    if (senders.size === 0) return;
    const rows = [...senders.values()];
    const known = await builtOnce(db, 'reading', () => prepareAdding(db)).execute({
      now: new Date(now),
      keys: [...senders.keys()],
      spent: rows.map(({ added }) => added),
      resetsAt: rows.map(({ counted: of }) => new Date(of.resetsAt).toISOString()),
    });
    for (const row of known) {
      const sender = senders.get(row.key);
      if (!sender) continue;
      sender.counted.unknown -= sender.added;
      sender.counted.current = row.spent + sender.counted.unknown;
      sender.counted.resetsAt = row.resetsAt.getTime();
    }
  }
}

/** Any number of senders in one statement of one text. */
function prepareAdding(db: Database) {
  const { key, spent, resetsAt } = spentBudgets;
  const [now, keys] = [sql.placeholder('now'), sql.placeholder('keys')];
  const isOver = sql`${resetsAt} <= ${now}`;
  return (
    db
      .insert(spentBudgets)
      // In one order in all processes: each row is locked until the last is written.
      .select(
        sql`select * from unnest(${keys}::text[], ${sql.placeholder('spent')}::integer[], ${sql.placeholder('resetsAt')}::timestamptz[])
          as added (key, spent, resets_at) order by key`,
      )
      .onConflictDoUpdate({
        target: key,
        set: {
          spent: sql`case when ${isOver} then excluded.spent else ${spent} + excluded.spent end`,
          resetsAt: sql`case when ${isOver} then excluded.resets_at else ${resetsAt} end`,
        },
      })
      .returning({ key, spent, resetsAt })
      .prepare('reading')
  );
}
