// Asks other sites for pages as a guest: by what their robots.txt says (RFC 9309), and not again for some seconds,
// whichever process of the forum asks. A host is a name with its port: that is what robots.txt is for.
import { and, eq, lte, sql } from 'drizzle-orm';
import robotsModule from 'robots-parser';
import type { Database } from '../../db/connection.ts';
import { fetchedHosts } from '../../db/schema/index.ts';
import { GUEST } from '../../domain/limits.ts';
import { SECOND } from '../../domain/times.ts';
import { paths } from '../../web/paths.ts';
import type { Fetched, FetchOrder, SafeFetch } from '../../lib/safe-fetch/index.ts';
import { rulesFor } from './robots-rules.ts';

export interface FetchServices {
  readonly db: Database;
  readonly safeFetch: SafeFetch;
}

type NotAsked =
  | { readonly ok: false; readonly fault: 'robots'; readonly reason: string }
  /** The host was asked a moment ago. */
  | { readonly ok: false; readonly fault: 'later'; readonly at: Date; readonly reason: string };
export type PolitelyFetched = Fetched | NotAsked;
type Refused = Exclude<PolitelyFetched, { readonly ok: true }>;

/** The package is the function that its types call `default`. */
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

/** By which robots.txt knows the forum: the beginning of its User-Agent. */
const PRODUCT = 'Tokenwire';

/** How the forum names itself to other sites: the program, and where its people are found. */
export function userAgentOf(version: string, siteUrl: string): string {
  return `${PRODUCT}/${version.split('.').slice(0, 2).join('.')} (+${siteUrl}${paths.about()})`;
}

/**
 * Fetches a page, if its site lets us and was not asked a moment ago; sites that it redirects to are asked for their
 * leave, too. Robots.txt and the page behind it are one visit. Never throws but for the database.
 */
export async function politeFetch(
  services: FetchServices,
  url: string,
  order: FetchOrder,
  now: Date,
): Promise<PolitelyFetched> {
  const visited = new Set<string>();
  let refused: Refused | undefined;
  const admit = async (target: URL): Promise<boolean> => {
    refused = await refusalBy(services, target, !visited.has(target.host), now);
    visited.add(target.host);
    return refused === undefined;
  };
  const target = URL.parse(url);
  // What is no address is refused by the fetch, in its words.
  if (target !== null && !(await admit(target)) && refused !== undefined) return refused;
  const fetched = await services.safeFetch(url, { ...order, follow: admit });
  return refused ?? fetched;
}

/** @param visits false: a further page of the visit that is being made */
async function refusalBy(
  services: FetchServices,
  target: URL,
  visits: boolean,
  now: Date,
): Promise<Refused | undefined> {
  if (visits) {
    const at = await takeTurn(services.db, target.host, now);
    if (at !== undefined) {
      return { ok: false, fault: 'later', at, reason: 'The site was asked a moment ago.' };
    }
  }
  const read = await readRobots(services, target, now);
  if (!read.ok) return read;
  const robots = robotsParser(new URL('/robots.txt', target).href, read.text);
  const delay = (robots.getCrawlDelay(PRODUCT) ?? 0) * SECOND;
  if (visits && delay > GUEST.betweenVisits) await waitLonger(services.db, target.host, delay, now);
  if (robots.isAllowed(target.href, PRODUCT) !== false) return undefined;
  return { ok: false, fault: 'robots', reason: 'The site does not want this page to be read by programs.' };
}

/**
 * Takes the next turn at a host: one statement, so that of many processes one gets it.
 * @returns when to try again; undefined when the turn was taken.
 */
async function takeTurn(db: Database, host: string, now: Date): Promise<Date | undefined> {
  const nextFetchAt = new Date(now.getTime() + GUEST.betweenVisits);
  const { rowCount } = await db
    .insert(fetchedHosts)
    .values({ host, nextFetchAt })
    .onConflictDoUpdate({
      target: fetchedHosts.host,
      set: { nextFetchAt },
      setWhere: lte(fetchedHosts.nextFetchAt, now),
    });
  if (rowCount === 1) return undefined;
  const [known] = await db
    .select({ at: fetchedHosts.nextFetchAt })
    .from(fetchedHosts)
    .where(eq(fetchedHosts.host, host));
  return known?.at ?? nextFetchAt;
}

async function waitLonger(db: Database, host: string, delay: number, now: Date): Promise<void> {
  const nextFetchAt = new Date(now.getTime() + Math.min(delay, GUEST.longestCrawlDelay));
  await db.update(fetchedHosts).set({ nextFetchAt }).where(eq(fetchedHosts.host, host));
}

type RobotsRead = { readonly ok: true; readonly text: string } | (Refused & { readonly ok: false });

async function readRobots({ db, safeFetch }: FetchServices, target: URL, now: Date): Promise<RobotsRead> {
  const after = new Date(now.getTime() - GUEST.robotsKept);
  const [kept] = await db
    .select({ text: fetchedHosts.robots })
    .from(fetchedHosts)
    .where(and(eq(fetchedHosts.host, target.host), sql`${fetchedHosts.robotsReadAt} > ${after}`));
  if (kept) return { ok: true, text: kept.text ?? '' };
  const order = { accept: 'text/plain', most: GUEST.robotsBytes };
  const answer = await safeFetch(new URL('/robots.txt', target).href, order);
  if (!answer.ok) return answer;
  const { status } = answer;
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) {
    // RFC 9309, 2.3.1.4: as long as nobody can say what is allowed, nothing is.
    return {
      ok: false,
      fault: 'robots',
      reason: 'The site could not say whether programs may read its pages.',
    };
  }
  const text = status < 300 ? rulesFor(PRODUCT, answer.body.toString()) : null;
  await db
    .update(fetchedHosts)
    .set({ robots: text, robotsReadAt: now })
    .where(eq(fetchedHosts.host, target.host));
  return { ok: true, text: text ?? '' };
}
