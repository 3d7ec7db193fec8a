// One spelling per article: addresses with the same key are taken to lead to the same page. The key is cleaned hard
// and only ever compared; `shown` is what readers follow and loses nothing but tracking parameters and what was wrapped
// around it.
import { LENGTHS } from './limits.ts';
import { isNoise, isTracking } from './url-parameters.ts';
import type { Parameter } from './url-sites.ts';
import { canonicalPlace, keepsCode, keepsFileNames, siteOf } from './url-sites.ts';
import { carriedAddress } from './wrapper.ts';

/** Stored beside every key. Whoever changes what keys come out raises it: a job makes the stored ones again then. */
export const URL_KEY_VERSION = 2;

export interface UrlKey {
  readonly ok: true;
  /** Without a scheme: example.com/article?id=7. `https://` before it makes an address with the same key. */
  readonly key: string;
  /** The publisher's host as it is named on the forum: without www, in ASCII. */
  readonly host: string;
  /** The address to link to; for a wrapper that carries the article's address in itself, the article's. */
  readonly shown: string;
}

export interface UrlFault {
  readonly ok: false;
  readonly reason: string;
}

// Real addresses settle at the second pass; only made-up ones need more.
const MOST_PASSES = 10;

/** Reads an address that a person gave. Never throws: what cannot be a source answers with the reason. */
export function urlKey(address: string): UrlKey | UrlFault {
  const read = readUnwrapped(address);
  if (!read.ok) return read;
  const settled = settledKey(read.url);
  return settled.ok ? { ...settled, shown: withoutTracking(read.url) } : settled;
}

function refuse(reason: string): UrlFault {
  return { ok: false, reason };
}

const unreadable = refuse('This address cannot be read.');
const tooLong = refuse(`The address is too long: it may have ${LENGTHS.address} characters.`);

