// The words of titles, for "did you mean": made anew now and then by a job of features/search.
import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const searchWords = pgTable(
  'search_words',
  {
    word: text().primaryKey(),
    /** In how many titles it stands. */
    topics: integer().notNull(),
  },
  (t) => [index('search_words_trigrams').using('gin', sql`${t.word} gin_trgm_ops`)],
);
