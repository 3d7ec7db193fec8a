// What schema.org's vocabulary in attributes (itemprop) says of an article: of the first one on the page only, since
// lists of other articles stand beside it.

type Attributes = Readonly<Record<string, string>>;

/** The part of the page that speaks of one thing. */
interface Scope {
  readonly depth: number;
  readonly about: 'article' | 'author' | 'publisher' | 'other';
}

type Property = 'author' | 'publisher' | 'datePublished';

const ARTICLE = /\/(?:\w*Article|\w*Posting|Report)\/?$/;
const MOST_AUTHORS = 20;

export class Microdata {
  readonly authors: string[] = [];
  publisher: string | null = null;
  datePublished: string | null = null;
  readonly #scopes: Scope[] = [];
  #hasArticle = false;

  /** An element begins. The answer is a taker of its text where the text is what it says. */
  open(depth: number, attributes: Attributes): ((text: string) => void) | undefined {
    const { itemscope, itemtype = '', itemprop = '' } = attributes;
    const about = this.#scopes.at(-1)?.about;
    const named = itemprop.split(/\s+/);
    if (itemscope !== undefined) {
      this.#scopes.push({ depth, about: this.#subject(about, named, itemtype.trim()) });
      return undefined;
    }
    if (itemprop === '') return undefined;
    const property = propertyOf(about, named);
    if (property === undefined) return undefined;
    const value = attributes.content ?? (property === 'datePublished' ? attributes.datetime : undefined);
    if (value === undefined) return (text) => this.#say(property, text);
    this.#say(property, value);
    return undefined;
  }

  close(depth: number): void {
    if ((this.#scopes.at(-1)?.depth ?? 0) >= depth) this.#scopes.pop();
  }

  #subject(within: Scope['about'] | undefined, named: readonly string[], type: string): Scope['about'] {
    if (within === 'article') {
      return named.includes('author') ? 'author' : named.includes('publisher') ? 'publisher' : 'other';
    }
    if (this.#hasArticle || !ARTICLE.test(type)) return 'other';
    this.#hasArticle = true;
    return 'article';
  }

  #say(property: Property, value: string): void {
    if (value.trim() === '') return;
    if (property === 'author') {
      if (this.authors.length < MOST_AUTHORS) this.authors.push(value);
    } else this[property] ??= value;
  }
}

function propertyOf(about: Scope['about'] | undefined, named: readonly string[]): Property | undefined {
  if (about === 'author' || about === 'publisher') return named.includes('name') ? about : undefined;
  if (about !== 'article') return undefined;
  return (['author', 'publisher', 'datePublished'] as const).find((property) => named.includes(property));
}
