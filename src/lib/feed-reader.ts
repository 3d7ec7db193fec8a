// Feeds of every kind as items of one shape: bytes in, items out. Whatever a feed says is a stranger's text: markup
// becomes plain text, addresses are resolved and nothing else, and nothing throws.
import { Parser } from 'htmlparser2';
import { DetectError, parseFeed } from 'feedsmith';
import { decodeText } from './page-metadata/charset.ts';
import { readDate } from './page-metadata/dates.ts';
import { plainText } from './page-metadata/texts.ts';

export interface FeedItem {
  /** What the feed calls it; null when it has no name. */
  readonly guid: string | null;
  /** Absolute, http or https. */
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly author: string;
  readonly publishedAt: Date | null;
}

export type FeedReading =
  | {
      readonly ok: true;
      readonly title: string | null;
      /** The newest first; those without a date stand where the feed has them. */
      readonly items: readonly FeedItem[];
      /** Items with neither title nor text, or no address on the web. */
      readonly unusable: number;
      /** How often the feed asks to be read. */
      readonly everyMinutes: number | null;
    }
  | { readonly ok: false; readonly reason: string };

export interface FeedOrder {
  readonly contentType: string;
  /** After redirects: what relative addresses are resolved against. */
  readonly url: string;
  /** Items that are wanted. */
  readonly items: number;
  /** Characters of each text. */
  readonly most: { readonly title: number; readonly summary: number; readonly author: number };
}

/** An item as its feed has it, before anything is made of it. */
interface RawItem {
  readonly guid: string | undefined;
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly author: string | undefined;
  readonly date: Date | null | undefined;
}

interface RawFeed {
  readonly title: string | undefined;
  readonly items: readonly RawItem[];
  readonly everyMinutes: number | null;
}

/** Reads RSS, RDF, Atom or JSON Feed, told by their bytes and not by what the server calls them. */
export function readFeed(body: Buffer, order: FeedOrder): FeedReading {
  const text = decodeText(body, order.contentType, 'xml').replace(/^[\uFEFF\s]+/, '');
  const raw = parse(text);
  if (typeof raw === 'string') return { ok: false, reason: raw };
  const dated = raw.items.map((item) => ({ item, publishedAt: item.date ?? null }));
  // Some feeds list the oldest first; an item without a date keeps the place of the one before it.
  let before = Infinity;
  const placed = dated.map((each) => {
    before = each.publishedAt?.getTime() ?? before;
    return { ...each, at: before };
  });
  const wanted = placed.sort((a, b) => Math.sign(b.at - a.at || 0)).slice(0, order.items);
  const items = wanted.flatMap(({ item, publishedAt }) => usable(item, publishedAt, order) ?? []);
  return {
    ok: true,
    title: textOfMarkup(raw.title ?? '', order.most.title),
    items,
    unusable: wanted.length - items.length,
    everyMinutes: raw.everyMinutes,
  };
}

function usable(item: RawItem, publishedAt: Date | null, { url, most }: FeedOrder): FeedItem | undefined {
  const summary = textOfMarkup(item.text ?? '', most.summary) ?? '';
  const title = textOfMarkup(item.title ?? '', most.title) ?? plainText(summary, most.title);
  const link = item.link?.trim() ?? '';
  const address = link === '' ? null : URL.parse(link, url);
  const isWeb = address?.protocol === 'https:' || address?.protocol === 'http:';
  if (title === null || !isWeb) return undefined;
  const author = textOfMarkup(item.author ?? '', most.author) ?? '';
  const guid = item.guid?.trim() ?? '';
  const repeats = summary === title;
  return {
    guid: guid === '' ? null : guid,
    url: address.href,
    title,
    summary: repeats ? '' : summary,
    author,
    publishedAt,
  };
}

/** The feed, or a sentence that says why there is none. */
function parse(text: string): RawFeed | string {
  if (text.trim() === '') return 'The answer is empty.';
  try {
    // No limit of items here: the newest may be the last.
    return rawFeed(parseFeed(text, { parseDateFn: readDate }));
  } catch (error) {
    if (/^<(?:!doctype html|html)[\s>]/i.test(text)) return 'This is a web page, not a feed.';
    return error instanceof DetectError
      ? 'This is neither RSS, RDF, Atom nor JSON Feed.'
      : 'The feed is broken: it cannot be read to its end.';
  }
}