const NO_SCHEME = /^[^\s/:?#@]+\.[^\s/:?#@]+(?:[/:?#]|$)/;
// RFC 1123, section 2.1, with the underscores that some have. No address of numbers ends in a letter.
const PUBLIC_NAME = /^(?=.{4,253}$)(?:[\w-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/;
const NOT_PUBLIC = /(?:^|\.)(?:localhost|local|internal|home\.arpa)$/;

/** Parses an address and refuses what is no page of the public web; "example.com/page" is taken as https. */
function readAddress(address: string): { ok: true; url: URL } | UrlFault {
  const typed = address.trim();
  if (typed === '') return refuse('Give an address.');
  if (typed.length > LENGTHS.address) return tooLong;
  const url = URL.parse(NO_SCHEME.test(typed) ? `https://${typed}` : typed);
  if (url === null)
    return refuse('This is not a web address: it should look like https://example.com/article.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse('Only addresses that begin with https:// or http:// can be posted.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('The address contains a sign-in name or password. Take it out.');
  }
  const host = url.hostname.replace(/\.$/, '');
  if (!PUBLIC_NAME.test(host) || NOT_PUBLIC.test(host)) {
    return refuse('The address must name a public website, such as example.com.');
  }
  if (url.href.length > LENGTHS.address) return tooLong;
  return { ok: true, url };
}

/** Reads the address that the given one carries in itself, if it does; that one has to be sound as well. */
function readUnwrapped(address: string): { ok: true; url: URL } | UrlFault {
  let read = readAddress(address);
  for (let layer = 1; layer < MOST_PASSES; layer++) {
    const carried = read.ok ? carriedAddress(read.url) : undefined;
    if (carried === undefined) return read;
    read = readAddress(carried);
  }
  return unreadable;
}

/** Cleans a key again as if it were given, until nothing changes: what a key leads to has that key. */
function settledKey(url: URL): Pick<UrlKey, 'ok' | 'key' | 'host'> | UrlFault {
  let key = keyOnce(url);
  for (let pass = 1; pass < MOST_PASSES; pass++) {
    const again = readUnwrapped(`https://${key}`);
    if (!again.ok) return again;
    const next = keyOnce(again.url);
    if (next === key) return { ok: true, key, host: siteOf(again.url.hostname) };
    key = next;
  }
  return unreadable;
}

function keyOnce(url: URL): string {
  const host = siteOf(url.hostname);
  const keepsNames = keepsFileNames(host, url.pathname);
  const path = plainPath(url.pathname, keepsNames);
  const parameters = readParameters(url.search)
    .filter(({ name, value }) => !isNoise(name, value, { host, path, keepsCode: keepsCode(host) }))
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const place = canonicalPlace({ host, path, parameters });
  const query = place.parameters
    .map(({ name, value }) => (value === '' ? name : `${name}=${value}`))
    .join('&');
  // The scheme is not part of a key, so neither is the default port of either.
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  return place.host + port + place.path + (query === '' ? '' : `?${query}`) + placeInPage(url.hash, path);
}

const INDEX_FILE = /\/(?:index|(?:index|default)\.(?:html?|php\d?|aspx?|jsp|cfm|shtml))$/i;
const FILE_ENDING = /(?<=[^/])\.html?$/i;

/** The path without what only says how the page is served. */
function plainPath(pathname: string, keepsNames: boolean): string {
  const path = plainEncoding(pathname, PLAIN_IN_PATH)
    .replace(/;jsessionid=[^/]*/i, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '');
  return keepsNames ? path : withoutAmp(path.replace(INDEX_FILE, '').replace(FILE_ENDING, ''));
}

/** AMP twins of articles: /amp/article, /article/amp, /article.amp. */
function withoutAmp(path: string): string {
  return path
    .replace(/^\/amp(?=\/.)/, '')
    .replace(/(?<=[^/])[/.]amp$/, '')
    .replace('/amp_articleshow/', '/articleshow/');
}

function readParameters(search: string): Parameter[] {
  return splitQuery(search).map((pair) => {
    const plain = plainEncoding(pair.replaceAll('+', '%20'), PLAIN_IN_QUERY);
    const end = plain.indexOf('=');
    const name = end === -1 ? plain : plain.slice(0, end);
    return { name: name.replace(ESCAPED_AMPERSAND, ''), value: end === -1 ? '' : plain.slice(end + 1) };
  });
}

// Addresses copied out of HTML source carry "&amp;" for "&".
const ESCAPED_AMPERSAND = /^amp;/;

function splitQuery(search: string): string[] {
  return search
    .replace(/^[?#]/, '')
    .split('&')
    .filter((pair) => pair !== '');
}

// Pages that many articles stand on, one below the other: the front page, blogs of one page, lists of what is new in
// a product.
const LIST_OF_ARTICLES =
  /^$|\/(?:blog|news|posts|updates|releases|whats-?new)$|[/-](?:changelog|release-?notes)$|\/release-?notes\/[^/]+$/i;
// Tops of pages, comments, and what share buttons leave behind.
const ANY_PAGES_FRAGMENT = /^#(?:top|main|content|main-content|comments|respond|disqus_thread|_=_)$|=/i;

/**
 * Fragments are places in a page, except where scripts use them as addresses (#!/route and #/route) and on pages that
 * many articles stand on.
 */
function placeInPage(hash: string, path: string): string {
  const fragment = hash.replace(/:~:.*$/, '');
  const isRoute = /^#(?:!\/?|\/)[^/]/.test(fragment);
  const isArticle =
    LIST_OF_ARTICLES.test(path) && /^#[\w%]/.test(fragment) && !ANY_PAGES_FRAGMENT.test(fragment);
  return isRoute || isArticle ? plainEncoding(fragment, PLAIN_IN_PATH) : '';
}

// Characters that mean the same written out or percent-encoded: RFC 3986's unreserved ones (section 2.3), and those
// that separate nothing in this part of an address although they could.
const PLAIN_IN_PATH = /[A-Za-z0-9._~!$'()*,;:@&=+|[\]-]/;
const PLAIN_IN_QUERY = /[A-Za-z0-9._~!$'()*,;:@/?|[\]-]/;

/** One spelling per character: plain where `plain` allows, else percent-encoded in upper case; a stray % is encoded. */
function plainEncoding(text: string, plain: RegExp): string {
  return text.replace(/%(?:[0-9a-f]{2})?/gi, (encoded) => {
    if (encoded === '%') return '%25';
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return plain.test(character) ? character : encoded.toUpperCase();
  });
}

/** The address with everything as it was given except tracking parameters, in the query or as the whole fragment. */
function withoutTracking(url: URL): string {
  const tracks = (pair: string): boolean => isTracking(/^(?:amp;)?([^=]*)/.exec(pair)?.[1] ?? '');
  const pairs = splitQuery(url.search);
  const kept = pairs.filter((pair) => !tracks(pair));
  const shown = new URL(url);
  if (kept.length < pairs.length) shown.search = kept.join('&');
  const marks = splitQuery(url.hash);
  if (marks.length > 0 && marks.every(tracks)) shown.hash = '';
  return shown.href;
}
