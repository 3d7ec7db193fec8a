// What somebody types into the search field: words, "phrases", -exclusions, "or" and operators such as author:name. Read into
// parts and written back; what names stand for (members, tags, sections …) is looked up elsewhere.

export const OPERATORS = [
  'author',
  'site',
  'tag',
  'section',
  'topic',
  'before',
  'after',
  'has',
  'is',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** A part that PostgreSQL's full-text search answers. */
export type TextPart =
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly excluded: boolean }
  /** Either what stands before it or what stands after it; it binds looser than what stands side by side. */
  | { readonly kind: 'or' };

/** A condition of its own: all of them hold, whatever the words say. */
export interface Filter {
  readonly name: Operator;
  readonly value: string;
  readonly excluded: boolean;
}

export interface SearchQuery {
  readonly text: readonly TextPart[];
  readonly filters: readonly Filter[];
}

export interface ReadQuery extends SearchQuery {
  /** What was not understood, each in a sentence for the person who typed it. */
  readonly faults: readonly string[];
}

/** Values that an operator may have, where they are few. */
const CHOICES: Partial<Record<Operator, readonly string[]>> = {
  has: ['source'],
  is: ['open', 'topic', 'reply'],
};

const FAULTY: Record<Operator, string> = {
  author: 'author: is followed by a member’s name, as in author:kevin_h.',
  site: 'site: is followed by the name of a site, as in site:arxiv.org.',
  tag: 'tag: is followed by a tag, as in tag:nvidia.',
  section: 'section: is followed by the name of a section, as in section:funding.',
  topic: 'topic: is followed by the number of a topic, as in topic:42.',
  before: 'before: is followed by a year, a month or a day, as in before:2026-04-03.',
  after: 'after: is followed by a year, a month or a day, as in after:2026-04-03.',
  has: 'has: is followed by “source”.',
  is: 'is: is followed by “open”, “topic” or “reply”.',
};

/**
 * One piece, with the minus before it: a phrase, an operator with its value (in quotes, or up to the next space), or what
 * stands up to the next space or quote. A quote that is not closed is no quote.
 */
const PIECE = /(-*)(?:"([^"]*)"|([a-z]{2,12}):(?:"([^"]*)"|([^\s"]*))|([^\s"]+))|"/giu;
/** Keyboards of phones write these. */
const OTHER_QUOTES = /[“”„‟«»]/gu;
/** Of a piece without any, nothing is in the index. */
const LETTER = /[\p{L}\p{N}]/u;

/** Reads what was typed. Whatever that is, it is a search: what is not understood is told, and left out. */
export function readQuery(typed: string): ReadQuery {
  const text: TextPart[] = [];
  const filters: Filter[] = [];
  const faults: string[] = [];
  for (const match of typed.replace(OTHER_QUOTES, '"').matchAll(PIECE)) {
    const [, minus = '', phrase, name = '', quoted, bare, word] = match;
    // Two are how programs' options begin: "--verbose".
    const excluded = minus === '-';
    const operator = OPERATORS.find((each) => each === name.toLowerCase());
    if (operator) {
      const value = readValue(operator, oneLine(quoted ?? bare ?? ''));
      if (value === undefined) faults.push(FAULTY[operator]);
      else filters.push({ name: operator, value, excluded });
    } else if (name !== '') {
      const rest = oneLine(quoted ?? bare ?? '');
      if (rest !== '' && !rest.startsWith('//')) faults.push(unknownOperator(name));
      addText(text, 'word', `${name}:${quoted === undefined ? rest : ''}`, excluded);
      if (quoted !== undefined) addText(text, 'phrase', rest, excluded);
    } else if (word?.toLowerCase() === 'or' && !excluded) text.push({ kind: 'or' });
    else addText(text, phrase === undefined ? 'word' : 'phrase', oneLine(phrase ?? word ?? ''), excluded);
  }
  return { text: withoutLooseOrs(text), filters: once(filters), faults: [...new Set(faults)] };
}

/** Writes a query as somebody would type it: words first, then operators. Read again, it is the same query. */
export function writeQuery({ text, filters }: SearchQuery): string {
  return [
    ...text.map((part) => (part.kind === 'or' ? 'or' : minusOf(part) + textOf(part))),
    ...filters.map(writeFilter),
  ].join(' ');
}

/** `-tag:nvidia`, `section:"Models & research"` */
function writeFilter(filter: Filter): string {
  const { name, value } = filter;
  return `${minusOf(filter)}${name}:${/\s/u.test(value) ? `"${value}"` : value}`;
}

/** The day, month or year that a date of the reader's begins with, and the one after it; undefined for no date. */
export function beginningOf(date: string): Date | undefined {
  const match = /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date);
  if (!match) return undefined;
  const [, year, month = '01', day = '01'] = match;
  const text = `${year}-${month}-${day}T00:00:00.000Z`;
  const begins = new Date(text);
  // 30 February is read as 2 March: what is meant must be what is written.
  return !Number.isNaN(begins.getTime()) && begins.toISOString() === text ? begins : undefined;
}

function minusOf({ excluded }: { readonly excluded: boolean }): string {
  return excluded ? '-' : '';
}

function textOf({ kind, text }: { readonly kind: 'word' | 'phrase'; readonly text: string }): string {
  return kind === 'phrase' ? `"${text}"` : text;
}

function addText(parts: TextPart[], kind: 'word' | 'phrase', text: string, excluded: boolean): void {
  if (LETTER.test(text)) parts.push({ kind, text, excluded });
}

/** "or" stands between two others; at an end, or beside another one, it says nothing. */
function withoutLooseOrs(parts: readonly TextPart[]): TextPart[] {
  const kept: TextPart[] = [];
  for (const part of parts) {
    if (part.kind !== 'or' || (kept.length > 0 && kept.at(-1)?.kind !== 'or')) kept.push(part);
  }
  if (kept.at(-1)?.kind === 'or') kept.pop();
  return kept;
}

function readValue(name: Operator, value: string): string | undefined {
  if (value === '') return undefined;
  switch (name) {
    case 'author':
      return value.replace(/^[@\s]+/u, '') || undefined;
    case 'tag':
      return value.replace(/^[#\s]+/u, '') || undefined;
    case 'before':
    case 'after':
      return beginningOf(value) && value;
    case 'topic':
      return /^[1-9]\d{0,14}$/.test(value) ? value : undefined;
    case 'has':
    case 'is':
      return CHOICES[name]?.find((choice) => choice === value.toLowerCase());
    case 'site':
    case 'section':
      return value;
  }
}

function unknownOperator(name: string): string {
  const all = OPERATORS.map((each) => `${each}:`);
  return `“${name}:” is not an operator here, so it was looked for as a word. Operators are ${all.slice(0, -1).join(', ')} and ${all.at(-1)}.`;
}

function once(filters: readonly Filter[]): Filter[] {
  const written = filters.map(writeFilter);
  return filters.filter((_filter, index) => written.indexOf(written[index] ?? '') === index);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
