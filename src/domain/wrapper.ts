// Addresses that stand before an article and hide who published it: link shorteners, aggregators, redirecting pages,
// AMP caches. Some carry the article's address in themselves, and that one can be read without asking anybody.
import { siteOf } from './url-sites.ts';

// Shorteners, including those that publishers and newsletters use: every path of theirs redirects to somewhere else.
const SHORTENERS = new Set(
  [
    't.co bit.ly bitly.com j.mp lnkd.in tinyurl.com ow.ly buff.ly dlvr.it trib.al is.gd v.gd goo.gl shorturl.at cutt.ly',
    'rebrand.ly rb.gy t.ly s.id fb.me wp.me ift.tt shar.es sco.lt spr.ly hubs.ly hubs.la flip.it qr.ae po.st tiny.cc',
    'amzn.to nyti.ms reut.rs bloom.bg wapo.st on.ft.com on.wsj.com cnb.cx econ.st tcrn.ch zd.net g.co a.co aka.ms',
    'feedproxy.google.com git.io l.smartnews.com link.medium.com link.mail.beehiiv.com links.tldrnewsletter.com',
    'tracking.tldrnewsletter.com',
  ].flatMap((line) => line.split(' ')),
);

interface PartOfSite {
  readonly host: RegExp;
  readonly path: RegExp;
}

