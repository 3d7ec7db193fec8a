// Where a link may lead. Everything that is not plainly a web address, a mail address or a place on the own site
// is no link at all.

const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

export interface Destination {
  readonly href: string;
  /** On the site itself: the address is a path or a fragment. */
  readonly own: boolean;
}

/**
 * Reads a link's address as a browser would, character references already decoded.
 * @returns undefined for other schemes, relative and protocol-relative addresses, and addresses with a user name:
 * `https://bank.example@evil.example` is meant to be misread.
 */
export function readDestination(address: string, siteUrl: string): Destination | undefined {
  if (/^#[\w-]+$/.test(address)) return { href: address, own: true };
  const isPath = address.startsWith('/');
  const url = URL.parse(address, isPath ? siteUrl : undefined);
  if (!url || !SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  const isOwn = url.origin === new URL(siteUrl).origin;
  // `//evil.example` and `/\evil.example` begin like paths and leave the site.
  if (isPath && !isOwn) return undefined;
  // The address standard lets a backslash stand in a query or a fragment. RFC 3986 does not, and whoever else reads
  // this HTML (a feed reader, a mail programme) may take it for a slash.
  const href = url.href.replaceAll('\\', '%5C');
  const path = isOwn ? href.slice(url.origin.length) : '';
  // `https://own.example//evil.example` is our own, but its path alone would not be.
  return isOwn && !path.startsWith('//') ? { href: path, own: true } : { href, own: false };
}
