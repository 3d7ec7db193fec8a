// Query parameters that say how a reader came to a page and nothing about the page. A name is only listed as tracking
// when it means nothing else anywhere; what can be content stays. Compiled from the documentation of the services.

// Families of names: Google Analytics, Matomo, HubSpot (three), AT Internet, AMP viewers, site-internal campaigns.
const TRACKING_FAMILY = /^(?:utm_|mtm_|hsa_|_hs|__hs|at_custom|amp_js_|itm_|otm_)/;

const TRACKING = new Set(
  [
    // Click identifiers of advertising and social networks
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid li_fat_id rb_clickid wickedid',
    'srsltid igshid igsh epik irclickid s_kwcid __twitter_impression fb_action_ids fb_action_types fb_ref fb_source',
    // Analytics that hand a visitor on from site to site
    '_ga _gl _openstat hsctatracking mkt_tok s_cid xtor wt.mc_id wt_mc wt_zmc pk_campaign pk_kwd pk_keyword pk_source',
    'pk_medium pk_content pk_cid amp_gsa usqp',
    // Newsletters
    'mc_cid mc_eid mc_tc ml_subscriber ml_subscriber_hash oly_anon_id oly_enc_id vero_conv vero_id _bhlid _kx',
    'ck_subscriber_id',
    // Publishers' marks of campaigns and share buttons
    'cmpid ncid ref_src ref_url sr_share soc_src soc_trk guccounter guce_referrer guce_referrer_sig __source echobox',
    'at_medium at_campaign at_campaign_type at_link_id at_link_origin at_link_type at_format at_ptr_name at_bbc_team',
  ].flatMap((line) => line.split(' ')),
);

// What makes no other article on these sites and their subdomains, but stays in the address that is shown, since it
// opens the page (gift and friend links) or belongs to the site alone.
const SITE_PARAMETERS = new Map<string, readonly string[]>(
  Object.entries({
    'bloomberg.com': ['accesstoken', 'leadsource', 'sref', 'srnd'],
    'economist.com': ['giftid'],
    'ft.com': ['accesstoken', 'segmentid', 'sharetype'],
    'google.com': ['usp'],
    'linkedin.com': ['lipi', 'original_referer', 'rcm', 'trackingid', 'trk'],
    'medium.com': ['gi', 'sk', 'source'],
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
    'spotify.com': ['si'],
    'substack.com': ['isfreemail', 'r', 's', 'showwelcome', 'showwelcomeonshare', 'triedredirect'],
    'theatlantic.com': ['gift'],
    'theverge.com': ['view_token'],
    'washingtonpost.com': ['itid', 'pwapi_token'],
    'wsj.com': ['mod', 'reflink', 'st'],
    'x.com': ['s', 't'],
    'youtube.com': ['feature', 'si'],
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
const HOST_NAME = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/;

/** Whether a parameter only tracks: it may leave any address without changing what is found there. */
export function isTracking(name: string): boolean {
  const known = name.toLowerCase();
  return TRACKING.has(known) || TRACKING_FAMILY.test(known);
}

/**
 * Whether a parameter makes no other article of a page, so that keys leave it out: tracking, the marks of known sites,
 * the request for the AMP form, and a `ref` or `source` whose value names a site or channel.
 * @param site the host without www; on a site that keeps code, `ref` is a branch and stays
 */
export function isNoise(name: string, value: string, site: { host: string; keepsCode: boolean }): boolean {
  if (isTracking(name)) return true;
  const known = name.toLowerCase();
  const word = value.toLowerCase();
  if (known === 'amp') return word === '' || word === '1' || word === 'true';
  if (known === 'outputtype') return word === 'amp';
  if (known === 'ref' && !site.keepsCode) return CHANNELS.has(word) || HOST_NAME.test(word);
  if (known === 'source' && (CHANNELS.has(word) || MEDIUM_SOURCE.test(word))) return true;
  // Of the host and the domains above it, the first that is known.
  const labels = site.host.split('.');
  const domain = labels
    .map((_, first) => labels.slice(first).join('.'))
    .find((name) => SITE_PARAMETERS.has(name));
  return domain !== undefined && SITE_PARAMETERS.get(domain)?.includes(known) === true;
}
