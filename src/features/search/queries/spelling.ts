// "Did you mean": words of this forum's titles and tags that are nearly what was typed.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { searchWords } from '../../../db/schema/index.ts';
import { writeQuery, type TextPart } from '../../../domain/search-query.ts';
import { type Asked, findPosts } from './found.ts';
import type { Footing } from './footing.ts';

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
const WORD = /\p{L}+/gu;

/**
 * The query with its unknown words made known ones, when more is found by it.
 * @param found how much was found by the query as it was typed.
 */
export async function findCorrection(
  tx: Tx,
  asked: Asked,
  footing: Footing,
  found: number,
): Promise<string | undefined> {
  const nearest = await findNearest(tx, wordsOf(asked.text));
  if (nearest.size === 0) return undefined;
  const text = asked.text.map((part) =>
    part.kind === 'or' || part.excluded
      ? part
      : { ...part, text: part.text.replace(WORD, (word) => nearest.get(word.toLowerCase()) ?? word) },
  );
  const better = await findPosts(tx, { ...asked, text, order: 'new' }, footing, undefined);
  if (better.rows.length <= found) return undefined;
  return writeQuery({ text, filters: [] });
}

function wordsOf(text: readonly TextPart[]): string[] {
  const words = text.flatMap((part) =>
    part.kind === 'or' || part.excluded ? [] : (part.text.match(WORD) ?? []),
  );
  return [...new Set(words.map((word) => word.toLowerCase()))].filter(({ length }) => length >= SHORTEST);
}

/** For each word that no title has, the one most like it that some have. */
async function findNearest(tx: Tx, words: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (words.length === 0) return new Map();
  const { rows } = await tx.execute<{ typed: string; nearest: string }>(sql`
    select typed, nearest.word as nearest
    from unnest(${sql.param([...words])}::text[]) as typed
    cross join lateral (
      select word from ${searchWords} where word % typed
      order by similarity(word, typed) desc, topics desc, word limit 1
    ) as nearest
    where not exists (select from ${searchWords} where word = typed)`);
  return new Map(rows.map(({ typed, nearest }) => [typed, nearest]));
}
