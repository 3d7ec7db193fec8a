// What a rendered text links to.
import { unescapeHtml } from '../html.ts';

/** The addresses outside this site that a rendered text links to, one for each link. */
export function addressesIn(html: string): string[] {
  // The renderer gives this rel to links that leave, and to no others.
  if (!html.includes(' rel="ugc ')) return [];
  const leaving = [...html.matchAll(/<a\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(' rel="ugc '));
  return leaving.map((tag) => unescapeHtml(/\bhref="([^"]*)"/.exec(tag)?.[1] ?? ''));
}
