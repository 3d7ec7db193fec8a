// The name of a site in an address of the forum.
import { siteOf } from './url-sites.ts';

/** The canonical name of the site that is meant; undefined for what can be no host's name. */
export function readSiteHost(text: string): string | undefined {
  const host = siteOf(text);
  return /^[a-z0-9.-]{1,253}$/.test(host) ? host : undefined;
}
