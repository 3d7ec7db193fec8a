// Addresses that stand before an article and hide who published it: link shorteners, aggregators, redirecting pages,
// AMP caches. Some carry the article's address in themselves, and that one can be read without asking anybody.
import { siteOf } from './url-sites.ts';

// Shorteners, including those that publishers and newsletters use: every path of theirs leads elsewhere.
const SHORTENERS = new Set(
  [
    't.co bit.ly bitly.com j.mp lnkd.in tinyurl.com ow.ly buff.ly dlvr.it trib.al is.gd v.gd goo.gl shorturl.at cutt.ly',
    'rebrand.ly rb.gy t.ly s.id fb.me wp.me ift.tt shar.es sco.lt spr.ly hubs.ly hubs.la flip.it qr.ae po.st tiny.cc',
    'amzn.to nyti.ms reut.rs bloom.bg wapo.st on.ft.com on.wsj.com cnb.cx econ.st tcrn.ch zd.net g.co a.co aka.ms',
    'feedproxy.google.com apple.news l.smartnews.com link.mail.beehiiv.com links.tldrnewsletter.com',
    'tracking.tldrnewsletter.com',
  ].flatMap((line) => line.split(' ')),
);

// Aggregators that show or forward others' articles on some of their paths. Yahoo is not among them: it also
// publishes reporting of its own, and nothing in the address tells the two apart.
const AGGREGATORS: readonly { readonly host: RegExp; readonly path: RegExp }[] = [
  { host: /^news\.google\.com$/, path: /^\/(?:rss\/)?(?:articles|read|stories)\// },
  { host: /^msn\.com$/, path: /\/(?:ar|vi|ss)-[A-Za-z0-9]+/ },
  { host: /^flipboard\.com$/, path: /^\/(?:article|@[^/]+\/.+)/ },
  { host: /^newsbreak\.com$/, path: /^\/(?:news|share)\// },
  { host: /^smartnews\.com$/, path: /^\/(?:article|p)\// },
  { host: /^ground\.news$/, path: /^\/article\// },
  { host: /^feeds\.feedburner\.com$/, path: /\/~/ },
  { host: /(?:^|\.)substack\.com$/, path: /^\/redirect\// },
  { host: /\.list-manage\.com$/, path: /^\/track\/click/ },
  { host: /^bing\.com$/, path: /^\/ck\// },
];

// Pages that forward to the address in one of their parameters.
const FORWARDERS: readonly {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly parameters: readonly string[];
}[] = [
  { host: /^google(?:\.[a-z]{2,3}){1,2}$/, path: /^\/url$/, parameters: ['q', 'url'] },
  { host: /^lm?\.facebook\.com$/, path: /^\/l\.php$/, parameters: ['u'] },
  { host: /^l\.(?:instagram\.com|threads\.(?:com|net))$/, path: /^/, parameters: ['u'] },
  { host: /^out\.reddit\.com$/, path: /^/, parameters: ['url'] },
  { host: /^linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)\/?$/, parameters: ['url'] },
  { host: /^youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /^duckduckgo\.com$/, path: /^\/l\/?$/, parameters: ['uddg'] },
  { host: /\.safelinks\.protection\.outlook\.com$/, path: /^/, parameters: ['url'] },
  { host: /^(?:away\.)?vk\.com$/, path: /^\/away\.php$/, parameters: ['to'] },
  { host: /^t\.umblr\.com$/, path: /^\/redirect$/, parameters: ['z'] },
  { host: /^slack-redir\.net$/, path: /^\/link$/, parameters: ['url'] },
];

// AMP caches carry host and path of the article in their own path; "s" says that it is served by https.
const AMP_CACHES: readonly { readonly host: RegExp; readonly path: RegExp }[] = [
  { host: /^google(?:\.[a-z]{2,3}){1,2}$/, path: /^\/amp\/(s\/)?(.+)$/ },
  { host: /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$/, path: /^\/(?:a|c|v|i|r|wp)\/(s\/)?(.+)$/ },
];

/** Whether the address hides the publisher of what it leads to. False for what is no address at all. */
export function isWrapper(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const host = siteOf(url.hostname);
  if (SHORTENERS.has(host)) return url.pathname !== '/';
  return [...AGGREGATORS, ...FORWARDERS, ...AMP_CACHES].some(
    (wrapper) => wrapper.host.test(host) && wrapper.path.test(url.pathname),
  );
}

/**
 * The address that a wrapper carries in itself, as it stands there; undefined when the address is no wrapper or
 * tells nothing (Google News and the shorteners do not).
 */
export function carriedAddress(url: URL): string | undefined {
  const host = siteOf(url.hostname);
  for (const cache of AMP_CACHES) {
    const match = cache.host.test(host) ? cache.path.exec(url.pathname) : null;
    if (match?.[2] !== undefined)
      return `${match[1] === undefined ? 'http' : 'https'}://${match[2]}${url.search}`;
  }
  const forwarder = FORWARDERS.find((each) => each.host.test(host) && each.path.test(url.pathname));
  const carried = forwarder?.parameters
    .map((name) => url.searchParams.get(name))
    .find((value) => value !== null);
  return carried ?? undefined;
}
