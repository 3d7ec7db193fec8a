// The network that an address belongs to: enough to recognise a place, too little to find a person.
import { isIPv4 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

/** What a provider gives to one site (RFC 6177). */
const IPV6_SITE_BITS = 48;

/** "192.0.2.x" for all 256 addresses beside an IPv4 address, "2001:db8:7::/48" for a site's IPv6 addresses. */
export function addressPrefix(ip: string): string {
  const network = normalizeIP(ip, IPV6_SITE_BITS);
  return isIPv4(network) ? network.replace(/\d+$/, 'x') : `${network}/${IPV6_SITE_BITS}`;
}
