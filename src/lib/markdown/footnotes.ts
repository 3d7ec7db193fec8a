// Footnotes: `[^name]` in the text, `[^name]: words` on a line of its own, the notes numbered by first citation and
// listed at the end. The library's extension for them puts the writer's label into attributes unescaped.
import type { Parser, Token, TokenizerAndRendererExtension, Tokens } from 'marked';
import { escapeHtml } from '../html.ts';

const DEFINITION = /^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*([^\n]*(?:\n+(?: {2,}|\t)[^\n]+)*)(?:\n|$)/;
const DEFINITION_BELOW = /\n\[\^[^\]\s]{1,60}\]:/;
const CITATION = /^\[\^([^\]\s]{1,60})\]/;

interface Note {
  readonly number: number;
  readonly tokens: Token[];
  citations: number;
}

/** The footnotes of one text: its extensions collect them while the text is read and cited, `list` shows them. */
export class Footnotes {
  readonly #idPrefix: string;
  readonly #definitions = new Map<string, Token[]>();
  readonly #cited = new Map<string, Note>();

  constructor(idPrefix: string) {
    this.#idPrefix = escapeHtml(idPrefix);
  }

  extensions(): TokenizerAndRendererExtension[] {
    const definitions = this.#definitions;
    return [
      {
        name: 'footnote',
        level: 'block',
        start: (src) => src.search(DEFINITION_BELOW),
        tokenizer(src) {
          const [raw, label, text] = DEFINITION.exec(src) ?? [];
          if (raw === undefined || label === undefined || text === undefined) return undefined;
          const top = this.lexer.state.top;
          const tokens = this.lexer.blockTokens(text.replace(/^(?: {1,4}|\t)/gm, ''), []);
          this.lexer.state.top = top;
          const key = label.toLowerCase();
          if (!definitions.has(key)) definitions.set(key, tokens);
          return { type: 'footnote', raw, tokens };
        },
        renderer: () => '',
      },
      {
        name: 'citation',
        level: 'inline',
        tokenizer(src) {
          const [raw, label] = CITATION.exec(src) ?? [];
          if (raw === undefined || label === undefined || this.lexer.state.inLink) return undefined;
          const key = label.toLowerCase();
          return definitions.has(key) ? { type: 'citation', raw, key } : undefined;
        },
        renderer: (token) => this.#cite((token as Tokens.Generic & { key: string }).key),
      },
    ];
  }

  /** HTML of the notes the rendered text cites, or nothing. Call it once the text is rendered. */
  list(parser: Parser): string {
    const notes: { note: Note; html: string }[] = [];
    // A note may cite further notes: they join the end of the map while it is walked.
    for (const note of this.#cited.values()) notes.push({ note, html: parser.parse(note.tokens).trimEnd() });
    if (notes.length === 0) return '';
    const items = notes.map(({ note, html }) => {
      const back = ` ${this.#backLinks(note)}`;
      const body = html.endsWith('</p>') ? `${html.slice(0, -'</p>'.length)}${back}</p>` : html + back;
      return `<li id="${this.#idPrefix}fn-${note.number}">${body}</li>\n`;
    });
    return `<ol class="footnotes" aria-label="Footnotes">\n${items.join('')}</ol>\n`;
  }

  #cite(key: string): string {
    const tokens = this.#definitions.get(key) ?? [];
    const note = this.#cited.get(key) ?? { number: this.#cited.size + 1, tokens, citations: 0 };
    this.#cited.set(key, note);
    note.citations += 1;
    return (
      `<sup class="footnote-ref"><a id="${this.#idPrefix}${citationId(note.number, note.citations)}" ` +
      `href="#${this.#idPrefix}fn-${note.number}" aria-label="Footnote ${note.number}">${note.number}</a></sup>`
    );
  }

  #backLinks(note: Note): string {
    const links = Array.from({ length: note.citations }, (_, index) => {
      const id = citationId(note.number, index + 1);
      const label = note.citations === 1 ? 'Back to the text' : `Back to the text, place ${index + 1}`;
      return `<a class="footnote-back" href="#${this.#idPrefix}${id}" aria-label="${label}">↩\uFE0E</a>`;
    });
    return links.join(' ');
  }
}

function citationId(number: number, citation: number): string {
  return citation === 1 ? `fnref-${number}` : `fnref-${number}-${citation}`;
}
