// What redirects carry along.

/** The query of an address with its question mark; '' where there is none. */
export function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}
