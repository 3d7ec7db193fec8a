// What writing tells other processes and later work of, a row each; both tables are short-lived and only ever appended to
// and swept, so that no two writers wait for each other.
import { sql } from 'drizzle-orm';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { TopicId } from '../../domain/ids.ts';
import { id, moment, ref, xid8 } from './columns.ts';

/**
 * Which pages a transaction changed for everybody (db/page-changes.ts): web processes drop what they keep of them. By
 * transaction, since those that commit later may have begun earlier: a reader asks for what its last snapshot did not show.
 */
export const pageChanges = pgTable(
  'page_changes',
  {
    writtenIn: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    /** Null: everything may have changed. No foreign key: it would lock the topic against whoever counts in it. */
    topicId: ref<TopicId>(),
    effect: text().$type<'everything' | 'grown' | 'voted'>().notNull(),
    /** The process that wrote, which has dropped its own already. */
    toldBy: text().notNull(),
    at: moment()
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index('page_changes_written_in').on(t.writtenIn)],
);

/** Topics whose opening post was voted for, and that are still to be ranked by it: a row a vote. */
export const topicsToRank = pgTable('topics_to_rank', {
  id: id(),
  topicId: ref<TopicId>().notNull(),
});
