// Markdown to safe HTML, start to end, on the thread that calls it: what the worker runs.
import { Marked, Parser } from 'marked';
import type { Token, Tokens } from 'marked';
import { unescapeHtml } from '../html.ts';
import type { SafeHtml } from '../html.ts';
import { Footnotes } from './footnotes.ts';
import { GuardedLexer, GuardedTokenizer } from './grammar.ts';
import { outputCap, Refusal, tooLong, tooMuchOutput } from './limits.ts';
import type { MarkdownLimits } from './limits.ts';
import { namesIn } from './mentions.ts';
import { PageRenderer } from './page.ts';
import { sanitise } from './sanitise.ts';
import { dropStrayClosers } from './strays.ts';
import { RENDERER_VERSION } from './types.ts';
import type { MarkdownOptions, Rendering } from './types.ts';

/** Renders a text. Takes time without bound in theory: run it where it can be stopped. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): Rendering {
  try {
    return { ok: true, html: toHtml(markdown, options), version: RENDERER_VERSION };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message };
    // Whatever else is thrown (stack, string length) was brought about by the text, and only its writer can change it.
    return { ok: false, reason: 'The text is too intricate to format. Please simplify its Markdown.' };
  }
}

/** Whether a text is refused is for `renderMarkdown` to say; these only keep the reading of names within the stack. */
const READING: MarkdownLimits = {
  characters: Infinity,
  nesting: 100,
  tableColumns: 1_000,
  outputRatio: 1_000,
};

/** The @names a text speaks to: lower-case, each once, at most 50; none when the text cannot be read. */
export function mentionedNames(markdown: string): string[] {
  try {
    return namesIn(read(markdown, READING, new Footnotes('')).tokens);
  } catch {
    return [];
  }
}

function toHtml(markdown: string, options: MarkdownOptions): SafeHtml {
  const { limits, title = '' } = options;
  const footnotes = new Footnotes(options.idPrefix);
  const { tokens, settings, cap } = read(markdown, limits, footnotes);
  const heading = tokens.find((token) => token.type === 'heading') as Tokens.Heading | undefined;
  const isTitle = heading !== undefined && isSameHeading(heading.text, title);
  // The page's h1 stands for a dropped title, so what was below that title is below the h1.
  const shift = isTitle ? 1 - heading.depth : 1;
  const parser = new Parser({ ...settings, renderer: new PageRenderer(options, cap, shift) });
  const body = isTitle ? tokens.filter((token) => token !== heading) : tokens;
  const html = parser.parse(body) + footnotes.list(parser);
  if (html.length > cap) throw tooMuchOutput(limits);
  return sanitise(html);
}

function read(markdown: string, limits: MarkdownLimits, footnotes: Footnotes) {
  if (markdown.length > limits.characters) throw tooLong(markdown.length, limits);
  const cap = outputCap(markdown.length, limits);
  const settings = new Marked({ gfm: true, breaks: true, extensions: footnotes.extensions() }).defaults;
  const tokenizer = new GuardedTokenizer(limits, cap);
  const lexer = new GuardedLexer({ ...settings, tokenizer }, limits);
  // PostgreSQL stores no NUL, and half a surrogate pair cannot be written as UTF-8.
  const tokens: Token[] = lexer.lex(markdown.replaceAll('\0', '\uFFFD').toWellFormed());
  dropStrayClosers(tokens);
  return { tokens, settings, cap };
}

/** Whether two headings are the same but for case, white space and punctuation. */
function isSameHeading(a: string, b: string): boolean {
  return essence(a) === essence(b) && essence(a) !== '';
}

function essence(heading: string): string {
  return unescapeHtml(heading)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s`]+/gu, ' ')
    .trim();
}
