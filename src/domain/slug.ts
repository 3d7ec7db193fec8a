// The readable part of a topic's address. It carries no meaning (the id does): a wrong one redirects.
import { LENGTHS } from './limits.ts';

// What stands, or may come to stand, after /t/:id/ as a verb: a topic titled "Reply" must not shadow it.
const RESERVED = new Set(
  (
    'appeal approve changes continue edit feed flag follow hide history link lock merge move new pin preview refuse ' +
    'reply report restore save section sections since sources split suggest tags title unfollow unlock unpin unsave ' +
    'visit vote withdraw'
  ).split(' '),
);

// Latin letters that are letters of their own to Unicode, not a base with a mark, and so survive decomposition.
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  þ: 'th',
};

/** Makes the slug of a topic from its title: its words (slugWords) joined by hyphens, at most LENGTHS.slug characters. */
export function slugOf(title: string): string {
  const slug = joinWithin(LENGTHS.slug, slugWords(title));
  if (slug === '') return 'topic';
  return RESERVED.has(slug) ? `${slug}-topic` : slug;
}

/**
 * The words of a text as addresses write them: lower-case letters and digits of any script. Accents go where leaving
 * them out is usual (Latin, Greek) and stay where they are part of the word.
 */
export function slugWords(text: string): string[] {
  return text
    .replace(/['’\p{Default_Ignorable_Code_Point}\p{Me}]/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '')
    .replace(/[ßæœøđðħıłþ]/g, (letter) => LATIN[letter] ?? letter)
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/(?<=^|-)\p{M}+/gu, '')
    .split('-')
    .filter((word) => word !== '');
}

/** As many whole words as fit, joined; the first is cut when it alone is too long. */
export function joinWithin(length: number, words: readonly string[]): string {
  let slug = (words[0] ?? '')
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  for (const word of words.slice(1)) {
    if (slug.length + 1 + word.length > length) break;
    slug += `-${word}`;
  }
  return slug;
}
