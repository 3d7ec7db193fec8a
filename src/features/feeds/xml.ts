// XML as a type of its own: only these two functions make it, and every text in it goes through one escape.

declare const made: unique symbol;
export type Xml = string & { readonly [made]: true };

type Attributes = Readonly<Record<string, string>>;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // White space in an attribute would come back as spaces, and a carriage return in a text as a line feed.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 has no way to write, escaped or not (section 2.2, Char): a parser refuses the whole document for it. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escapeXml(text: string): string {
  return text
    .replace(UNWRITABLE, '')
    .replace(/[&<>"\t\n\r]/g, (character) => REFERENCES[character] ?? character);
}

/** An element that holds a text, other elements, or (with an empty list) nothing. */
export function element(name: string, content: string | readonly Xml[], attributes: Attributes = {}): Xml {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inner = typeof content === 'string' ? escapeXml(content) : content.join('');
  return `<${name}${head.join('')}>${inner}</${name}>\n` as Xml;
}

/** The document around its root element. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}`;
}
