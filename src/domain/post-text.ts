// What members type as titles and bodies: cleaned of what cannot be seen, and checked for length.
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';

export type TopicKind = 'link' | 'text' | 'digest';

/** What a reply or opening post is for, when its author says so. */
export type PostPurpose = 'source' | 'correction' | 'question' | 'analysis';

/** What a body belongs to: an opening post by the kind of its topic, or a reply. */
export type BodyKind = TopicKind | 'reply';

// Controls, soft hyphens, zero-width spaces, and the marks that turn the direction of the text after them: in a
// title they serve only to hide something or to disorder the line. Joiners stay, since scripts and emoji need them.
const INVISIBLE = /[\p{Cc}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+/gu;

// Marks piled on one letter paint over the lines around it. Pointed Hebrew has up to five, Tibetan stacks a few more.
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

/** A title on one line, without invisible characters, piles of marks, and doubled or outer spaces. */
export function cleanTitle(typed: string): string {
  return typed
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(PILED_MARKS, '$1')
    .replace(/ +/g, ' ')
    .trim();
}

/** Whether there is a letter or digit to be seen: some fillers are letters to Unicode and show nothing. */
export function hasWords(text: string): boolean {
  return /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u.test(text);
}

/** Checks a title that cleanTitle has been over. */
export function checkTitle(title: string): Fault {
  const { min, max } = LENGTHS.title;
  const length = countCharacters(title);
  if (length < min) return `A title has at least ${min} characters.`;
  if (length > max) return `The title is too long by ${length - max}: it may have ${max} characters.`;
  if (!hasWords(title)) return 'A title needs words.';
  return undefined;
}

/** Checks the Markdown of a post. Only a link topic may do without a text: its article speaks. */
export function checkBody(body: string, kind: BodyKind): Fault {
  if (kind !== 'link' && !/[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(body))
    return 'Write something first.';
  const max = kind === 'digest' ? LENGTHS.digestBody : LENGTHS.body;
  const length = countCharacters(body);
  if (length > max) return `The text is too long by ${length - max}: it may have ${max} characters.`;
  return undefined;
}
