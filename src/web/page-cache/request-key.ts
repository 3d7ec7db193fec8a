// Under which a page is kept: all of a request that a visitor's page depends on.
import type { IncomingMessage } from 'node:http';
import { themeIn } from '../plugins/pages.ts';

/** A Cookie header, read as sessions and pages read it. */
export type ParseCookies = (header: string) => Readonly<Record<string, string | undefined>>;

/**
 * Undefined for requests that have no part in it. Against pages of one for another: whatever might be a session, valid or
 * not, is answered by the routes; so is what a script asks for as data. Other headers change no answer that is kept
 * (docs/decisions/023-page-cache.md).
 * @param session the name of its cookie
 */
export function requestKey(
  { method, headers, url }: IncomingMessage,
  session: string,
  parse: ParseCookies,
): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (headers.accept?.startsWith('application/json') === true) return undefined;
  if (headers.cookie === undefined) return url;
  if (headers.cookie.includes(session)) return undefined;
  const theme = themeIn(parse(headers.cookie));
  return theme === 'auto' ? url : `${theme} ${url}`;
}
