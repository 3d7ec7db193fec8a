// What pages say of themselves as plain text on one line, fit for showing and storing.
import { excerpt, unescapeHtml } from '../html.ts';

/** Generous: what a forum allows is for the forum to say; these only keep novels out of the database. */
export const MOST = { title: 500, description: 2_000, name: 200, address: 2_048 } as const;

// Controls, marks that turn the direction of what stands behind them, and characters without a width. The two joiners
// stay: families of emoji and Persian words are written with them.
const INVISIBLE = /[[\p{Cc}\p{Cf}]--[\t\n\v\f\r\u0085\u200c\u200d]]/gv;

/** Readable text of at most so many characters, or null when nothing is left of it. */
export function plainText(text: string, most: number): string | null {
  // More than any honest spelling of so many characters; the rest is never looked at.
  const beginning = text.slice(0, most * 12).toWellFormed();
  // References that are still there were escaped twice, as many sites do.
  const cleaned = unescapeHtml(beginning).replace(INVISIBLE, '');
  const line = excerpt(cleaned, most);
  return line === '' ? null : line;
}

/** "By Ada Lovelace" → "Ada Lovelace"; null for what is no name, such as the address of a profile. */
function personName(text: string): string | null {
  const name = plainText(text, MOST.name)?.replace(/^by:?\s+/i, '') ?? '';
  return name === '' || /^(?:https?:|www\.|@)/i.test(name) ? null : name;
}

/** So many names stand in one line; a paper of physicists has hundreds. */
const MOST_NAMES = 4;

/** Several names as one text, each once; null when there is none. */
export function nameList(texts: readonly string[]): string | null {
  const names = [...new Set(texts.slice(0, 100).flatMap((text) => personName(text) ?? []))];
  if (names.length === 0) return null;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return plainText(names.length > MOST_NAMES ? `${shown} and others` : shown, MOST.name);
}
