// Which addresses may be asked: pages of the public web, on the usual ports. Server-side request forgery begins where
// somebody else's address is taken for one of those.
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { notPublic, Refusal } from './faults.ts';

/** IPv6 that is routed at all (RFC 4291, 2.4); what else counts as unicast there has IPv4 or nothing inside. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** How networks without IPv4 reach it: the last 32 bits are the address (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * Whether an address of numbers is on the public internet. IPv6 that carries IPv4 is judged by what it carries where
 * that is how it is reached (mapped, NAT64), and refused otherwise (6to4, Teredo).
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip instanceof ipaddr.IPv4) return isPublicIpv4(ip);
  if (ip.match(NAT64)) return isPublicIpv4(new ipaddr.IPv4(ip.toByteArray().slice(-4)));
  return ip.range() === 'unicast' && ip.match(GLOBAL_IPV6);
}

/** Public by its number, but on machines of Azure the host itself, with what it hands out to them. */
const CLOUD_HOST = '168.63.129.16';

function isPublicIpv4(ip: ipaddr.IPv4): boolean {
  return ip.range() === 'unicast' && ip.toString() !== CLOUD_HOST;
}

const USUAL_PORTS = new Set(['', '80', '443']);

/**
 * Reads an address that is to be asked.
 * @param base the page that redirected to it
 * @param allowed host:port that may be asked although they are not public
 * @throws Refusal
 */
export function readTarget(address: string, allowed: ReadonlySet<string>, base?: string): URL {
  const url = URL.parse(address, base);
  if (url === null) throw new Refusal('address', 'This is not a web address.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal('address', 'Only addresses that begin with https:// or http:// can be read.');
  if (url.username !== '' || url.password !== '')
    throw new Refusal('address', 'The address contains a sign-in name or password.');
  if (allowed.has(placeOf(url))) return url;
  if (!USUAL_PORTS.has(url.port)) throw new Refusal('address', 'The address names an unusual port.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Names are judged by what they resolve to (connecting.ts). Here, before anything is sent: whether a private machine
  // answers is nothing that may be learnt from how asking it fails.
  if (isIP(host) !== 0 && !isPublic(host)) throw notPublic();
  return url;
}

/** host:port, the port also where it is the scheme's own. */
export function placeOf(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}