// Sites that redirect on some of their paths: feeds and newsletters that count clicks.
const REDIRECTORS: readonly PartOfSite[] = [
  { host: /^feeds\.feedburner\.com$/, path: /\/~/ },
  { host: /(?:^|\.)substack\.com$/, path: /^\/redirect\// },
  { host: /\.list-manage\.com$/, path: /^\/track\/click/ },
];

const GOOGLE_NEWS: PartOfSite = {
  host: /^news\.google\.com$/,
  path: /^\/(?:rss\/|__i\/rss\/rd\/)?(?:articles|read|stories)\/([^/]+)/,
};

// Aggregators and archives that show others' articles on some of their paths, or forward to them by script: no HTTP
// redirect tells the publisher. Yahoo is not among them: it also publishes reporting of its own, and nothing in the
// address tells the two apart.
const AGGREGATORS: readonly PartOfSite[] = [
  GOOGLE_NEWS,
  { host: /^msn\.com$/, path: /\/(?:ar|vi|ss)-[A-Za-z0-9]+/ },
  { host: /^apple\.news$/, path: /^\/./ },
  { host: /^flipboard\.com$/, path: /^\/(?:article|@[^/]+\/.+)/ },
  { host: /^newsbreak\.com$/, path: /^\/(?:news|share)\// },
  { host: /^smartnews\.com$/, path: /^\/(?:article|p)\// },
  { host: /^ground\.news$/, path: /^\/article\// },
  { host: /^archive\.(?:today|ph|is|li|vn|fo|md)$/, path: /^\/[A-Za-z0-9]{4,6}$/ },
];

// Pages that forward to the address in one of their parameters.
const FORWARDERS: readonly (PartOfSite & { readonly parameters: readonly string[] })[] = [
  { host: /^google(?:\.[a-z]{2,3}){1,2}$/, path: /^\/url$/, parameters: ['q', 'url'] },
  { host: /^lm?\.facebook\.com$/, path: /^\/l\.php$/, parameters: ['u'] },
  { host: /^l\.(?:instagram\.com|threads\.(?:com|net))$/, path: /^/, parameters: ['u'] },
  { host: /^out\.reddit\.com$/, path: /^/, parameters: ['url'] },
  { host: /^linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)\/?$/, parameters: ['url'] },
  { host: /^youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /^bing\.com$/, path: /^\/(?:news\/apiclick\.aspx|alink\/link)$/, parameters: ['url'] },
  { host: /^duckduckgo\.com$/, path: /^\/l\/?$/, parameters: ['uddg'] },
  { host: /\.safelinks\.protection\.outlook\.com$/, path: /^/, parameters: ['url'] },
  { host: /^(?:away\.)?vk\.com$/, path: /^\/away\.php$/, parameters: ['to'] },
  { host: /^t\.umblr\.com$/, path: /^\/redirect$/, parameters: ['z'] },
  { host: /^slack-redir\.net$/, path: /^\/link$/, parameters: ['url'] },
];

// AMP caches carry host and path of the article in their own path; "s" says that it is served by https.
const AMP_CACHES: readonly PartOfSite[] = [
  { host: /^google(?:\.[a-z]{2,3}){1,2}$/, path: /^\/amp\/(s\/)?(.+)$/ },
  { host: /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$/, path: /^\/(?:a|c|v|i|r|wp)\/(s\/)?(.+)$/ },
];

// Yahoo's results carry the address between "RU=" and the next slash.
const YAHOO_RESULT: PartOfSite = { host: /^r\.search\.yahoo\.com$/, path: /\/RU=([^/]+)/ };
// Bing's in base64url, behind "a1".
const BING_RESULT: PartOfSite = { host: /^bing\.com$/, path: /^\/ck\// };

const PARTS = [...REDIRECTORS, ...AGGREGATORS, ...FORWARDERS, ...AMP_CACHES, YAHOO_RESULT, BING_RESULT];

/** Whether the address hides the publisher of what it leads to. False for what is no address at all. */
export function isWrapper(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return isShortened(url) || PARTS.some((part) => matchOf(part, url) !== null);
}

/**
 * Whether asking for the address is answered by a redirect to the article: shorteners and counted clicks. The other
 * wrappers answer with a page of their own, and what it leads to is not to be had without their scripts.
 */
export function redirects(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return isShortened(url) || REDIRECTORS.some((part) => matchOf(part, url) !== null);
}

/**
 * The address that a wrapper carries in itself, as it stands there; undefined when the address is no wrapper or
 * tells nothing (the shorteners and the Google News links of today do not).
 */
export function carriedAddress(url: URL): string | undefined {
  for (const cache of AMP_CACHES) {
    const match = matchOf(cache, url);
    if (match?.[2] !== undefined)
      return `${match[1] === undefined ? 'http' : 'https'}://${match[2]}${url.search}`;
  }
  const newsId = matchOf(GOOGLE_NEWS, url)?.[1];
  if (newsId !== undefined) return addressInNewsId(newsId);
  const result = matchOf(YAHOO_RESULT, url)?.[1];
  if (result !== undefined) return new URLSearchParams(`u=${result}`).get('u') ?? undefined;
  if (matchOf(BING_RESULT, url)) {
    const coded = url.searchParams.get('u');
    return coded?.startsWith('a1') ? textOf(bytesOf(coded.slice(2))) : undefined;
  }
  const forwarder = FORWARDERS.find((each) => matchOf(each, url) !== null);
  return forwarder?.parameters.map((name) => url.searchParams.get(name) ?? '').find((value) => value !== '');
}

function isShortened({ hostname, pathname }: URL): boolean {
  return pathname !== '/' && SHORTENERS.has(siteOf(hostname));
}

function matchOf({ host, path }: PartOfSite, { hostname, pathname }: URL): RegExpExecArray | null {
  return host.test(siteOf(hostname)) ? path.exec(pathname) : null;
}

/**
 * The publisher's address in a Google News id from before July 2024: base64url of a protobuf message whose field 4 is
 * the address, with that of the AMP twin in field 26. Later ids hold a token in its place that only Google can read.
 */
function addressInNewsId(id: string): string | undefined {
  const address = textOf(fieldOf(bytesOf(id), 4));
  return address === undefined || URL.parse(address) === null ? undefined : address;
}

const BASE64URL = /^[\w-]+={0,2}$/;

/** The bytes of a text in base64url; none when it is nothing of the kind. */
function bytesOf(text: string): Uint8Array {
  const plain = BASE64URL.test(text) ? text.replace(/=+$/, '') : '';
  // No number of bytes leaves one letter over.
  if (plain.length % 4 === 1) return new Uint8Array();
  const binary = atob(plain.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.length === 0 ? undefined : new TextDecoder().decode(bytes);
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** The first field of a protobuf message with this number, if it holds bytes; undefined when there is none before what cannot be read. */
function fieldOf(message: Uint8Array, wanted: number): Uint8Array | undefined {
  let at = 0;
  /** Numbers as protobuf writes them: seven bits a byte, the lowest first; NaN behind the end. */
  const readNumber = (): number => {
    for (let value = 0, unit = 1; at < message.length; unit *= 128) {
      const byte = message[at] ?? 0;
      at += 1;
      value += (byte % 128) * unit;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  while (at < message.length) {
    const tag = readNumber();
    const value = readNumber();
    if (tag % 8 === VARINT) continue;
    if (tag % 8 !== LENGTH_DELIMITED || !(at + value <= message.length)) return undefined;
    if (Math.floor(tag / 8) === wanted) return message.subarray(at, at + value);
    at += value;
  }
  return undefined;
}
