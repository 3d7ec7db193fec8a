// How much of the shared budgets of requests is spent (web/budget-store.ts). Unlogged: after a crash everybody begins anew.
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const spentBudgets = pgTable(
  'spent_budgets',
  {
    /** A digest of the budget's name and of who or what it is kept by. */
    key: text().primaryKey(),
    spent: integer().notNull(),
    resetsAt: moment().notNull(),
  },
  (t) => [index('spent_budgets_resets_at').on(t.resetsAt)],
);
