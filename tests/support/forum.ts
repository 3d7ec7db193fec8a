// The fixtures of every test that goes through HTTP: one application and database a worker, emptied before each test.
import { randomBytes, createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { Signer } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { test as base } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openConnection, type Connection, type Database } from '../../src/db/connection.ts';
import type { Replica } from '../../src/db/replica.ts';
import { sessions } from '../../src/db/schema/index.ts';
import { userAgentOf } from '../../src/features/links/index.ts';
import { installDefaults } from '../../src/features/site/index.ts';
import type { Patience } from '../../src/features/threads/fetching.ts';
import type { JobHandlers } from '../../src/jobs/catalogue.ts';
import { drainJobs } from '../../src/jobs/runner.ts';
import { type KeptMail, Mailbox, type Mailer } from '../../src/lib/mailer.ts';
import { type MarkdownRenderer, startMarkdownRenderer } from '../../src/lib/markdown/index.ts';
import { createPasswords, type Passwords } from '../../src/lib/passwords.ts';
import type { Lateness } from '../../src/web/page-cache/kept-pages.ts';
import { BUDGETS, type Budgets } from '../../src/web/plugins/rate-budgets.ts';
import { openViews, type ViewRenderer } from '../../src/web/views.ts';
import { jobHandlers, STEADY_WORK } from '../../src/worker.ts';
import { Browser } from './browser.ts';
import { TestClock } from './clock.ts';
import { cloneDatabase, openWiper } from './database.ts';
import { findLeak } from './logged-secrets.ts';
import { makers, type Make, type MemberRow } from './make.ts';
import { holdPutOff, releasePutOff } from './put-off.ts';
import { openSites, type Sites } from './sites.ts';

export { expect } from 'vitest';

export interface Forum {
  readonly app: FastifyInstance;
  /** Of its database. */
  readonly url: string;
  readonly connection: Connection;
  readonly clock: TestClock;
  readonly markdown: MarkdownRenderer;
  readonly passwords: Passwords;
  readonly mailbox: Mailbox;
  readonly views: ViewRenderer;
  /** Empties its database. */
  wipe(): Promise<void>;
  /** The websites that background jobs can reach. */
  readonly sites: Sites;
  /** All lines that the application logged since the test began. */
  readonly lines: string[];
  /** Those of them that are errors. */
  readonly faults: string[];
  /** Another application on the same database, with some of the configuration or the real budgets. */
  build(changes?: {
    readonly config?: Partial<Config>;
    readonly secret?: string;
    /** Null: mails are not sent. */
    readonly mailer?: Mailer | null;
    readonly budgets?: Budgets;
    readonly replica?: Replica;
    /** How forms wait for titles: not at all, when nothing is said. */
    readonly patience?: Patience;
    /** How late pages may be: not at all, when nothing is said. */
    readonly lateness?: Lateness;
    /** Another's than the forum's: as another process would have it. */
    readonly connection?: Connection;
  }): Promise<FastifyInstance>;
}

export interface As {
  visitor(): Browser;
  member(member?: MemberRow): Promise<Browser>;
  moderator(member?: MemberRow): Promise<Browser>;
  admin(member?: MemberRow): Promise<Browser>;
  /** A session's cookie, for a browser on another application of the same database. */
  cookie(member: MemberRow): Promise<string>;
}

interface Fixtures {
  readonly app: FastifyInstance;
  readonly db: Database;
  readonly clock: TestClock;
  readonly make: Make;
  readonly as: As;
  /** Other people's websites; whatever a test does not serve does not exist. */
  readonly sites: Sites;
  /** Runs the jobs that are due by the test's clock; those that they put off wait for the next time. */
  readonly drain: () => Promise<void>;
  /** The mails that were sent since the test began, newest first. */
  readonly mails: () => readonly KeptMail[];
  /** Texts of errors this test means to cause; any other error in the log fails it. */
  readonly expectFaults: (...texts: string[]) => void;
}

export const SECRET = 'a secret of tests, long enough to be one';
/** Tests are faster than any person. */
const PATIENT = Object.fromEntries(
  Object.keys(BUDGETS).map((name) => [name, { max: 100_000, seconds: 60 }]),
) as unknown as Budgets;
/** Hundreds of requests at once wait for a connection, or for one row, as long as a slow machine needs. In milliseconds. */
const AS_LONG_AS_IT_TAKES = { patience: 120_000, longestStatement: 120_000 };
/** A test's clock stands still. */
const NEVER_LATE = { grown: 0, voted: 0 };
const START = '2026-04-03T14:30:00.000Z';

