// One pass over a page's HTML that keeps what the page says of itself. No tree is built, and every pile has a top: the
// page is a stranger's.
import { Parser } from 'htmlparser2';
import { Microdata } from './microdata.ts';

export interface HtmlFacts {
  /** By name in lower case with ":" between the parts ("og:title", "dc:creator"), in the order of the page. */
  readonly metas: ReadonlyMap<string, readonly string[]>;
  readonly title: string | null;
  readonly language: string | null;
  readonly base: string | null;
  readonly canonical: string | null;
  readonly imageLink: string | null;
  readonly jsonLd: readonly string[];
  readonly microdata: Microdata;
  /** Who wrote it, as it stands on the page: the link to the author, else the line with the author's name. */
  readonly byline: string | null;
}

/** Characters that are read of a page: facts stand at its beginning, and only a script's data is this long. */
const MOST_READ = 2_097_152;
/** Browsers flatten what is nested deeper; the parser looks through all open elements at every end tag. */
const DEEPEST = 512;
const MOST_METAS = 1_000;
const MOST_SCRIPTS = 30;
const MOST_SCRIPT = 500_000;
/** Nobody's name is longer, and no title is read further. */
const MOST_TEXT = 2_000;
/** Read piece by piece, so that reading can stop. */
const PIECE = 16_384;

type Attributes = Readonly<Record<string, string>>;
type Fact = 'title' | 'language' | 'base' | 'canonical' | 'image' | 'author' | 'byline';

/** An element whose text is wanted. */
interface Capture {
  readonly depth: number;
  readonly most: number;
  text: string;
  readonly done: (text: string) => void;
}

/** Everything in a page that says something of it, unjudged. */
export function readHtml(html: string): HtmlFacts {
  const reading = new Reading();
  const parser = new Parser({
    onopentag: (name, attributes) => reading.open(name, attributes),
    ontext: (text) => reading.hear(text),
    onclosetag: () => reading.close(),
  });
  const end = Math.min(html.length, MOST_READ);
  for (let at = 0; at < end && !reading.isTooDeep; at += PIECE)
    parser.write(html.slice(at, Math.min(at + PIECE, end)));
  if (!reading.isTooDeep) parser.end();
  return reading.facts();
}

class Reading {
  isTooDeep = false;
  readonly #byProperty = new Map<string, string[]>();
  readonly #byName = new Map<string, string[]>();
  readonly #scripts: string[] = [];
  readonly #microdata = new Microdata();
  readonly #said = new Map<Fact, string>();
  #metas = 0;
  #depth = 0;
  /** The depth of the drawing that we are in: its titles are none of the page. */
  #drawing = Infinity;
  #captures: Capture[] = [];

  facts(): HtmlFacts {
    const said = (what: Fact) => this.#said.get(what) ?? null;
    return {
      // What is said by "property", as the vocabularies ask for, goes before what is said by "name".
      metas: new Map([...this.#byName, ...this.#byProperty]),
      title: said('title'),
      language: said('language'),
      base: said('base'),
      canonical: said('canonical'),
      imageLink: said('image'),
      jsonLd: this.#scripts,
      microdata: this.#microdata,
      byline: said('author') ?? said('byline'),
    };
  }

  open(name: string, attributes: Attributes): void {
    this.#depth++;
    if (this.#depth > DEEPEST) this.isTooDeep = true;
    if (this.isTooDeep) return;
    if (name === 'meta') this.#takeMeta(attributes);
    else if (name === 'link') this.#takeLink(attributes);
    else if (name === 'html') this.#say('language', attributes.lang ?? attributes['xml:lang']);
    else if (name === 'base') this.#say('base', attributes.href);
    else if (name === 'svg') this.#drawing = Math.min(this.#drawing, this.#depth);
    else if (name === 'title' && this.#drawing === Infinity)
      this.#capture((text) => this.#say('title', text));
    else if (name === 'script') this.#takeScript(attributes);
    else this.#takeByline(attributes);
    const property = this.#microdata.open(this.#depth, attributes);
    if (property) this.#capture(property);
  }

  hear(text: string): void {
    for (const capture of this.#captures) {
      if (capture.text.length < capture.most)
        capture.text += text.slice(0, capture.most - capture.text.length);
    }
  }

  close(): void {
    const ended = this.#captures.filter(({ depth }) => depth >= this.#depth);
    if (ended.length > 0) {
      this.#captures = this.#captures.filter(({ depth }) => depth < this.#depth);
      for (const { done, text } of ended) done(text);
    }
    if (this.#depth <= this.#drawing) this.#drawing = Infinity;
    this.#microdata.close(this.#depth);
    this.#depth--;
  }

  /** The first to say something is believed. */
  #say(what: Fact, value?: string): void {
    if (value !== undefined && value.trim() !== '' && !this.#said.has(what)) this.#said.set(what, value);
  }

  #capture(done: (text: string) => void, most = MOST_TEXT): void {
    this.#captures.push({ depth: this.#depth, most, text: '', done });
  }

  #takeMeta(attributes: Attributes): void {
    const { property, content } = attributes;
    const named = property ?? attributes.name ?? attributes['http-equiv'];
    if (named === undefined || content === undefined || content.trim() === '' || this.#metas >= MOST_METAS)
      return;
    this.#metas++;
    const names = property === undefined ? this.#byName : this.#byProperty;
    for (const name of named.trim().toLowerCase().split(/\s+/).slice(0, 5)) {
      const key = name.replaceAll('.', ':').replace(/^og:article:/, 'article:');
      const contents = names.get(key);
      if (contents) contents.push(content);
      else names.set(key, [content]);
    }
  }

  #takeLink(attributes: Attributes): void {
    const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('canonical')) this.#say('canonical', attributes.href);
    if (relations.includes('image_src')) this.#say('image', attributes.href);
  }

  #takeScript(attributes: Attributes): void {
    if (!/^\s*application\/ld\+json\b/i.test(attributes.type ?? '') || this.#scripts.length >= MOST_SCRIPTS)
      return;
    this.#capture((text) => this.#scripts.push(text), MOST_SCRIPT);
  }

  #takeByline(attributes: Attributes): void {
    const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('author')) this.#capture((text) => this.#say('author', lineWithName(text)));
    else if (/(?:^|[\s_-])byline(?:$|\s)/i.test(attributes.class ?? '')) {
      this.#capture((text) => this.#say('byline', lineWithName(text)));
    }
  }
}

/** Undefined where a line says more than a name: a date, or half an article. */
function lineWithName(text: string): string | undefined {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 || /\d/.test(line) ? undefined : line;
}
