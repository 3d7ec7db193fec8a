// Fetches pages whose addresses come from other people (DESIGN section 10): from public addresses only, bounded in time,
// size and redirects. Every connection is new, so that none can be used without having been judged; nothing is read
// from the environment, no cookie kept, no referrer sent.
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import { placeOf, readTarget } from './addresses.ts';
import { CODINGS, readBody } from './body.ts';
import { judgedConnector } from './connecting.ts';
import { type FailedFetch, failureOf, Refusal, tooLarge, tooSlow } from './faults.ts';

export type { FetchFault } from './faults.ts';

export interface FetchOrder {
  /** The media types wanted, as the header says it. */
  readonly accept: string;
  /** Bytes that the body may have, packed and unpacked; without it 2 MB. */
  readonly most?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Asked before a redirect is followed; false ends the fetch. */
  readonly follow?: (target: URL) => Promise<boolean>;
}

export interface FetchedPage {
  readonly ok: true;
  /** Any that is no redirect: 404 and 500, too. */
  readonly status: number;
  /** After redirects. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked. */
  readonly body: Buffer;
}

export type Fetched = FetchedPage | FailedFetch;

export interface SafeFetch {
  /** Asks for a page by GET. Never throws. */
  (url: string, order: FetchOrder): Promise<Fetched>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface SafeFetchOptions {
  /** Names the program and where its people are found: `Tokenwire/0.1 (+https://forum.example/about)`. */
  readonly userAgent: string;
  /** host:port that are allowed although private: for tests. */
  readonly allowed?: ReadonlySet<string>;
  /** How names are resolved, instead of asking the system: for tests. */
  readonly lookup?: LookupFunction;
  /** Milliseconds for the whole, redirects included: others than 5,000 are for tests. */
  readonly patience?: number;
}

const MOST_BYTES = 2_000_000;
const MOST_REDIRECTS = 4;
const PATIENCE_MS = 5_000;
/** As much as servers of news sites send with cookies and policies; then it is something else. */
const MOST_HEADER_BYTES = 65_536;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

type Settings = Required<SafeFetchOptions>;
interface Answer {
  readonly page: FetchedPage;
  /** Where it sends whoever asks, as it stands there. */
  readonly location: string | undefined;
}

/** A fetch for the whole process; its owner closes it. */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  const settings: Settings = {
    allowed: new Set(),
    lookup: systemLookup,
    patience: PATIENCE_MS,
    ...options,
  };
  const underWay = new Map<AbortController, Promise<Fetched>>();

  const safeFetch = async (url: string, order: FetchOrder): Promise<Fetched> => {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(tooSlow()), settings.patience);
    const fetching = fetchPage(settings, url, order, ending.signal)
      // What breaks because it was ended says how it broke; why it was ended is what counts.
      .catch((error: unknown) => failureOf(ending.signal.aborted ? ending.signal.reason : error))
      .finally(() => {
        clearTimeout(timer);
        underWay.delete(ending);
      });
    underWay.set(ending, fetching);
    return fetching;
  };
  return Object.assign(safeFetch, {
    async close() {
      for (const ending of underWay.keys()) ending.abort(new Refusal('connection', 'The forum is stopping.'));
      await Promise.all(underWay.values());
    },
  });
}

/** @throws Refusal; whatever sockets, HTTP and zlib throw */
async function fetchPage(
  settings: Settings,
  address: string,
  order: FetchOrder,
  signal: AbortSignal,
): Promise<FetchedPage> {
  let target = readTarget(address, settings.allowed);
  for (let redirects = 0; ; redirects++) {
    const { page, location } = await ask(settings, target, order, signal);
    if (location === undefined) return page;
    if (redirects === MOST_REDIRECTS) throw new Refusal('redirects', 'The address leads on and on.');
    // Also from https to http, as shorteners do with what they were given: nothing is sent that others may not see.
    target = readTarget(location, settings.allowed, target.href);
    if (order.follow && !(await order.follow(target)))
      throw new Refusal('redirects', 'The address leads to a page that is not to be read.');
  }
}

async function ask(
  { userAgent, allowed, lookup }: Settings,
  url: URL,
  { accept, headers = {}, most = MOST_BYTES }: FetchOrder,
  signal: AbortSignal,
): Promise<Answer> {
  const judging = { lookup, allowed: allowed.has(placeOf(url)), signal };
  // A hundred files, that no start need wait for.
  const { Client } = await import('undici');
  const client = new Client(url.origin, {
    connect: judgedConnector(judging),
    // One request a connection.
    pipelining: 0,
    maxHeaderSize: MOST_HEADER_BYTES,
    // The signal bounds the whole.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const response = await client.request({
      method: 'GET',
      path: url.pathname + url.search,
      headers: { ...headers, accept, 'accept-encoding': CODINGS, 'user-agent': userAgent },
      signal,
    });
    return await readAnswer(response, url, most);
  } finally {
    // What has not been read is not waited for.
    await client.destroy();
  }
}

async function readAnswer(response: Dispatcher.ResponseData, url: URL, most: number): Promise<Answer> {
  const { statusCode: status } = response;
  const headers = readHeaders(response.headers);
  const withoutFragment = url.href.slice(0, url.href.length - url.hash.length);
  const about = { ok: true, status, url: withoutFragment, headers } as const;
  if (REDIRECTS.has(status) && headers.location !== undefined) {
    response.body.on('error', () => undefined);
    return { page: { ...about, body: Buffer.alloc(0) }, location: headers.location };
  }
  if (Number(headers['content-length']) > most) {
    response.body.on('error', () => undefined);
    throw tooLarge();
  }
  const body = await readBody(response.body, headers['content-encoding'] ?? '', most);
  return { page: { ...about, body }, location: undefined };
}

function readHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
