// Named budgets per address or member, and per account for guesses at its password, with RateLimit headers.
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import fastifyRateLimit, { normalizeIP, type RateLimitOptions } from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { FETCHING } from '../../domain/limits.ts';
import { HOUR, MINUTE, SECOND, spellDuration } from '../../domain/times.ts';
import { budgetStore } from '../budget-store.ts';
import { Problem } from '../problem.ts';
import { countReads } from '../reading-budgets.ts';

export interface Budget {
  /** Requests… */
  readonly max: number;
  /** …in so many seconds. */
  readonly seconds: number;
}
export type BudgetName = 'read' | 'write' | 'sign-in' | 'no-guess' | 'sign-up' | 'search' | 'check';
/** Kept by what a request is about instead of who sends it; spent by the route itself. */
export type SubjectBudgetName = 'account' | 'sign-ins-a-day' | 'code' | 'mailbox' | 'report' | 'fetch';
export type Budgets = Readonly<Record<BudgetName | SubjectBudgetName, Budget>>;

export const BUDGETS: Budgets = {
  // A person reading fast opens a page a second; a shared office or a phone network is several people.
  read: { max: 600, seconds: 60 },
  // Votes are quick presses; the slower paces of topics and replies are rules (domain/limits.ts).
  write: { max: 120, seconds: 60 },
  // Each try costs 25 ms of hashing and is a guess at a password.
  'sign-in': { max: 10, seconds: 60 },
  // Ways in by which nothing is guessed: passkeys, other sites, links in mails. Who is kept from guessing has these left.
  'no-guess': { max: 20, seconds: 60 },
  // Guesses at one account from all addresses together: 2,880 a day at most, where NIST SP 800-63B (3.2.2) would have an
  // account shut after 100. One that shuts is a way to keep its member out, so this only slows; whoever is logged in stays
  // so, and where the member has logged in before a budget of its own holds.
  account: { max: 20, seconds: 600 },
  // From one address, at whichever accounts: an office or a campus logs in less often, since sessions last a month, and one
  // guess each at 10,000 accounts takes seven weeks.
  'sign-ins-a-day': { max: 200, seconds: 86_400 },
  // Guesses at the second factor of one account, by somebody who has its password: of a million codes three are right at
  // any time, so a year of guessing finds one in four times. It keeps nobody out whose password is not known.
  code: { max: 10, seconds: 3_600 },
  // Forms that come back with an error count, too: nobody who fills one in is to be locked out of it.
  'sign-up': { max: 30, seconds: 600 },
  // Mails that forms send to an address which may be anybody's: nobody's mailbox is to be filled from here.
  mailbox: { max: 5, seconds: 3_600 },
  // Reports of illegal content by whoever has no account: each is work for a moderator. A person who finds more of it in
  // an hour writes one about several.
  report: { max: 10, seconds: 3_600 },
  search: { max: 60, seconds: 60 },
  // What the submit form looks for while somebody types, at every pause: two a second while they go on.
  check: { max: 120, seconds: 60 },
  // Pages of others that are read because a member's form asks for their titles.
  fetch: { max: FETCHING.pagesAnHour, seconds: HOUR / SECOND },
};

/** The network of which one subscriber usually has the whole: whoever holds a /64 has 2^64 addresses to ask from. */
const IPV6_SUBSCRIBER_BITS = 64;

/** Counted by each process, and together about once a second: they cost little, a statement each would cost more. */
const READING: ReadonlySet<string | undefined> = new Set<BudgetName>(['read', 'search', 'check']);
/** Who spends these is fast, and not guessing: the wait does not grow. */
const WRITING: ReadonlySet<string | undefined> = new Set<BudgetName | SubjectBudgetName>([
  'write',
  'no-guess',
  'sign-up',
  'mailbox',
  'report',
  'fetch',
]);

/**
 * Waits grow up to these. Longer ones would be a way to keep somebody else out: an address is shared with neighbours.
 */
const LONGEST_WAIT = { subject: HOUR, address: 5 * MINUTE } as const;

