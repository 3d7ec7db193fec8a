// What a page says of itself: title, publisher, author, date and the like, out of its HTML or the metadata of a PDF.
// Bytes in, facts out: nothing is fetched, nothing throws, and whether a fact is believable is the caller's to judge.
import { decodeText } from './charset.ts';
import { readDate } from './dates.ts';
import type { HtmlFacts } from './html.ts';
import { readHtml } from './html.ts';
import type { ArticleFacts } from './json-ld.ts';
import { readJsonLd } from './json-ld.ts';
import { pdfTitle } from './pdf.ts';
import { MOST, nameList, plainText } from './texts.ts';
import { namesOfHost, withoutSiteName } from './titles.ts';

/** All texts are plain and on one line; null is what the page does not say. */
export interface PageMetadata {
  readonly title: string | null;
  readonly description: string | null;
  /** The publisher's name for itself. */
  readonly siteName: string | null;
  readonly author: string | null;
  /** BCP 47. */
  readonly language: string | null;
  /** As the page says it; it may lie ahead. */
  readonly publishedAt: Date | null;
  /** Absolute, http or https; it may be wrong, and is often the site's front page. */
  readonly canonicalUrl: string | null;
  /** Absolute, http or https. */
  readonly imageUrl: string | null;
  /** The publisher says that not everybody can read the whole of it. */
  readonly paywall: boolean;
}

/** @param page the server's Content-Type, and the address after redirects */
export function readPageMetadata(
  body: Buffer,
  page: { readonly contentType: string; readonly url: string },
): PageMetadata {
  const facts = readHtml(decodeText(body, page.contentType, 'html'));
  const article = readJsonLd(facts.jsonLd);
  const said = (...names: readonly string[]) => names.flatMap((name) => facts.metas.get(name) ?? []);
  const base = absolute(facts.base, page.url) ?? page.url;
  const siteName = plainText(
    first([
      ...said('og:site_name'),
      article.publisher,
      facts.microdata.publisher,
      ...said('dc:publisher', 'citation_journal_title', 'application-name'),
    ]),
    MOST.name,
  );
  return {
    title: titleOf(facts, article, siteName, page.url),
    description: plainText(
      first([
        ...said(
          'dc:description',
          'dcterms:description',
          'og:description',
          'description',
          'twitter:description',
        ),
        article.description,
      ]),
      MOST.description,
    ),
    siteName,
    author: authorOf(facts, article),
    language: languageOf([
      facts.language,
      ...said('og:locale', 'content-language', 'dc:language'),
      article.language,
    ]),
    publishedAt: dateOf(facts, article),
    canonicalUrl: absolute(facts.canonical, base) ?? absolute(first(said('og:url')), base),
    imageUrl: imageOf(facts, article, base),
    paywall:
      article.free === false || /^(?:locked|metered)$/i.test(first(said('article:content_tier')).trim()),
  };
}

/** Only the title: dates and authors in PDFs are those of whoever pressed "export". */
export async function readPdfMetadata(body: Buffer): Promise<PageMetadata> {
  return {
    ...{ title: pdfTitle(body), description: null, siteName: null, author: null, language: null },
    ...{ publishedAt: null, canonicalUrl: null, imageUrl: null, paywall: false },
  };
}

const TITLES = [
  'dc:title',
  'dcterms:title',
  'og:title',
  'title',
  'twitter:title',
  'citation_title',
  'parsely-title',
  'sailthru:title',
];

function titleOf(
  facts: HtmlFacts,
  article: ArticleFacts,
  siteName: string | null,
  url: string,
): string | null {
  const metas = TITLES.flatMap((name) => facts.metas.get(name) ?? []);
  const title = plainText(first([...metas, facts.title, article.headline]), MOST.title);
  if (title === null) return null;
  const application = (facts.metas.get('application-name') ?? []).slice(0, 1);
  const names = [siteName, article.publisher].filter((name) => name !== null);
  return withoutSiteName(title, [...names, ...application, ...namesOfHost(URL.parse(url)?.hostname ?? '')]);
}

/** By whom a page says that it was written; each way of saying it is tried when those before it name nobody. */
function authorOf(facts: HtmlFacts, article: ArticleFacts): string | null {
  const said = (name: string) => facts.metas.get(name) ?? [];
  const ways: (readonly string[])[] = [
    article.authors,
    said('dc:creator'),
    said('dcterms:creator'),
    said('citation_author').map(firstNameFirst),
    said('article:author'),
    said('author'),
    said('parsely-author'),
    said('sailthru:author'),
    parselyOf(facts, 'author'),
    facts.microdata.authors,
    facts.byline === null ? [] : [facts.byline],
  ];
  return ways.map(nameList).find((names) => names !== null) ?? null;
}

/** Libraries write "Lovelace, Ada". */
function firstNameFirst(name: string): string {
  const [, last, rest] = /^([^,]+),\s*([^,]+)$/.exec(name.trim()) ?? [];
  return last === undefined || rest === undefined ? name : `${rest} ${last}`;
}

const DATES = [
  'article:published_time',
  'dc:date:issued',
  'dcterms:issued',
  'dcterms:created',
  'citation_publication_date',
  'citation_online_date',
  'citation_date',
  'parsely-pub-date',
  'sailthru:date',
  'datepublished',
  'date',
  'dc:date',
  'dcterms:date',
];

function dateOf(facts: HtmlFacts, article: ArticleFacts): Date | null {
  if (article.publishedAt) return article.publishedAt;
  const metas = DATES.flatMap((name) => facts.metas.get(name) ?? []);
  const texts = [...metas, ...parselyOf(facts, 'pub_date'), facts.microdata.datePublished ?? ''];
  return texts.map(readDate).find((date) => date !== null) ?? null;
}

/** One property of the JSON that sites write for the counter Parse.ly. */
function parselyOf(facts: HtmlFacts, property: 'author' | 'pub_date'): string[] {
  const json = first(facts.metas.get('parsely-page') ?? []);
  try {
    const value = (JSON.parse(json) as Readonly<Record<string, unknown>> | null)?.[property];
    return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
  } catch {
    return [];
  }
}

const IMAGES = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'];

function imageOf(facts: HtmlFacts, article: ArticleFacts, base: string): string | null {
  const metas = IMAGES.flatMap((name) => facts.metas.get(name) ?? []);
  const found = [...metas, facts.imageLink, article.image].map((address) => absolute(address, base));
  return found.find((address) => address !== null) ?? null;
}

/** An address that a page gives, resolved; null unless it leads to the web. */
function absolute(address: string | null, base: string): string | null {
  if (address === null || address.trim() === '') return null;
  const url = URL.parse(address.trim(), base);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return url && isWeb && url.href.length <= MOST.address ? url.href : null;
}

/** The first that names a language; "en_GB" is written "en-GB". */
function languageOf(texts: readonly (string | null)[]): string | null {
  for (const text of texts) {
    try {
      const [language] = Intl.getCanonicalLocales((text ?? '').trim().replaceAll('_', '-').slice(0, 35));
      if (language !== undefined) return language;
    } catch {
      // No name of a language.
    }
  }
  return null;
}

function first(texts: readonly (string | null)[]): string {
  return texts.find((text) => text !== null && text.trim() !== '') ?? '';
}
