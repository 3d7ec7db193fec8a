// Which rewriting of stored rows has been done, and by which version of the rules.
import { pgTable, smallint, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

export const upkeep = pgTable('upkeep', {
  task: text().$type<'url-keys'>().primaryKey(),
  version: smallint().notNull(),
  doneAt: moment().notNull(),
});
