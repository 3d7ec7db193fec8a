// Named budgets per address or member, with RateLimit headers. Counted in this process.
import fastifyRateLimit, { type RateLimitOptions } from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

export interface Budget {
  /** Requests… */
  readonly max: number;
  /** …in so many seconds. */
  readonly seconds: number;
}
export type BudgetName = 'read' | 'write' | 'sign-in' | 'sign-up' | 'search';
export type Budgets = Readonly<Record<BudgetName, Budget>>;

export const BUDGETS: Budgets = {
  // A person reading fast opens a page a second; a shared office or a phone network is several people.
  read: { max: 600, seconds: 60 },
  // Votes are quick presses; the slower paces of topics and replies are rules (domain/limits.ts).
  write: { max: 120, seconds: 60 },
  // Each try costs 25 ms of hashing and is a guess at a password.
  'sign-in': { max: 10, seconds: 60 },
  'sign-up': { max: 5, seconds: 600 },
  search: { max: 60, seconds: 60 },
};

/** To spread into a route's options: `{ ...budget('search'), handler }`. */
export function budget(name: BudgetName): { config: { budget: BudgetName } } {
  return { config: { budget: name } };
}
declare module 'fastify' {
  interface FastifyContextConfig {
    budget?: BudgetName;
  }
}

export const rateBudgets = fp<{ budgets: Budgets }>(
  async (app, { budgets }) => {
    const optionsOf = (name: BudgetName): RateLimitOptions => ({
      max: budgets[name].max,
      timeWindow: budgets[name].seconds * 1_000,
      groupId: name,
      keyGenerator: (request: FastifyRequest) =>
        request.viewer?.kind === 'member' ? `member ${request.viewer.id}` : `address ${request.ip}`,
      errorResponseBuilder: (_request, { ttl }) => {
        const wait = Math.max(1, Math.ceil(ttl / 1_000));
        return new Problem(
          'too-many',
          `Please wait ${wait === 1 ? 'a second' : `${wait} seconds`}, then try again.`,
          { retryAfterSeconds: wait },
        );
      },
    });
    // Before the library's own onRoute hook, which reads what this one writes.
    app.addHook('onRoute', (route) => {
      if (route.config?.rateLimit === false) return;
      const reads = [route.method].flat().every((method) => method === 'GET' || method === 'HEAD');
      const name = route.config?.budget ?? (reads ? 'read' : 'write');
      route.config = { ...route.config, rateLimit: optionsOf(name) };
    });
    await app.register(fastifyRateLimit, { global: false, enableDraftSpec: true });
  },
  { name: 'rate-budgets', dependencies: ['sessions'] },
);
