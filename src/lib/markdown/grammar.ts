// How we read Markdown where we differ from CommonMark and GFM: typed HTML is text, a line break is kept, a list or a
// quote ends where its marks end; and the guards, so that reading takes bounded time, memory and stack.
import { Lexer, Tokenizer } from 'marked';
import type { MarkedOptions, Token, Tokens, TokensList } from 'marked';
import { tooDeep, tooMuchOutput, tooWide } from './limits.ts';
import type { MarkdownLimits } from './limits.ts';

/**
 * Each opening * _ or ~ looks for its end through the rest of its paragraph or cell: quadratic time in marked (its
 * issue 4099). A paragraph with more such runs than this is not prose, and shows them as typed.
 */
const MOST_EMPHASIS_RUNS = 300;

/** What ends a bare address besides GFM's rules: punctuation of scripts without spaces, a closing quotation mark. */
const AFTER_ADDRESS = /[\u3000-\u303F\uFF01-\uFF0F\uFF1A-\uFF1F]|[\u2019\u201D\u00BB]+$/;

const EMPTY_CELL = '<td></td>\n';

/** Finds the single marks; gives up on what would cost too much to find. */
export class GuardedTokenizer extends Tokenizer {
  readonly #limits: MarkdownLimits;
  readonly #outputCap: number;
  #paragraph = '';
  #crowded = false;

  constructor(limits: MarkdownLimits, outputCap: number) {
    super();
    this.#limits = limits;
    this.#outputCap = outputCap;
  }

  /** No HTML blocks: what was typed is a paragraph. */
  override html(): undefined {
    return undefined;
  }

  /** A typed tag stands apart only so that no address or emphasis is found inside it; the renderer escapes it. */
  override tag(src: string): Tokens.Tag | undefined {
    const raw = src.startsWith('<') ? this.rules.inline.tag.exec(src)?.[0] : undefined;
    return raw === undefined
      ? undefined
      : { type: 'html', raw, text: raw, block: false, inLink: false, inRawBlock: false };
  }

  override emStrong(src: string, masked: string, previous?: string): Tokens.Em | Tokens.Strong | undefined {
    return this.#isCrowded(masked) ? undefined : super.emStrong(src, masked, previous);
  }

  override del(src: string, masked: string, previous?: string): Tokens.Del | undefined {
    return this.#isCrowded(masked) ? undefined : super.del(src, masked, previous);
  }

  /** Rows shorter than the header are filled up, so a few characters can ask for very many cells: counted first. */
  override table(src: string): Tokens.Table | undefined {
    const [, , delimiters, rows = ''] = this.rules.block.table.exec(src) ?? [];
    if (delimiters === undefined) return undefined;
    const columns = delimiters.replace(/^\||\| *$/g, '').split('|').length;
    if (columns > this.#limits.tableColumns) throw tooWide(columns, this.#limits);
    const cells = columns * rows.split('\n').length;
    if (cells * EMPTY_CELL.length > this.#outputCap) throw tooMuchOutput(this.#limits);
    return super.table(src);
  }

  override url(src: string): Tokens.Link | undefined {
    const link = super.url(src);
    const end = link?.raw.search(AFTER_ADDRESS) ?? -1;
    return end < 0 ? link : super.url(src.slice(0, end));
  }

  #isCrowded(masked: string): boolean {
    if (masked !== this.#paragraph) {
      this.#paragraph = masked;
      this.#crowded = (masked.match(/\*+|_+|~+/g)?.length ?? 0) > MOST_EMPHASIS_RUNS;
    }
    return this.#crowded;
  }
}

/** A quote is the lines that begin with `>`; CommonMark lets it swallow the answer written right below it. */
const QUOTE = /^(?: {0,3}>[^\n]*(?:\n|$))+/;
/** A line in the first column that is no item ends the list, where CommonMark would add it to the last item. */
const OUTSIDE_LIST = /^[^ \t\n]/;

/**
 * The same pattern with the part of a mail address before its @ held to 64 characters (RFC 5321, 4.5.3.1.1): without
 * a bound, each character of a long word looks for an @ through the rest of it.
 */
function withBoundedMail({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll(']+@', ']{1,64}@').replaceAll(']+(@)', ']{1,64}(@)'), flags);
}

const { text, url } = Lexer.rules.inline.breaks;
const BOUNDED = { text: withBoundedMail(text), url: withBoundedMail(url) };

/** Reads with marked's rules for GFM with kept line breaks, but for the ones replaced here. */
export class GuardedLexer extends Lexer {
  readonly #limits: MarkdownLimits;
  #depth = -1;

  constructor(options: MarkedOptions & { tokenizer: GuardedTokenizer }, limits: MarkdownLimits) {
    super(options);
    this.#limits = limits;
    const { block, inline, other } = options.tokenizer.rules;
    options.tokenizer.rules = {
      block: { ...block, blockquote: QUOTE },
      inline: { ...inline, ...BOUNDED },
      other: { ...other, blockquoteBeginRegex: () => OUTSIDE_LIST },
    };
  }

  /** Called for the text, and again for what each quote, list item and footnote holds. */
  override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
    if (this.#depth >= this.#limits.nesting) throw tooDeep(this.#limits);
    this.#depth += 1;
    const read = super.blockTokens(src, tokens, lastParagraphClipped);
    this.#depth -= 1;
    return read;
  }
}
