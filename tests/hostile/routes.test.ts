// Every route of the application, found by walking its table, asked by everybody for everything: no answer is a fault of
// ours, tells what is inside, or leads away. HOSTILE_RUNS multiplies how much is asked; HOSTILE_TABLE=<file> takes the
// figures. A failure prints seed and path: pass both to fc.assert to have it again.
import { appendFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { expect, test } from '../support/forum.ts';
import type { TestClock } from '../support/clock.ts';
import type { Make } from '../support/make.ts';
import { type Answer, ask, portOf } from './raw-socket.ts';
import { type Plan, plansFor, type Target, writtenFor } from './requests.ts';
import { faultsOf } from './routes-answers.ts';
import { makeWorld, type World } from './routes-world.ts';

const TIMES = Number(process.env.HOSTILE_RUNS ?? 1);
/** What everybody asks of each route on every run: HOSTILE_RUNS is for the rest. */
const RUNS = 10;
/** A limit against hanging, not a measure: machines are shared. */
const HANGS_AFTER_MS = 120_000;
/** After so many requests so much has been hidden, locked and signed out that a new forum is worth its time. */
const WORLD_LASTS = 120;
/** Bytes on the wire from which a server that refuses early may have closed before we had read why. */
const MAY_GO_UNREAD = 12_000;

class Hostility {
  readonly #app: FastifyInstance;
  readonly #make: Make;
  readonly #clock: TestClock;
  readonly #statuses = new Map<string, number>();
  #world: World | undefined;
  #worldUntil = 0;
  #sent = 0;
  #slowest = { ms: 0, what: '' };

  constructor(app: FastifyInstance, make: Make, clock: TestClock) {
    this.#app = app;
    this.#make = make;
    this.#clock = clock;
  }

  /** Sends arbitrary requests to one route and judges each answer. */
  async against(target: Target, runs: number): Promise<void> {
    const property = fc.asyncProperty(plansFor(target), async (plan) => {
      const request = writtenFor(target, plan, await this.#worldFor(target));
      const answer = await ask(portOf(this.#app), request, { limitMs: HANGS_AFTER_MS });
      this.#note(target, plan, answer);
      const path = request.toString('latin1').split(' ')[1] ?? '/';
      const faults = answer ? faultsOf(answer, path) : request.length > MAY_GO_UNREAD ? [] : ['no answer'];
      expect(faults, `${target.method} ${path.slice(0, 300)} as ${plan.who}`).toEqual([]);
    });
    await fc.assert(property, { numRuns: Math.ceil(runs * TIMES) });
  }

  /** Pages are asked for; what a server that answers nothing would pass with is not proof. */
  seen(status: number): number {
    return [...this.#statuses].reduce((sum, [key, n]) => sum + (key.endsWith(` ${status}`) ? n : 0), 0);
  }

  record(name: string): void {
    const file = process.env.HOSTILE_TABLE;
    if (file === undefined) return;
    const statuses = [...this.#statuses]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map((entry) => entry.join(': '));
    const { ms, what } = this.#slowest;
    appendFileSync(
      file,
      `${name}: ${this.#sent} requests; ${statuses.join(', ')}; slowest ${ms.toFixed()} ms, ${what}\n`,
    );
  }

  async prepare(): Promise<World> {
    this.#worldUntil = this.#sent + WORLD_LASTS;
    return (this.#world = await makeWorld(this.#app, this.#make));
  }

  async #worldFor(target: Target): Promise<World> {
    const isSpent = target.method !== 'GET' && this.#sent >= this.#worldUntil;
    const world = isSpent || !this.#world ? await this.prepare() : this.#world;
    // Between two posts members have to wait.
    if (target.method === 'POST') this.#clock.advance({ minutes: 1 });
    return world;
  }

  #note({ method, url }: Target, { who }: Plan, answer: Answer | undefined): void {
    this.#sent += 1;
    const key = `${method} ${answer?.status ?? 'unread'}`;
    this.#statuses.set(key, (this.#statuses.get(key) ?? 0) + 1);
    if (answer && answer.ms > this.#slowest.ms)
      this.#slowest = { ms: answer.ms, what: `${method} ${url} as ${who}` };
  }
}

const HOURS = 3_600_000;

test(
  'reading: whatever is asked for, the answer is sound and nothing is written but visits',
  async ({ app, make, clock }) => {
    const hostility = new Hostility(app, make, clock);
    const targets = app.routes.filter(({ method }) => method === 'GET');
    expect(targets.length).toBeGreaterThan(40);
    await hostility.prepare();
    const before = await contentOf(app);
    for (const target of targets) await hostility.against(target, RUNS);
    expect(await contentOf(app)).toEqual(before);
    hostility.record('reading');
    expect(hostility.seen(200)).toBeGreaterThan(targets.length);
  },
  HOURS,
);

test(
  'writing: whatever is sent, the answer is sound',
  async ({ app, make, clock }) => {
    const hostility = new Hostility(app, make, clock);
    const targets = app.routes.filter(({ method }) => method === 'POST');
    expect(targets.length).toBeGreaterThan(20);
    for (const target of targets) await hostility.against(target, RUNS);
    hostility.record('writing');
    expect(hostility.seen(303)).toBeGreaterThan(targets.length);
  },
  HOURS,
);

test(
  'methods that a route does not have are answered as soundly',
  async ({ app, make, clock }) => {
    const hostility = new Hostility(app, make, clock);
    const methods = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY', 'BREW'];
    const urls = [...new Set(app.routes.map(({ url }) => url)), '/nothing/:id'];
    for (const url of urls) for (const method of methods) await hostility.against({ method, url }, 1);
    hostility.record('methods');
    expect(hostility.seen(404)).toBeGreaterThan(urls.length);
  },
  HOURS,
);

/** A digest of each table, but for the notes of what a member has seen and when. */
async function contentOf(app: FastifyInstance): Promise<Record<string, string>> {
  const { rows } = await app.db.execute<{ name: string }>(sql`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname = 'public' and tablename not in ('visits', 'branch_visits', 'shifts', 'sessions', 'spent_budgets') or tablename = '_private_jobs'`);
  const digests: Record<string, string> = {};
  for (const { name } of rows) {
    const text = sql`to_jsonb(t) - 'topics_read'`;
    const { rows: found } = await app.db.execute<{ digest: string }>(
      sql`select count(*) || ' ' || md5(coalesce(string_agg((${text})::text, '' order by (${text})::text), '')) as digest
        from ${sql.raw(name)} as t`,
    );
    digests[name] = found[0]?.digest ?? '';
  }
  return digests;
}
