// The tag or the member whose name is what was looked for: their page is offered above the results.
import type { Reader } from '../../../db/connection.ts';
import { findNamed } from '../../../db/names.ts';
import { nameKey } from '../../../domain/member-name.ts';
import type { SearchQuery } from '../../../domain/search-query.ts';
import { slugWords } from '../../../domain/slug.ts';
import { findTag } from '../../tags/index.ts';

export interface Namesake {
  readonly tag: { readonly name: string; readonly slug: string } | undefined;
  readonly member: string | undefined;
}

/** No tag has more words. */
const MOST_WORDS = 6;

/** Whom and what the whole of the words names; operators look for something else. */
export async function findNamesake(
  db: Reader,
  { text, filters }: SearchQuery,
): Promise<Namesake | undefined> {
  const words = text.map((part) => (part.kind === 'or' || part.excluded ? '' : part.text));
  if (words.length === 0 || words.length > MOST_WORDS || words.includes('') || filters.length > 0)
    return undefined;
  const slug = slugWords(words.join(' ')).join('-');
  const tag = slug === '' ? undefined : await findTag(db, slug);
  const [member] =
    words.length === 1 ? await findNamed(db, [nameKey(words[0]?.replace(/^@/, '') ?? '')]) : [];
  return tag || member ? { tag: tag && { name: tag.name, slug: tag.slug }, member: member?.name } : undefined;
}
