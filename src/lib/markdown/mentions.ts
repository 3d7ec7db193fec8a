// @names in running text: one syntax for finding the people a text speaks to and for linking them.
import type { Token, Tokens } from 'marked';
import { escapeHtml } from '../html.ts';

/**
 * `@` and 2 to 25 letters, digits, `_` or `-`. Not inside a word, a path or an address, and not where the name goes on:
 * `@anna@social.example` and `@anna.social.example` are people elsewhere, `@types/node` is a package.
 */
const MENTION =
  /(?<![\p{Script=Latin}\p{N}_@/])@([A-Za-z0-9_-]{2,25})(?![A-Za-z0-9_-]|\p{Script=Latin}|\p{M}|[@./][\p{L}\p{N}])/gu;

/** More than anyone speaks to; keeps a hostile text from asking the database for thousands of names. */
const MOST_NAMES = 50;

/** HTML of a stretch of text in which the known names are links; `toHtml` escapes what lies between them. */
export function linkMentions(
  text: string,
  addresses: Readonly<Record<string, string>>,
  toHtml: (text: string) => string,
): string {
  if (!text.includes('@')) return toHtml(text);
  let html = '';
  let end = 0;
  for (const { 0: mention, 1: name = '', index } of text.matchAll(MENTION)) {
    const key = name.toLowerCase();
    const address = Object.hasOwn(addresses, key) ? addresses[key] : undefined;
    if (address === undefined) continue;
    html += `${toHtml(text.slice(end, index))}<a class="mention" href="${escapeHtml(address)}">${mention}</a>`;
    end = index + mention.length;
  }
  return html + toHtml(text.slice(end));
}

/** The names in running text, lower-case, each once, at most 50, in the order they are first written. */
export function namesIn(tokens: readonly Token[]): string[] {
  const names = new Set<string>();
  collect(tokens, names);
  return [...names].slice(0, MOST_NAMES);
}

function collect(tokens: readonly Token[], names: Set<string>): void {
  for (const token of tokens as readonly Tokens.Generic[]) {
    if (token.type === 'link' || token.type === 'image') continue;
    if (token.type === 'list') collect((token as Tokens.List).items, names);
    else if (token.type === 'table') collectCells(token as Tokens.Table, names);
    else if (token.tokens) collect(token.tokens, names);
    else if (token.type === 'text') {
      for (const [, name = ''] of (token as Tokens.Text).text.matchAll(MENTION))
        names.add(name.toLowerCase());
    }
  }
}

function collectCells(table: Tokens.Table, names: Set<string>): void {
  for (const row of [table.header, ...table.rows]) {
    for (const cell of row) collect(cell.tokens, names);
  }
}
