// Query parameters that say how a reader came to a page and nothing about the page. A name is only listed as tracking
// when it means nothing else anywhere; what can be content stays. Compiled from the documentation of the services.

// Families of names: Google Analytics, Matomo, HubSpot (three), AT Internet, the BBC's, AMP viewers, site-internal
// campaigns, Salesforce, Blueshift, Branch.
const TRACKING_FAMILY =
  /^(?:utm[_-]|mtm_|hsa_|_hs|__hs|at_custom|ns_(?:mchannel|source|campaign|linkname|fee)|amp_js_|itm_|otm_|sfmc_|bsft_|_branch_)/;

const TRACKING = new Set(
  [
    // Click identifiers of advertising and social networks
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid li_fat_id rb_clickid wickedid',
    'gad_source gad_campaignid mibextid _rdt_cid obclid dicbo tblci tbclickid vc_lpp',
    'srsltid igshid igsh epik irclickid s_kwcid __twitter_impression fb_action_ids fb_action_types fb_ref fb_source',
    // Analytics that hand a visitor on from site to site
    '_ga _gl _openstat hsctatracking mkt_tok s_cid xtor wt.mc_id wt_mc wt_zmc pk_campaign pk_kwd pk_keyword pk_source',
    'pk_medium pk_content pk_cid amp_gsa usqp',
    // Newsletters
    'mc_cid mc_eid mc_tc ml_subscriber ml_subscriber_hash oly_anon_id oly_enc_id vero_conv vero_id _bhlid _kx',
    'ck_subscriber_id _ke __s dm_i emci emdi _cldee wtrid isfreemail triedredirect showwelcome showwelcomeonshare',
    // Publishers' marks of campaigns and share buttons
    'cmpid ncid ref_src ref_url sr_share soc_src soc_trk guccounter guce_referrer guce_referrer_sig __source echobox',
    'at_medium at_campaign at_campaign_type at_link_id at_link_origin at_link_type at_format at_ptr_name at_bbc_team',
  ].flatMap((line) => line.split(' ')),
);

// What makes no other article on these sites and their subdomains, but stays in the address that is shown, since it
// opens the page (gift and friend links) or belongs to the site alone.
const SITE_PARAMETERS = new Map<string, readonly string[]>(
  Object.entries({
    'arstechnica.com': ['comments', 'comments-page'],
    'axios.com': ['stream'],
    'bloomberg.com': ['accesstoken', 'leadsource', 'sref', 'srnd'],
    'businessinsider.com': ['ir', 'op', 'r'],
    'cnet.com': ['ftag'],
    'dailymail.co.uk': ['ito'],
    'economist.com': ['giftid'],
    'forbes.com': ['sh', 'ss'],
    'ft.com': ['accesstoken', 'segmentid', 'sharetype'],
    'google.com': ['usp'],
    'linkedin.com': ['lipi', 'original_referer', 'rcm', 'trackingid', 'trk'],
    'medium.com': ['gi', 'sk', 'source'],
    'msn.com': ['cvid', 'ei', 'ocid', 'pc'],
    'npr.org': ['f', 'ft', 'sc', 't'],
    'nytimes.com': [
      'emc',
      'giftcopy',
      'partner',
      'searchresultposition',
      'smid',
      'smtyp',
      'unlocked_article_code',
    ],
    'reddit.com': ['rdt', 'share_id'],
    'reuters.com': ['edition-redirect', 'feedname', 'feedtype', 'rpc', 'taid'],
    'spotify.com': ['si'],
    'substack.com': ['isfreemail', 'r', 's', 'showwelcome', 'showwelcomeonshare', 'triedredirect'],
    'theatlantic.com': ['gift'],
    'theguardian.com': ['cmp'],
    'theinformation.com': ['rc', 'shared'],
    'theverge.com': ['view_token'],
    'washingtonpost.com': ['itid', 'pwapi_token'],
    'wsj.com': ['mod', 'reflink', 'st'],
    'wired.com': ['bxid', 'cndid', 'esrc', 'mbid'],
    'x.com': ['s', 't'],
    'yahoo.com': ['.tsrc', 'fr', 'tsrc'],
    'youtube.com': ['feature', 'si'],
    'zdnet.com': ['ftag'],
  }),
);

// Values of `ref` and `source` that name a way of coming here.
const CHANNELS = new Set(
  (
    'email facebook flipboard hackernews hn linkedin lobsters mastodon newsletter producthunt reddit rss share ' +
    'slack social telegram threads twitter x'
  ).split(' '),
);
// What Medium writes into `source`, also on publications with a domain of their own.
const MEDIUM_SOURCE = /^friends_link$|-{4}/;
/** Posts on Medium, whatever the domain: they end in their number. */
const MEDIUM_PATH = /-[0-9a-f]{10,12}$/;
/** Posts on Blogger, whatever the domain; m=1 asks for the form for phones. */
const BLOGGER_PATH = /^\/20\d\d\/\d\d\/[^/]+$/;
const HOST_NAME = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/;

/** Whether a parameter only tracks: it may leave any address without changing what is found there. */
export function isTracking(name: string): boolean {
  const known = name.toLowerCase();
  return TRACKING.has(known) || TRACKING_FAMILY.test(known);
}

export interface Page {
  /** Without www. */
  readonly host: string;
  /** Normalised already. */
  readonly path: string;
  /** On a site that keeps code, `ref` is a branch and stays. */
  readonly keepsCode: boolean;
}

/**
 * Whether a parameter makes no other article of a page, so that keys leave it out: tracking, the marks of known sites
 * and of two kinds of blogs, the request for the AMP form, and a `ref`, `source` or `src` whose value names a site or
 * channel.
 */
export function isNoise(name: string, value: string, page: Page): boolean {
  if (isTracking(name)) return true;
  const known = name.toLowerCase();
  const word = value.toLowerCase();
  switch (known) {
    case 'amp':
    case '_amp':
      return word === '' || word === '1' || word === 'true';
    case 'outputtype':
    case 'output':
      return word === 'amp';
    case 'ref':
      return !page.keepsCode && (CHANNELS.has(word) || HOST_NAME.test(word));
    case 'm':
      if (BLOGGER_PATH.test(page.path) && /^[01]$/.test(word)) return true;
      break;
    case 'gi':
    case 'sk':
      if (MEDIUM_PATH.test(page.path)) return true;
      break;
    case 'source':
    case 'src':
      if (CHANNELS.has(word) || MEDIUM_SOURCE.test(word)) return true;
  }
  return isSitesOwn(known, page.host);
}

/** Of the host and the domains above it, the first that is known decides. */
function isSitesOwn(name: string, host: string): boolean {
  const labels = host.split('.');
  const domain = labels
    .map((_, first) => labels.slice(first).join('.'))
    .find((site) => SITE_PARAMETERS.has(site));
  return domain !== undefined && SITE_PARAMETERS.get(domain)?.includes(name) === true;
}
