// The HTML of the rules, about and privacy pages. Rendered when a text has changed, then kept: reading costs nothing.
import { LENGTHS, MARKDOWN } from '../../domain/limits.ts';
import type { SafeHtml } from '../../lib/html.ts';
import {
  type MarkdownOptions,
  type MarkdownRenderer,
  renderEscaped,
  type Rendering,
} from '../../lib/markdown/index.ts';
import { TEXT_TITLES, type TextName } from './pages.ts';

const LIMITS: MarkdownOptions['limits'] = {
  // Settings are counted in characters, the renderer counts UTF-16 units: up to two a character.
  characters: 2 * LENGTHS.sitePage,
  nesting: MARKDOWN.nesting,
  tableColumns: MARKDOWN.tableColumns,
  outputRatio: MARKDOWN.outputFactor,
};

/** Renders one of the texts; settings are refused when it cannot be done. */
export function renderText(
  markdown: MarkdownRenderer,
  name: TextName,
  text: string,
  siteUrl: string,
): Promise<Rendering> {
  return markdown.render(text, {
    idPrefix: name,
    title: TEXT_TITLES[name],
    mentions: {},
    siteUrl,
    limits: LIMITS,
  });
}

/** Reads a text's HTML out of memory, where it is put when it is first asked for and again when the text is another. */
export type ReadText = (name: TextName, text: string) => Promise<SafeHtml>;

export function rememberTexts(markdown: MarkdownRenderer, siteUrl: string): ReadText {
  const remembered = new Map<TextName, { readonly text: string; readonly html: SafeHtml }>();
  return async (name, text) => {
    const known = remembered.get(name);
    if (known?.text === text) return known.html;
    const rendering = await renderText(markdown, name, text, siteUrl);
    const html = rendering.ok ? rendering.html : renderEscaped(text);
    remembered.set(name, { text, html });
    return html;
  };
}