async function openForum(): Promise<Forum & { close(): Promise<void> }> {
  const url = await cloneDatabase(`tokenwire_test_${process.pid}`);
  const connection = openConnection(url, { max: 20, onTrouble: () => undefined, ...AS_LONG_AS_IT_TAKES });
  const clock = new TestClock();
  clock.set(START);
  const lines: string[] = [];
  const faults: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const line = chunk.toString();
      lines.push(line);
      if (isError(line)) faults.push(line);
      done();
    },
  });
  const markdown = startMarkdownRenderer();
  const passwords = createPasswords({ memoryKiB: 8, passes: 1 });
  const mailbox = new Mailbox(clock);
  const views = openViews();
  const sites = openSites(userAgentOf('0.1.0', readConfig({}).siteUrl));
  const build: Forum['build'] = async ({
    config = {},
    secret = SECRET,
    mailer = mailbox,
    budgets = PATIENT,
    replica,
    patience = () => async () => false,
    lateness = NEVER_LATE,
    connection: own = connection,
  } = {}) =>
    buildApp({
      config: { ...readConfig({ PAGE_CACHE: process.env.PAGE_CACHE }), ...config },
      secret,
      db: own.db,
      pool: own.pool,
      clock,
      markdown,
      passwords,
      mailer: mailer ?? undefined,
      views,
      logger: { level: 'trace', stream },
      budgets,
      replica,
      patience,
      pageChanges: { connection: own, directUrl: url },
      lateness,
    });
  await holdPutOff(connection.pool);
  const wiper = await openWiper(url);
  await wiper.wipe();
  await connection.db.transaction((tx) => installDefaults(tx, clock.now()));
  const app = await build();
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    app,
    url,
    connection,
    clock,
    markdown,
    passwords,
    mailbox,
    views,
    wipe: () => wiper.wipe(),
    sites,
    lines,
    faults,
    build,
    async close() {
      await app.close();
      await markdown.close();
      await wiper.close();
      await connection.close();
    },
  };
}

let opened: ReturnType<typeof openForum> | undefined;
let users = 0;

const withForum = base.extend<{ forum: Forum }>({
  forum: [
    // eslint-disable-next-line no-empty-pattern -- vitest reads from the pattern which fixtures are wanted: none
    async ({}, use) => {
      // Every extension of `test` asks for one: vitest keeps the fixtures of a worker for each of them apart.
      users += 1;
      const forum = await (opened ??= openForum());
      await use(forum);
      users -= 1;
      if (users > 0) return;
      opened = undefined;
      await forum.close();
    },
    { scope: 'worker' },
  ],
});

export const test = withForum.extend<Fixtures>({
  app: [
    async ({ forum, task }, use) => {
      const { connection, clock, app } = forum;
      await forum.wipe();
      clock.set(START);
      await connection.db.transaction((tx) => installDefaults(tx, clock.now()));
      await app.site.refresh();
      forum.faults.length = 0;
      forum.lines.length = 0;
      await use(app);
      const leak = findLeak(forum.lines);
      if (leak !== undefined) throw new Error(`${task.name}: the application logged a secret:\n${leak}`);
      if (forum.faults.length > 0)
        throw new Error(`${task.name}: the application logged an error:\n${forum.faults.join('\n')}`);
    },
    { auto: true },
  ],
  db: async ({ app }, use) => use(app.db),
  clock: async ({ app, forum }, use) => {
    void app;
    await use(forum.clock);
  },
  make: async ({ app, forum }, use) => use(makers(app.db, forum.clock, forum.passwords)),
  as: async ({ app, make }, use) => {
    const signedIn = async (member: MemberRow) => new Browser(app, await mintCookie(app, member));
    await use({
      visitor: () => new Browser(app),
      cookie: (member) => mintCookie(app, member),
      member: async (member) => signedIn(member ?? (await make.member())),
      moderator: async (member) => signedIn(member ?? (await make.member({ role: 'moderator' }))),
      admin: async (member) => signedIn(member ?? (await make.member({ role: 'admin' }))),
    });
  },
  drain: async ({ app, forum }, use) =>
    use(async () => {
      await releasePutOff(forum.connection.pool, forum.clock.now());
      await drainJobs(forum.connection.pool, app.db, handlersOf(forum), forum.clock, {
        error: (details) => forum.faults.push(JSON.stringify(details)),
        info: () => undefined,
      });
      for (const { run } of STEADY_WORK) await run(app.db);
    }),
  sites: async ({ app, forum }, use) => {
    void app;
    await use(forum.sites);
    await forum.sites.close();
  },
  mails: async ({ app, forum }, use) => {
    void app;
    const before = forum.mailbox.mails()[0]?.n ?? 0;
    await use(() => forum.mailbox.mails().filter(({ n }) => n > before));
  },
  expectFaults: async ({ forum }, use) => {
    const expected: string[] = [];
    await use((...texts) => expected.push(...texts));
    for (const text of expected) {
      const index = forum.faults.findIndex((fault) => fault.includes(text));
      if (index < 0) throw new Error(`Expected an error in the log that says "${text}"`);
      forum.faults.splice(index, 1);
    }
  },
});

/** As pino writes levels: 50 is an error. */
function isError(line: string): boolean {
  return Number(/"level":(\d+)/.exec(line)?.[1]) >= 50;
}

function handlersOf({ app, mailbox, views, sites, faults }: Forum): JobHandlers {
  const fault = (details: object) => faults.push(JSON.stringify(details));
  const log = { warn: fault, error: fault, info: () => undefined };
  return jobHandlers({
    safeFetch: sites.safeFetch,
    mailer: mailbox,
    views,
    site: app.site,
    siteUrl: app.config.siteUrl,
    secret: SECRET,
    log,
  });
}

/** A session as logging in would leave it, without the cost of a password. */
async function mintCookie(app: FastifyInstance, member: MemberRow): Promise<string> {
  const id = randomBytes(24).toString('base64url');
  const now = app.clock.now();
  await app.db.insert(sessions).values({
    idHash: createHash('sha256').update(id).digest('hex'),
    memberId: member.id,
    data: { memberId: member.id, provedAt: now.toISOString() },
    createdAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 30 * 24 * 3_600_000),
  });
  return `session=${new Signer(SECRET).sign(id)}`;
}
