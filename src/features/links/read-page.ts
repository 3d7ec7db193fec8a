// Reads one page: asks for it politely and takes out of the answer what sources are told.
import { getDomain } from 'tldts';
import type { AliasKind, pageReadings } from '../../db/schema/index.ts';
import { DAY } from '../../domain/times.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper, redirects } from '../../domain/wrapper.ts';
import type { PageMetadata } from '../../lib/page-metadata/index.ts';
import type { FetchedPage } from '../../lib/safe-fetch/index.ts';
import { type FetchServices, politeFetch } from './polite-fetch.ts';

type Columns = typeof pageReadings.$inferInsert;
type Facts = Pick<
  Columns,
  'finalUrl' | 'publisher' | 'title' | 'description' | 'author' | 'language' | 'publishedAt' | 'paywall'
>;

export interface PageRead {
  readonly outcome: 'read';
  readonly facts: Facts;
  /** Where redirects led to, when that is the address of an article, too. */
  readonly final: UrlKey | undefined;
  /** What the page says its own address is: to be believed once it has answered. */
  readonly canonical: UrlKey | undefined;
  readonly imageUrl: string | null;
}
export interface PageFailed {
  readonly outcome: 'failed';
  readonly reason: string;
  /** The page says that it is gone, or there is no such host. */
  readonly gone: boolean;
}
export type ReadOutcome = PageRead | PageFailed | { readonly outcome: 'later'; readonly at: Date };

export const PAGE_TYPES = 'text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.1';

/** Reads the page behind an address; what goes wrong is said in a sentence for members. */
export async function readPage(services: FetchServices, address: UrlKey, now: Date): Promise<ReadOutcome> {
  const wrapped = isWrapper(address.shown);
  // No page of an aggregator is worth asking for, and no private interface of one is called.
  if (wrapped && !redirects(address.shown))
    return failed(`${address.host} does not tell where its links lead.`);
  const answer = await politeFetch(services, address.shown, { accept: PAGE_TYPES }, now);
  if (!answer.ok) {
    if (answer.fault === 'later') return { outcome: 'later', at: answer.at };
    return failed(answer.reason, answer.fault === 'name');
  }
  const { status } = answer;
  if (status === 404 || status === 410) return failed('The page is not there any more.', true);
  if (!answered(status)) return failed(`The site answered with an error (${status}).`);
  const final = articleAt(answer.url, address, 'redirect');
  if (wrapped && (final === undefined || isWrapper(final.shown)))
    return failed(`${address.host} did not tell where this link leads.`);
  return readAnswer(answer, final, final ?? address, now);
}

/** Whether a status says that this is the page. */
export function answered(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * A front page, or a part of the path that is one of these words, a short one before it at most ("cookie-consent"). Within
 * longer parts they are words of headlines: "maker-faces-legal-challenge".
 */
const NO_ARTICLE =
  /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/?)?$|\/(?:[a-z]{1,8}-)?(?:log-?in|sign-?in|sign-?up|auth|consent|subscribe|captcha|challenge|error|not-?found|404)(?:\.[a-z]{1,5})?(?:[/?]|$)/i;

/**
 * The address that a redirect or a page says is the article's own, if that can be: not the site's root, nor the page
 * where readers are asked to log in or to agree to something, which would be one address for all its articles. What a
 * page says of itself is believed within its site, or it could claim another's article and keep that from being posted.
 */
export function articleAt(url: string, asked: UrlKey, kind: AliasKind): UrlKey | undefined {
  const address = urlKey(url);
  if (!address.ok || address.key === asked.key) return undefined;
  if (kind === 'canonical' && siteBehind(address) !== siteBehind(asked)) return undefined;
  const { pathname, search } = new URL(address.shown);
  const page = kind === 'canonical' && search !== '' ? pathname + search : pathname;
  return NO_ARTICLE.test(page) ? undefined : address;
}

/** Whoever registered the name is one site: also below the names that hosts give away (someone.github.io). */
function siteBehind({ host }: UrlKey): string | null {
  return getDomain(host, { allowPrivateDomains: true });
}

function failed(reason: string, gone = false): PageFailed {
  return { outcome: 'failed', reason, gone };
}

async function readAnswer(
  answer: FetchedPage,
  final: UrlKey | undefined,
  article: UrlKey,
  now: Date,
): Promise<PageRead> {
  const said = await metadataOf(answer);
  return {
    outcome: 'read',
    facts: {
      finalUrl: final?.shown ?? null,
      publisher: said?.siteName ?? null,
      title: said?.title ?? null,
      description: said?.description ?? null,
      author: said?.author ?? null,
      language: said?.language ?? null,
      publishedAt: believable(said?.publishedAt ?? null, now),
      paywall: said?.paywall ?? false,
    },
    final,
    canonical: said?.canonicalUrl ? articleAt(said.canonicalUrl, article, 'canonical') : undefined,
    imageUrl: said?.imageUrl ?? null,
  };
}

/** Undefined: of other types it is enough to know that they are there. */
async function metadataOf({ headers, body, url }: FetchedPage): Promise<PageMetadata | undefined> {
  const contentType = headers['content-type'] ?? '';
  // Parsers of what others write: loaded when there is something to read.
  const { readPageMetadata, readPdfMetadata } = await import('../../lib/page-metadata/index.ts');
  if (/^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType))
    return readPageMetadata(body, { contentType, url });
  return /^\s*application\/pdf\b/i.test(contentType) ? readPdfMetadata(body) : undefined;
}

const FIRST_PAGE_OF_THE_WEB = Date.UTC(1991, 7, 6);

/** Pages are dated ahead by a slip of time zones at most. */
function believable(date: Date | null, now: Date): Date | null {
  const time = date?.getTime() ?? Number.NaN;
  return time >= FIRST_PAGE_OF_THE_WEB && time <= now.getTime() + DAY ? date : null;
}
