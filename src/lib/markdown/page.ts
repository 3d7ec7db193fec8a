// The HTML of a read text, as the pages' style sheet wants it: headings below the page's own, no images, no targets,
// boxes that scroll by themselves, a writing direction of its own for each block.
import { Renderer } from 'marked';
import type { Token, Tokens } from 'marked';
import { escapeHtml, unescapeHtml } from '../html.ts';
import { colourCode } from './code.ts';
import { tooMuchOutput } from './limits.ts';
import { readDestination } from './links.ts';
import { linkMentions } from './mentions.ts';
import type { MarkdownOptions } from './types.ts';

/** Wider than anyone wraps lines by hand: a line break after such a line was meant as the end of a paragraph. */
const LONG_LINE = 120;

export class PageRenderer extends Renderer {
  readonly #options: MarkdownOptions;
  readonly #outputCap: number;
  readonly #headingShift: number;
  /** Inside a quote or a list, which has the direction for all it holds. */
  #isInside = false;
  #isInLink = false;
  #linkOutput = 0;

  /** `headingShift` is added to the depth of each heading; the result stays between 2 and 6. */
  constructor(options: MarkdownOptions, outputCap: number, headingShift: number) {
    super();
    this.#options = options;
    this.#outputCap = outputCap;
    this.#headingShift = headingShift;
  }

  override heading({ tokens, depth }: Tokens.Heading): string {
    const text = this.parser.parseInline(tokens);
    const level = Math.min(Math.max(depth + this.#headingShift, 2), 6);
    return text === '' ? '' : `<h${level}${this.#dir()}>${text}</h${level}>\n`;
  }

  override paragraph({ tokens }: Tokens.Paragraph): string {
    const paragraphs = splitAfterLongLines(tokens);
    return paragraphs.map((part) => `<p${this.#dir()}>${this.parser.parseInline(part)}</p>\n`).join('');
  }

  override blockquote({ tokens }: Tokens.Blockquote): string {
    const dir = this.#dir();
    return `<blockquote${dir}>\n${this.#inside(() => this.parser.parse(tokens))}</blockquote>\n`;
  }

  override list({ ordered, start, items }: Tokens.List): string {
    const tag = ordered ? 'ol' : 'ul';
    const from = ordered && start !== 1 ? ` start="${start}"` : '';
    const dir = this.#dir();
    const body = this.#inside(() => items.map((item) => this.listitem(item)).join(''));
    return `<${tag}${from}${dir}>\n${body}</${tag}>\n`;
  }

  override listitem(item: Tokens.ListItem): string {
    return `<li${item.task ? ' class="task"' : ''}>${this.parser.parse(item.tokens)}</li>\n`;
  }

  override checkbox({ checked }: Tokens.Checkbox): string {
    return `<input type="checkbox" disabled${checked ? ' checked aria-label="done"' : ' aria-label="to do"'}> `;
  }

  override code({ text, lang }: Tokens.Code): string {
    const { html, language } = colourCode(text.replace(/\n$/, ''), lang);
    const name = language === undefined ? '' : ` class="language-${language}"`;
    return `<pre dir="ltr" tabindex="0"><code${name}>${html}</code></pre>\n`;
  }

  override table(token: Tokens.Table): string {
    const box = 'class="table-scroll" tabindex="0" role="group" aria-label="Table"';
    return `<div ${box}${this.#dir()}>\n${super.table(token)}</div>\n`;
  }

  override tablecell({ tokens, header, align }: Tokens.TableCell): string {
    const tag = header ? 'th' : 'td';
    const attributes = (header ? ' scope="col"' : '') + (align ? ` align="${align}"` : '');
    return `<${tag}${attributes}>${this.parser.parseInline(tokens)}</${tag}>\n`;
  }

  override br(): string {
    return '<br>\n';
  }

  override html({ text }: Tokens.HTML | Tokens.Tag): string {
    return escapeHtml(text);
  }

  override text(token: Tokens.Text | Tokens.Escape): string {
    if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens);
    const toHtml = (text: string) => super.text({ type: 'text', raw: text, text });
    return this.#isInLink ? toHtml(token.text) : linkMentions(token.text, this.#options.mentions, toHtml);
  }

  override link({ href, title, text, tokens, autolink = false }: Tokens.Link): string {
    if (autolink) return this.#anchor(href, escapeHtml(text), !href.startsWith('mailto:'));
    this.#isInLink = true;
    const label = this.parser.parseInline(tokens);
    this.#isInLink = false;
    return this.#anchor(unescapeHtml(href), label, false, title);
  }

  /** Pictures from elsewhere would tell that site who reads here: a link with the description instead. */
  override image({ href, title, tokens }: Tokens.Image): string {
    const address = unescapeHtml(href);
    const description = this.parser.parseInline(tokens, this.parser.textRenderer);
    const label = super.text({ type: 'text', raw: description, text: description || address });
    return this.#isInLink ? label : this.#anchor(address, label, description === '', title);
  }

  #anchor(address: string, label: string, isBare: boolean, title?: string | null): string {
    const destination = readDestination(address, this.#options.siteUrl);
    if (!destination) return label;
    const html =
      `<a${isBare ? ' class="url"' : ''} href="${escapeHtml(destination.href)}"` +
      (destination.own ? '' : ' rel="ugc nofollow noopener"') +
      (title ? ` title="${escapeHtml(unescapeHtml(title))}"` : '') +
      `>${label}</a>`;
    // A long address defined once may be used in every word: the whole would fill the memory before it is measured.
    this.#linkOutput += html.length;
    if (this.#linkOutput > this.#outputCap) throw tooMuchOutput(this.#options.limits);
    return html;
  }

  #dir(): string {
    return this.#isInside ? '' : ' dir="auto"';
  }

  #inside(render: () => string): string {
    const wasInside = this.#isInside;
    this.#isInside = true;
    const html = render();
    this.#isInside = wasInside;
    return html;
  }
}

function splitAfterLongLines(tokens: Token[]): Token[][] {
  let paragraph: Token[] = [];
  const paragraphs = [paragraph];
  let length = 0;
  for (const token of tokens) {
    if (token.type !== 'br') {
      paragraph.push(token);
      length += token.raw.length;
      continue;
    }
    if (length > LONG_LINE) paragraphs.push((paragraph = []));
    else paragraph.push(token);
    length = 0;
  }
  return paragraphs;
}
