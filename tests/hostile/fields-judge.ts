// What every answer must hold, whatever was asked: no fault of ours, a whole page, no way off the site, no header that
// is not ours.
import type { Answer } from './fields-client.ts';
import { readPage, type ReadPage } from './fields-reader.ts';
import { parseXml } from '../features/feeds/xml.ts';

/** Every header that the forum sends. One that stands here not was put there by what somebody typed. */
const HEADERS = new Set(
  (
    'allow cache-control connection content-encoding content-length content-security-policy content-type ' +
    'cross-origin-opener-policy cross-origin-resource-policy date etag keep-alive last-modified location ' +
    'permissions-policy ratelimit-limit ratelimit-policy ratelimit-remaining ratelimit-reset referrer-policy ' +
    'retry-after server-timing set-cookie transfer-encoding vary x-content-type-options x-robots-tag'
  ).split(' '),
);
const COOKIE =
  /^(?:session|browser|theme)=[\w.%~/+=-]*(?:; (?:Max-Age=\d+|Path=\/|Expires=[\w ,:]+|HttpOnly|SameSite=Lax))*$/i;

export interface Judged {
  readonly answer: Answer;
  /** Undefined when the answer was no page. */
  readonly page: ReadPage | undefined;
  readonly faults: readonly string[];
}

export function judge(answer: Answer): Judged {
  const { status, headers, text } = answer;
  const faults: string[] = [];
  if (status < 200 || status >= 500) faults.push(`status ${status}`);
  const foreign = Object.keys(headers).filter((name) => !HEADERS.has(name));
  if (foreign.length > 0) faults.push(`headers ${foreign.join()}`);
  for (const cookie of headers['set-cookie'] ?? []) if (!COOKIE.test(cookie)) faults.push(`cookie ${cookie}`);
  if (headers['content-security-policy'] === undefined) faults.push('no CSP');
  const { location } = headers;
  if (location !== undefined && !staysHere(location)) faults.push(`leads to ${location}`);
  if (status >= 300 && status < 400 && location === undefined && status !== 304) faults.push('leads nowhere');
  let page: ReadPage | undefined;
  const type = headers['content-type'] ?? '';
  try {
    if (type.startsWith('text/html')) {
      page = readPage(text);
      faults.push(...page.faults);
    } else if (type.includes('json')) JSON.parse(text);
    else if (type.includes('xml')) parseXml(text);
    else if (text !== '' && !type.startsWith('text/')) faults.push(`type ${type}`);
  } catch (error) {
    faults.push(String(error));
  }
  return { answer, page, faults };
}

/** Whether a browser that follows it stays on the site: the address is parsed as browsers do. */
function staysHere(location: string): boolean {
  if (!/^\/[!-~]*$/.test(location)) return false;
  const url = URL.parse(location, 'http://forum.invalid/a/b');
  return url?.host === 'forum.invalid';
}
