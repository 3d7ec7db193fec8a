// Renders in the test's own thread, with a site and limits that most tests share.
import { renderMarkdown } from '../../../src/lib/markdown/render.ts';
import type { MarkdownOptions } from '../../../src/lib/markdown/types.ts';

export const options: MarkdownOptions = {
  idPrefix: 'p1-',
  mentions: { anna: '/u/anna', 'max-7': '/u/max-7' },
  siteUrl: 'https://forum.example',
  limits: { characters: 20_000, nesting: 12, tableColumns: 20, outputRatio: 10 },
};

/** The HTML of a text that is expected to be accepted. */
export function html(markdown: string, changes: Partial<MarkdownOptions> = {}): string {
  const rendering = renderMarkdown(markdown, { ...options, ...changes });
  if (!rendering.ok) throw new Error(rendering.reason);
  return rendering.html;
}

/** The HTML of one line, without the paragraph around it. */
export function inline(markdown: string, changes: Partial<MarkdownOptions> = {}): string {
  return html(markdown, changes)
    .trim()
    .replace(/^<p dir="auto">([^]*)<\/p>$/, '$1');
}

/** The reason why a text is refused, or undefined. */
export function refusal(markdown: string, changes: Partial<MarkdownOptions> = {}): string | undefined {
  const rendering = renderMarkdown(markdown, { ...options, ...changes });
  return rendering.ok ? undefined : rendering.reason;
}