function rawFeed(parsed: ParsedFeed): RawFeed {
  const { format, feed } = parsed;
  const unhurried = { everyMinutes: null };
  switch (format) {
    case 'rss':
      return { title: feed.title, items: (feed.items ?? []).map(rssItem), everyMinutes: feed.ttl ?? null };
    case 'rdf':
      return { title: feed.title, items: (feed.items ?? []).map(rdfItem), ...unhurried };
    case 'atom':
      return { title: feed.title?.value, items: (feed.entries ?? []).map(atomEntry), ...unhurried };
    case 'json':
      return { title: feed.title, items: (feed.items ?? []).map(jsonItem), ...unhurried };
  }
}

type ParsedFeed = ReturnType<typeof parseFeed<Date | null>>;
type Parsed<Format extends string> = Extract<ParsedFeed, { format: Format }>['feed'];
type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;
type RssItem = ItemOf<NonNullable<Parsed<'rss'>['items']>>;
type RdfItem = ItemOf<NonNullable<Parsed<'rdf'>['items']>>;
type AtomEntry = ItemOf<NonNullable<Parsed<'atom'>['entries']>>;
type JsonItem = ItemOf<NonNullable<Parsed<'json'>['items']>>;

function rssItem(item: RssItem): RawItem {
  const { guid, dc } = item;
  // A guid is an address unless it says that it is none.
  const permalink = guid?.isPermaLink === false ? undefined : guid?.value;
  return {
    guid: guid?.value,
    link:
      item.link ??
      item.atom?.links?.find(({ rel }) => (rel ?? 'alternate') === 'alternate')?.href ??
      permalink,
    title: item.title ?? dc?.titles?.[0],
    text: item.description ?? item.content?.encoded,
    author: dc?.creators?.[0] ?? item.authors?.find(({ name }) => name !== undefined)?.name,
    date: item.pubDate ?? dc?.dates?.[0],
  };
}

function rdfItem(item: RdfItem): RawItem {
  return {
    guid: item.rdf?.about,
    link: item.link,
    title: item.title ?? item.dc?.titles?.[0],
    text: item.description ?? item.content?.encoded ?? item.dc?.descriptions?.[0],
    author: item.dc?.creators?.[0],
    date: item.dc?.dates?.[0],
  };
}

function atomEntry(entry: AtomEntry): RawItem {
  const links = entry.links ?? [];
  const page = links.find(({ rel = 'alternate' }) => rel === 'alternate');
  // Better opened beside its place than nowhere.
  const beside = links.find(({ rel = '' }) => /^(?:related|via|replies)$/.test(rel));
  return {
    guid: entry.id,
    link: page?.href ?? (/^https?:/i.test(entry.id ?? '') ? entry.id : beside?.href),
    title: entry.title?.value,
    text: entry.summary?.value ?? entry.content?.value,
    author: entry.authors?.find(({ name }) => name !== undefined)?.name ?? entry.dc?.creators?.[0],
    date: entry.published ?? entry.updated,
  };
}

function jsonItem(item: JsonItem): RawItem {
  return {
    guid: item.id,
    link: item.url ?? item.external_url,
    title: item.title,
    text: item.summary ?? item.content_text ?? item.content_html,
    author: item.authors?.find(({ name }) => name !== undefined)?.name,
    date: item.date_published ?? item.date_modified,
  };
}

const SILENT = new Set(['script', 'style', 'template', 'noscript']);
/** Elements that stand within a line; all others part what stands before and behind them. */
const INLINE = /^(?:a|abbr|b|bdi|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)$/;

/** The text of what may be HTML, on one line; null when there is none. A "<" that begins no tag stays. */
function textOfMarkup(html: string, most: number): string | null {
  let text = '';
  let silent = 0;
  const part = (name: string) => {
    if (!INLINE.test(name)) text += ' ';
  };
  const parser = new Parser({
    onopentagname(name) {
      if (SILENT.has(name)) silent++;
      part(name);
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
      part(name);
    },
    ontext(data) {
      if (silent === 0) text += data;
    },
  });
  // Whole articles stand in feeds: far more than the beginning is never read.
  parser.end(html.slice(0, most * 20));
  return plainText(text, most);
}
