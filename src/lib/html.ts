// HTML as a type of its own: only SafeHtml may be put into a page unescaped, and only escaping, our sanitised
// Markdown and our own generators produce it. Also the way back, from such HTML to plain text and to excerpts.

declare const safe: unique symbol;
export type SafeHtml = string & { readonly [safe]: true };

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows exactly this text, inside an element or a quoted attribute. */
export function escapeHtml(text: string): SafeHtml {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? character) as SafeHtml;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text behind character references: the five of XML and all numeric ones; others stay as they are written. */
export function unescapeHtml(html: string): string {
  if (!html.includes('&')) return html;
  return html.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
    (reference, name?: string, decimal?: string, hexadecimal?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? reference;
      const code = decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
}

const TEXT_OR_TAG = /[^<]+|<(\/?)([a-z][a-z0-9]*)([^>]*)>/g;
const INLINE = new Set(['a', 'code', 'del', 'em', 'span', 'strong', 'sup', 'input', 'br']);
/** What readers of the plain text cannot follow: the numbers of footnotes and the arrows back from them. */
const FOOTNOTE_LINK = /<(sup|a) class="footnote-(?:ref|back)".*?<\/\1>/g;

/**
 * The plain text of sanitised HTML, for excerpts, feeds, search and metadata: one block a line, white space
 * collapsed except in code blocks, references decoded, check boxes as [x] and [ ].
 */
export function textOf(html: SafeHtml): string {
  const blocks: string[] = [];
  let block = '';
  let inCode = false;
  const endBlock = () => {
    const text = inCode
      ? block.trimEnd()
      : block
          .replace(/ +/g, ' ')
          .replace(/ ?\n ?/g, '\n')
          .trim();
    if (text !== '') blocks.push(text);
    block = '';
  };
  for (const [part, slash, tag = '', attributes = ''] of html
    .replace(FOOTNOTE_LINK, '')
    .matchAll(TEXT_OR_TAG)) {
    if (tag === '') block += unescapeHtml(inCode ? part : part.replace(/\s+/g, ' '));
    else if (tag === 'br') block += '\n';
    else if (tag === 'input') block += boxOf(attributes);
    else if (tag === 'td' || tag === 'th') block += ' ';
    else if (!INLINE.has(tag)) {
      endBlock();
      if (tag === 'pre') inCode = slash === '';
    }
  }
  endBlock();
  return blocks.join('\n');
}

function boxOf(attributes: string): string {
  return attributes.includes(' checked') ? '[x]' : '[ ]';
}

/** Goes on from where it found something, which copies of it would, too. */
const NEXT_PART = new RegExp(TEXT_OR_TAG);
/** The longest way to write one character: a numeric reference of seven digits. */
const LONGEST_REFERENCE = 10;

/** `excerpt` of the text of sanitised HTML, for pages that show hundreds: it reads no further than it has to. */
export function excerptOf(html: SafeHtml, maxCharacters: number): string {
  const mostRead = (maxCharacters + 2) * LONGEST_REFERENCE;
  let line = '';
  const followed = html.includes(' class="footnote-') ? html.replace(FOOTNOTE_LINK, '') : html;
  NEXT_PART.lastIndex = 0;
  for (let found = NEXT_PART.exec(followed); found; found = NEXT_PART.exec(followed)) {
    const [part, , tag = '', attributes = ''] = found;
    let text = ' ';
    if (tag === '') text = unescapeHtml(collapsed(part).slice(0, mostRead));
    else if (tag === 'input') text = boxOf(attributes);
    else if (tag !== 'br' && INLINE.has(tag)) continue;
    line += line === '' || line.endsWith(' ') ? text.trimStart() : text;
    // One more for a space at the end, which does not count.
    if (line.length > maxCharacters + 1) break;
  }
  return excerpt(line, maxCharacters);
}

/**
 * The beginning of a text in at most `maxCharacters` UTF-16 units on one line. A cut falls between words, or between
 * graphemes where there is no space near, and ends in an ellipsis.
 */
export function excerpt(text: string, maxCharacters: number): string {
  // Paragraphs stand in one line here: what turned the direction of one must not turn that of the next.
  const line = collapsed(text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')).trim();
  if (line.length <= maxCharacters) return line;
  const room = maxCharacters - 1;
  const lastSpace = line.lastIndexOf(' ', room);
  const end = lastSpace >= room / 2 ? lastSpace : graphemeStart(line, room);
  return `${line.slice(0, end).replace(/[\s.,;:…–—-]+$/, '')}…`;
}

/** White space as one space each. A page has hundreds of texts, and most are so. */
function collapsed(text: string): string {
  return /[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** The index where the grapheme begins that holds the UTF-16 unit at `index`. */
function graphemeStart(text: string, index: number): number {
  const lookahead = 64;
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(
    text.slice(0, index + lookahead),
  );
  return graphemes.containing(index)?.index ?? index;
}