/** To spread into a route's options: `{ ...budget('search'), handler }`. */
export function budget(name: BudgetName): { config: { budget: BudgetName } } {
  return { config: { budget: name } };
}
declare module 'fastify' {
  interface FastifyContextConfig {
    budget?: BudgetName;
  }
  interface FastifyInstance {
    /** A hook that takes one from a budget, for what is no route: the answer to addresses with nothing at them. */
    budgetHook(name: BudgetName): preHandlerAsyncHookHandler;
    /** Takes one from a visitor's budget for reading, for answers that no route gives. */
    countRead(request: IncomingMessage): CountedRead;
    /**
     * A budget for each subject that `subjectOf` finds in a request. What it returns takes one from it.
     * @throws (what it returns) Problem too-many, with RateLimit headers set
     */
    budgetPer(name: SubjectBudgetName, subjectOf: (request: FastifyRequest) => string): SpendBudget;
  }
}
/** As the RateLimit headers say it. */
interface CountedRead {
  readonly limit: string;
  readonly remaining: string;
  readonly seconds: string;
  /** It is refused, and the route is to say so. */
  readonly isOver: boolean;
}
export type SpendBudget = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface BudgetOptions {
  readonly budgets: Budgets;
  /** Where files lie that browsers keep for good: they are asked for by the dozen, once. */
  readonly filesPrefix: string;
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

export const rateBudgets = fp<BudgetOptions>(
  async (app, { budgets, filesPrefix, trustedProxies }) => {
    const optionsOf = (name: BudgetName): RateLimitOptions => ({
      max: budgets[name].max,
      timeWindow: budgets[name].seconds * SECOND,
      groupId: name,
      keyGenerator: senderOf,
      errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
    });
    // Before the library's own onRoute hook, which reads what this one writes.
    app.addHook('onRoute', (route) => {
      if (route.config?.rateLimit === false || route.url.startsWith(filesPrefix)) return;
      const reads = [route.method].flat().every((method) => method === 'GET' || method === 'HEAD');
      const name = route.config?.budget ?? (reads ? 'read' : 'write');
      route.config = { ...route.config, rateLimit: optionsOf(name) };
    });
    const { db, clock } = app;
    const count = countReads(db, clock);
    const store = budgetStore({
      ...{ db, clock, count },
      isShared: (name) => !READING.has(name),
      longestWait: (name) =>
        WRITING.has(name) ? 0 : name === 'sign-in' ? LONGEST_WAIT.address : LONGEST_WAIT.subject,
    });
    await app.register(fastifyRateLimit, { global: false, enableDraftSpec: true, store });
    app.decorate('budgetHook', (name) => app.rateLimit(optionsOf(name)));
    const { max, seconds } = budgets.read;
    const networkOfSender = networkBehind(trustedProxies);
    app.decorate('countRead', (request) => {
      // As the library joins them, so that kept pages and others count together.
      const { current, ttl } = count(`${networkOfSender(request)}read`, seconds * SECOND, max);
      return {
        limit: String(max),
        remaining: String(Math.max(0, max - current)),
        seconds: String(Math.ceil(ttl / SECOND)),
        isOver: current > max,
      };
    });
    app.decorate('budgetPer', (name, subjectOf) => {
      // Not by the library's own counting, which keeps a budget for each group of routes.
      const { max, seconds } = budgets[name];
      const counted = new store({ groupId: name });
      return async (request, reply) => {
        const { current, ttl } = await counted.spend(`${name} ${subjectOf(request)}`, seconds * SECOND, max);
        if (current <= max) return;
        reply.headers({
          'ratelimit-limit': max,
          'ratelimit-remaining': 0,
          'ratelimit-reset': Math.ceil(ttl / SECOND),
        });
        throw tooMany(ttl);
      };
    });
  },
  { name: 'rate-budgets', dependencies: ['sessions'] },
);

/** Who a request is counted for: the member, or else the network that it comes from. */
export function senderOf({ viewer, ip }: FastifyRequest): string {
  return viewer?.kind === 'member' ? `member ${viewer.id}` : networkOf(ip);
}

function networkOf(ip: string): string {
  return `address ${normalizeIP(ip, IPV6_SUBSCRIBER_BITS)}`;
}

/** Of what was said of where requests come from; whoever makes it up fills no memory. */
const MOST_KNOWN_WAYS = 10_000;

/** The network that a request comes from, by the address that Fastify finds (`request.ip`), for what is not one of its requests. */
function networkBehind(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusts = trustedProxies.length > 0 ? proxyAddr.compile([...trustedProxies]) : () => false;
  // Reading addresses takes a fifth of what sending a kept page does.
  const known = new Map<string, string>();
  return (request) => {
    const way = `${request.socket.remoteAddress} ${String(request.headers['x-forwarded-for'])}`;
    const before = known.get(way);
    if (before !== undefined) return before;
    const network = networkOf(proxyAddr(request, trusts));
    if (known.size >= MOST_KNOWN_WAYS) known.clear();
    known.set(way, network);
    return network;
  };
}

/** @param wait milliseconds until the budget is full again */
function tooMany(wait: number): Problem {
  return new Problem('too-many', `Please wait ${spellDuration(wait)}, then try again.`, {
    retryAfterSeconds: Math.max(1, Math.ceil(wait / SECOND)),
  });
}
