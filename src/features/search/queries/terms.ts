// Words and phrases as PostgreSQL's full-text search takes them.
import { type SQL, sql } from 'drizzle-orm';
import type { TextPart } from '../../../domain/search-query.ts';

/**
 * Each word goes in quotes, too, so that nothing in it is taken for an operator; one that PostgreSQL takes apart, such as
 * GPT-4, is a phrase of its parts.
 */
export function termsOf(text: readonly TextPart[]): SQL {
  const written = text.map((part) =>
    part.kind === 'or' ? 'or' : `${part.excluded ? '-' : ''}"${part.text}"`,
  );
  return sql`websearch_to_tsquery('english', ${written.join(' ')})`;
}

/** What is to be marked in what was found: all but what is left out, which stands where something else was found. */
export function markedTermsOf(text: readonly TextPart[]): SQL {
  const kept = text.filter((part) => part.kind !== 'or' && !part.excluded);
  return termsOf(kept.flatMap((part, index) => (index === 0 ? [part] : [{ kind: 'or' } as const, part])));
}
