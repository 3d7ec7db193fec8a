// What schema.org's vocabulary in JSON-LD says of an article. Pages nest it in every way there is, so it is searched,
// within bounds, for the first node that is an article; a web page's node speaks where no article does.
import { readDate } from './dates.ts';

export interface ArticleFacts {
  readonly headline: string | null;
  readonly description: string | null;
  readonly authors: readonly string[];
  readonly publisher: string | null;
  readonly publishedAt: Date | null;
  readonly language: string | null;
  readonly image: string | null;
  /** Null: nothing is said. */
  readonly free: boolean | null;
}

const NO_FACTS: ArticleFacts = {
  ...{ headline: null, description: null, authors: [], publisher: null },
  ...{ publishedAt: null, language: null, image: null, free: null },
};

type Node = Readonly<Record<string, unknown>>;

const ARTICLE = /(?:Article|Posting|Report|APIReference)$/;
const WEB_PAGE = /(?:Page|VideoObject|Dataset)$/;
/** Bounds of the search: nesting of real pages, and more nodes than any of them has. */
const DEEPEST = 8;
const MOST_NODES = 2_000;

/** @param scripts the texts of the page's JSON-LD scripts, in their order */
export function readJsonLd(scripts: readonly string[]): ArticleFacts {
  const nodes: Node[] = [];
  for (const script of scripts) gather(parse(script), nodes, 0);
  const article = nodes.find((node) => isA(node, ARTICLE) && !isA(node, /JobPosting$/));
  const found = article ?? nodes.find((node) => isA(node, WEB_PAGE));
  if (!found) return NO_FACTS;
  const named = new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' ? [[node['@id'], node]] : [])),
  );
  const of = (property: string) => texts(found[property], named);
  return {
    headline: of('headline')[0] ?? of('name')[0] ?? null,
    description: of('description')[0] ?? null,
    authors: of('author'),
    publisher: of('publisher')[0] ?? null,
    publishedAt: readDate(of('datePublished')[0] ?? ''),
    language: of('inLanguage')[0] ?? null,
    image: texts(found.image, named, 'url')[0] ?? null,
    free: isFree(found),
  };
}

/** Scripts come wrapped in comments, and with line breaks inside of texts, which JSON does not allow. */
function parse(script: string): unknown {
  const bare = script.replace(/^\s*(?:<!--|\/[/*]\s*<!\[CDATA\[(?:\s*\*\/)?|<!\[CDATA\[)/, '');
  const open = withoutSemicolon(bare).replace(/(?:-->|(?:\/[/*]\s*)?\]\]>(?:\s*\*\/)?)$/, '');
  const json = withoutSemicolon(open);
  return parsed(json) ?? parsed(json.replace(/\s+/g, ' '));
}

/** A pattern that allows spaces on both sides of it takes as many steps as the square of the spaces. */
function withoutSemicolon(script: string): string {
  return script.trimEnd().replace(/;$/, '').trimEnd();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function gather(value: unknown, nodes: Node[], depth: number): void {
  if (depth > DEEPEST || nodes.length >= MOST_NODES) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST_NODES)) gather(item, nodes, depth + 1);
  } else if (isNode(value)) {
    nodes.push(value);
    for (const inner of Object.values(value)) if (typeof inner === 'object') gather(inner, nodes, depth + 1);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Types are written plain, as addresses (https://schema.org/NewsArticle) and with a prefix (schema:NewsArticle). */
function isA(node: Node, type: RegExp): boolean {
  return strings(node['@type']).some((name) => type.test(name));
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value.slice(0, MOST_NODES) : [value]).filter(
    (item) => typeof item === 'string',
  );
}

/** The texts behind a property: written plainly, as a node's name (or `key`), as a list, or by reference to a node. */
function texts(value: unknown, named: ReadonlyMap<string, Node>, key = 'name'): string[] {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, MOST_NODES) : [value];
  return list.flatMap((item) => {
    if (typeof item === 'string') return item.trim() === '' ? [] : [item];
    if (!isNode(item)) return [];
    const own = strings(item[key] ?? item['@value']);
    const id = item['@id'];
    return own.length > 0 || typeof id !== 'string' ? own : strings(named.get(id)?.[key]);
  });
}

/** Publishers behind a paywall say so for search engines, of the article or only of a part of it. */
function isFree(article: Node): boolean | null {
  const whole = readFlag(article.isAccessibleForFree);
  if (whole !== null) return whole;
  const parts: unknown[] = Array.isArray(article.hasPart)
    ? article.hasPart.slice(0, MOST_NODES)
    : [article.hasPart];
  return parts.some((part) => isNode(part) && readFlag(part.isAccessibleForFree) === false) ? false : null;
}

function readFlag(value: unknown): boolean | null {
  const [first = value] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof first === 'boolean') return first;
  const word = /(?:^|[/:#])(true|false|yes|no|1|0)$/i.exec(
    typeof first === 'number' ? String(first) : (strings(first)[0] ?? '').trim(),
  );
  return word === null ? null : /true|yes|1/i.test(word[1] ?? '');
}
