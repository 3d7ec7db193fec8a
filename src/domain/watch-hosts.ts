// Finding watched domains: a rule that names a host means it with all below it, under whatever name an address or a text
// gives it.
import { urlKey } from './url-key.ts';
import { siteOf } from './url-sites.ts';

/**
 * The hosts an address leads to: the one that stands in it, and the one under which its site is known here, which for an
 * aggregator's link is the publisher's.
 */
export function hostsOf(address: string): string[] {
  const read = urlKey(address);
  const given = URL.parse(address)?.hostname ?? '';
  return [...new Set([...(given === '' ? [] : [siteOf(given)]), ...(read.ok ? [read.host] : [])])];
}

// Full stops as other scripts and keyboards write them, which browsers take for the one of addresses.
const FULL_STOPS = /[\u3002\uFF0E\uFF61]/g;
const NO_HOST = /[^\p{L}\p{N}\p{M}.-]+/u;

/** What in a text could be a host: links, and names of sites that are no links. */
export function hostsNamedIn(text: string): string[] {
  const plain = text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .replace(FULL_STOPS, '.')
    .toLowerCase();
  const named = plain.split(NO_HOST).filter((piece) => piece.includes('.') && piece.length <= 253);
  return [...new Set(named)].flatMap((name) => asciiHost(name.replace(/^[.-]+|[.-]+$/g, '')) ?? []);
}

function asciiHost(name: string): string | undefined {
  if (/^[\p{ASCII}]*$/u.test(name)) return name === '' ? undefined : siteOf(name);
  const host = URL.parse(`https://${name}`)?.hostname;
  return host === undefined ? undefined : siteOf(host);
}

/** The places in `patterns` (hosts) of those that one of these hosts is, or stands below. */
export function hostFinder(patterns: readonly string[]): (hosts: readonly string[]) => ReadonlySet<number> {
  const places = new Map(patterns.map((pattern, index) => [pattern, index]));
  return (hosts) => new Set(hosts.flatMap(withParents).flatMap((host) => places.get(host) ?? []));
}

/** news.example.com, example.com, com. */
function withParents(host: string): string[] {
  const labels = host.split('.');
  return labels.map((_, at) => labels.slice(at).join('.'));
}
