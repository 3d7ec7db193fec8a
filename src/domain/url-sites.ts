// What is known of single sites: which hosts are one site, and which paths of it are one page. All of it makes keys
// for comparison; the address that readers follow stays as it was given.

/** The parts of an address that make its key. Path and parameters are normalised already. */
export interface Place {
  readonly host: string;
  /** Begins with a slash, or is empty for the site's front page. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

const SAME_SITE = new Map(
  Object.entries({
    'ar5iv.labs.arxiv.org': 'arxiv.org',
    'ar5iv.org': 'arxiv.org',
    'bbc.co.uk': 'bbc.com',
    'dx.doi.org': 'doi.org',
    'edition.cnn.com': 'cnn.com',
    'export.arxiv.org': 'arxiv.org',
    'fixupx.com': 'x.com',
    'fxtwitter.com': 'x.com',
    'hf.co': 'huggingface.co',
    'lite.cnn.com': 'cnn.com',
    'music.youtube.com': 'youtube.com',
    'new.reddit.com': 'reddit.com',
    'nitter.net': 'x.com',
    'np.reddit.com': 'reddit.com',
    'old.reddit.com': 'reddit.com',
    'sh.reddit.com': 'reddit.com',
    'twitter.com': 'x.com',
    'vxtwitter.com': 'x.com',
    'xcancel.com': 'x.com',
    'youtube-nocookie.com': 'youtube.com',
  }),
);

const TWIN_PREFIX = /^(?:www\d*|m|mobile|amp)\.(?=[^.]+\.)/;
// "m.co.uk" is the site of somebody called M, not a twin of "co.uk". ("www.gov.uk" is a site, and its twin is right.)
const SECOND_LEVEL = /^(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}$/;
const WIKI_TWIN = /^([a-z-]+)\.m\.(wik[a-z]+\.org)$/;

/** Whether a host is one below which others register theirs, as far as that shows ("co.uk"). */
export function isSecondLevel(host: string): boolean {
  return SECOND_LEVEL.test(host);
}

/**
 * The host under which a site is known: without a final dot and without www, m, mobile or amp before it; one name
 * for the hosts that known sites go by.
 */
export function siteOf(hostname: string): string {
  let host = hostname.toLowerCase().replace(/\.$/, '');
  for (;;) {
    const shorter = host.replace(TWIN_PREFIX, '');
    if (shorter === host || (SECOND_LEVEL.test(shorter) && !host.startsWith('www'))) break;
    host = shorter;
  }
  host = host.replace(WIKI_TWIN, '$1.$2');
  return SAME_SITE.get(host) ?? host;
}

const CODE_SITE =
  /(?:^|\.)(?:github\.com|gitlab\.[a-z.]+|bitbucket\.org|codeberg\.org|huggingface\.co|npmjs\.com|pypi\.org|sr\.ht)$/;

/** Whether a site's paths are people's and projects' names: "amp" and `ref` mean something else there. */
export function keepsCode(host: string): boolean {
  return CODE_SITE.test(host);
}

/** Whether paths say what something is called and not how it is served: "index.html" and "amp" are names there. */
export function keepsFileNames(host: string, pathname: string): boolean {
  return keepsCode(host) || pathname.startsWith('/wiki/');
}

const VIDEO = /^\/(?:shorts|live|embed|v)\/([\w-]{11})$/;
const X_STATUS = /^\/[^/]+(?:\/web)?\/status(?:es)?\/(\d+)/;
const REDDIT_POST = /^(?:\/(?:r|user|u)\/[^/]+)?\/comments\/([a-z0-9]+)(?:\/[^/]*(?:\/([a-z0-9]+))?)?$/i;
const PAPER = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?`;
const ARXIV_PAPER = new RegExp(String.raw`^/(?:abs|pdf|html|format|ps|src|e-print)/${PAPER}(?:\.pdf)?$`);
const ARXIV_DOI = new RegExp(`^/10\\.48550/arxiv\\.${PAPER}$`, 'i');
const SUBSTACK_POST = /^\/pub\/([a-z0-9-]+)(\/p\/[^/]+)$/;
/** Medium names a post by up to 12 hexadecimal digits, whoever's name and headline stand before them. */
const MEDIUM_POST = /^\/(?:.*-|p\/)([0-9a-f]{10,12})$/;
const LWN_ARTICLE = /^\/(?:Articles|SubscriberLink)\/(\d+)(?:\/|$)/;
const ACM_PAPER = /^\/doi\/(?:(?:abs|full|fullHtml|pdf|epdf)\/)?(10\.\d+\/.+)$/;

const RFC = /^\/(?:doc\/|html\/|doc\/html\/|rfc\/)(rfc\d+)(?:\.(?:txt|pdf|xml))?$/;

type Rule = (place: Place) => Place | undefined;

const rfc: Rule = ({ path }) => page('rfc-editor.org', RFC.exec(path), ([, name]) => `/rfc/${name}`);

const RULES = new Map<string, Rule>(
  Object.entries<Rule>({
    'youtu.be': ({ path }) => (/^\/[\w-]{11}$/.test(path) ? video(path.slice(1)) : undefined),
    'youtube.com': ({ path, parameters }) => {
      const id =
        path === '/watch' ? parameters.find(({ name }) => name === 'v')?.value : VIDEO.exec(path)?.[1];
      return id === undefined ? undefined : video(id);
    },
    'x.com': ({ path }) => page('x.com', X_STATUS.exec(path), ([, id]) => `/i/status/${id}`),
    'redd.it': ({ path }) => page('reddit.com', /^\/([a-z0-9]+)$/.exec(path), ([, id]) => `/comments/${id}`),
    'reddit.com': ({ path }) =>
      page(
        'reddit.com',
        REDDIT_POST.exec(path),
        ([, id, reply]) => `/comments/${id}${reply ? `/_/${reply}` : ''}`,
      ),
    'arxiv.org': ({ path }) => page('arxiv.org', ARXIV_PAPER.exec(path), ([, id]) => `/abs/${id}`),
    'doi.org': ({ path }) => page('arxiv.org', ARXIV_DOI.exec(path), ([, id]) => `/abs/${id}`),
    'bbc.com': ({ path, ...place }) => ({ ...place, path: path.replace(/^\/(news|sport)\/amp\//, '/$1/') }),
    'lwn.net': ({ path }) => page('lwn.net', LWN_ARTICLE.exec(path), ([, id]) => `/Articles/${id}`),
    'dl.acm.org': ({ path }) => page('dl.acm.org', ACM_PAPER.exec(path), ([, doi]) => `/doi/${doi}`),
    'aclanthology.org': ({ path }) =>
      page('aclanthology.org', /^(\/[\w.-]+)\.pdf$/.exec(path), ([, paper = '']) => paper),
    'openreview.net': ({ host, path, parameters }) => {
      const id = parameters.filter(({ name }) => name === 'id');
      return /^\/(?:forum|pdf)$/.test(path) && id.length === 1
        ? { host, path: '/forum', parameters: id }
        : undefined;
    },
    'medium.com': ({ path }) => page('medium.com', MEDIUM_POST.exec(path), ([, id]) => `/p/${id}`),
    'rfc-editor.org': rfc,
    'datatracker.ietf.org': rfc,
    'tools.ietf.org': rfc,
    'open.substack.com': ({ path, parameters }) => {
      const post = SUBSTACK_POST.exec(path);
      return post === null ? undefined : { host: `${post[1]}.substack.com`, path: post[2] ?? '', parameters };
    },
  }),
);

/** The place that stands for all twins of this one on a known site; any other place as it is. */
export function canonicalPlace(place: Place): Place {
  const site = place.host.endsWith('.medium.com') ? 'medium.com' : place.host;
  return RULES.get(site)?.(place) ?? place;
}

function video(id: string): Place {
  return { host: 'youtube.com', path: '/watch', parameters: [{ name: 'v', value: id }] };
}

/** A page whose path says all: the parameters go. */
function page(
  host: string,
  match: RegExpExecArray | null,
  path: (match: RegExpExecArray) => string,
): Place | undefined {
  return match === null ? undefined : { host, path: path(match), parameters: [] };
}
