// The little of PDF's syntax (ISO 32000-1, section 7.3) that finding one text in a dictionary takes.

/** A text's bytes, a name or number as it is written, or nothing that is of interest. */
export type PdfValue = Buffer | string | null;

/** Dictionaries of documents are small; whatever claims to be longer is not read further. */
const MOST_READ = 65_536;
const DEEPEST = 20;
/** The white space and delimiters of section 7.2.2: names and numbers end before them. */
const ENDS_TOKEN = /[\s\0()<>[\]{}/%]/;

/** Where the dictionary of an object begins; undefined when no such object stands in the bytes. Of several, the last. */
export function objectIn(body: Buffer, number: string): number | undefined {
  const opening = `${number} 0 obj`;
  for (let at = body.lastIndexOf(opening); at !== -1; at = body.lastIndexOf(opening, at - 1)) {
    const before = body[at - 1] ?? 0x0a;
    if (before < 0x30 || before > 0x39) return at + opening.length;
    if (at === 0) break;
  }
  return undefined;
}

/** The bytes of a stream whose dictionary `at` lies in. */
export function streamIn(body: Buffer, at: number): Buffer | undefined {
  const word = body.indexOf('stream', at);
  const end = word === -1 ? -1 : body.indexOf('endstream', word);
  if (end === -1 || word - at > MOST_READ) return undefined;
  const start = word + 'stream'.length;
  return body.subarray(start + (body[start] === 0x0d ? 2 : 1), end);
}

/** The entries of the dictionary at this place; undefined when there is none. Damage ends the reading, not the process. */
export function readDictionary(body: Buffer, at: number): ReadonlyMap<string, PdfValue> | undefined {
  const text = body.toString('latin1', at, at + MOST_READ);
  const start = /^\s*<</.exec(text);
  if (!start) return undefined;
  const entries = new Map<string, PdfValue>();
  const scanner = new Scanner(text, start[0].length);
  for (;;) {
    const key = scanner.next();
    if (key?.kind !== 'name') return entries;
    const value = scanner.next();
    if (value === undefined) return entries;
    if (value.kind === 'open') scanner.skipNested();
    if (value.kind === 'number') scanner.skipReference();
    entries.set(key.text, value.kind === 'text' ? value.bytes : value.kind === 'open' ? null : value.text);
  }
}

type Token =
  | { readonly kind: 'name' | 'number' | 'open' | 'close'; readonly text: string }
  | { readonly kind: 'text'; readonly bytes: Buffer };

class Scanner {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  next(): Token | undefined {
    this.#skipBlank();
    const rest = this.#text.slice(this.#at, this.#at + 2);
    if (rest === '') return undefined;
    if (rest === '<<' || rest === '>>') return this.#mark(rest === '<<' ? 'open' : 'close', 2);
    const character = rest.charAt(0);
    if (character === '[' || character === ']') return this.#mark(character === '[' ? 'open' : 'close', 1);
    if (character === '(') return { kind: 'text', bytes: this.#literal() };
    if (character === '<') return { kind: 'text', bytes: this.#hexadecimal() };
    const start = this.#at;
    this.#at++;
    while (this.#at < this.#text.length && !ENDS_TOKEN.test(this.#text.charAt(this.#at))) this.#at++;
    if (character === '/') return { kind: 'name', text: this.#text.slice(start + 1, this.#at) };
    return { kind: 'number', text: this.#text.slice(start, this.#at) };
  }

  /** To the end of the array or dictionary that has just begun. */
  skipNested(): void {
    for (let depth = 1; depth > 0 && depth < DEEPEST;) {
      const token = this.next();
      if (token === undefined) return;
      if (token.kind === 'open') depth++;
      if (token.kind === 'close') depth--;
    }
  }

  /** "12 0 R" is one value: what follows the first number. */
  skipReference(): void {
    const rest = /^\s+\d{1,5}\s+R\b/.exec(this.#text.slice(this.#at, this.#at + 20));
    this.#at += rest?.[0].length ?? 0;
  }

  #mark(kind: 'open' | 'close', length: number): Token {
    const text = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return { kind, text };
  }

  #skipBlank(): void {
    const blank = /(?:[\s\0]|%[^\r\n]*)*/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#text)?.[0].length ?? 0;
  }

  /** (…) with balanced brackets and backslashes (section 7.3.4.2). */
  #literal(): Buffer {
    let depth = 0;
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '\\') this.#at++;
      else if (character === '(') depth++;
      else if (character === ')' && --depth === 0) break;
    }
    const inside = this.#text.slice(start + 1, this.#at);
    this.#at++;
    return Buffer.from(
      inside.replace(/\\([0-7]{1,3}|\r\n|[^])/g, (_all, escaped: string) => unescape(escaped)),
      'latin1',
    );
  }

  #hexadecimal(): Buffer {
    const end = this.#text.indexOf('>', this.#at);
    const digits = this.#text.slice(this.#at + 1, end === -1 ? undefined : end).replace(/[^\da-f]/gi, '');
    this.#at = end === -1 ? this.#text.length : end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\n': '',
  '\r': '',
  '\r\n': '',
};

function unescape(escaped: string): string {
  if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff);
  return ESCAPES[escaped] ?? escaped;
}
