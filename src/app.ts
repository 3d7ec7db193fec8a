// Assembles the web application: the web floor's plugins, then the features, in reading order. No logic lives here.
import fastifyFormbody from '@fastify/formbody';
import Fastify, { LogController, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type pg from 'pg';
import type { Config } from './config.ts';
import type { Database } from './db/connection.ts';
import type { Replica } from './db/replica.ts';
import { admin } from './features/admin/plugin.ts';
import { setupGate } from './features/admin/setup-gate.ts';
import { appeals } from './features/appeals/plugin.ts';
import { changes } from './features/changes/plugin.ts';
import { completing } from './features/completing/plugin.ts';
import { corrections } from './features/corrections/plugin.ts';
import { drafts } from './features/drafts/plugin.ts';
import { feeds } from './features/feeds/plugin.ts';
import { gallery } from './features/gallery/plugin.ts';
import { links } from './features/links/plugin.ts';
import { incoming } from './features/incoming/plugin.ts';
import { mails } from './features/mails/plugin.ts';
import { findSession } from './features/members/session.ts';
import { members } from './features/members/plugin.ts';
import { following } from './features/following/plugin.ts';
import { flags } from './features/flags/plugin.ts';
import { log } from './features/log/plugin.ts';
import { moderation } from './features/moderation/plugin.ts';
import { queue } from './features/queue/plugin.ts';
import { notifications } from './features/notifications/plugin.ts';
import { ownData } from './features/own-data/plugin.ts';
import { profiles } from './features/profiles/plugin.ts';
import { sanctions } from './features/sanctions/plugin.ts';
import { saves } from './features/saves/plugin.ts';
import { search } from './features/search/plugin.ts';
import { openSite } from './features/site/index.ts';
import { site } from './features/site/plugin.ts';
import { sources } from './features/sources/plugin.ts';
import { watching } from './features/watching/plugin.ts';
import { tagging } from './features/tagging/plugin.ts';
import { talks } from './features/talks/plugin.ts';
import type { Patience } from './features/threads/fetching.ts';
import { threads } from './features/threads/plugin.ts';
import { undo } from './features/undo/plugin.ts';
import { weekly } from './features/weekly/plugin.ts';
import type { Clock } from './lib/clock.ts';
import type { Mailer } from './lib/mailer.ts';
import { loggedError, messageOfRoot } from './lib/log-errors.ts';
import type { MarkdownRenderer } from './lib/markdown/index.ts';
import type { Passwords } from './lib/passwords.ts';
import { readAssets } from './web/assets.ts';
import { pageKeeping } from './web/page-cache/keeping.ts';
import type { Lateness } from './web/page-cache/kept-pages.ts';
import { PageCache, type PageChangeSource } from './web/page-cache/page-cache.ts';
import { keptPages } from './web/page-cache/front.ts';
import { browserMark } from './web/plugins/browser-mark.ts';
import { errorPages, readableUrl } from './web/plugins/error-pages.ts';
import { health } from './web/plugins/health.ts';
import { originRule } from './web/plugins/origin-rule.ts';
import { packedBodies } from './web/plugins/packed-bodies.ts';
import { pages } from './web/plugins/pages.ts';
import { type Budgets, BUDGETS, rateBudgets } from './web/plugins/rate-budgets.ts';
import { readers } from './web/plugins/readers.ts';
import { routeTable } from './web/plugins/route-table.ts';
import { requestLog } from './web/plugins/request-log.ts';
import { sending } from './web/plugins/sending.ts';
import { securityHeaders } from './web/plugins/security-headers.ts';
import { sessions } from './web/plugins/sessions.ts';
import { staticFiles } from './web/plugins/static-files.ts';
import type { SiteSource } from './web/site.ts';
import { unreadableRequest } from './web/unreadable-request.ts';
import type { ViewRenderer } from './web/views.ts';

/** What the application needs from the process that runs it. */
export interface Services {
  readonly config: Config;
  /** The session secret: from the environment, or kept in the data folder. */
  readonly secret: string;
  readonly db: Database;
  readonly pool: pg.Pool;
  /** What members' pages may be read from. */
  readonly replica?: Replica | undefined;
  readonly clock: Clock;
  readonly markdown: MarkdownRenderer;
  readonly passwords: Passwords;
  /** Undefined: mails are not sent. */
  readonly mailer: Mailer | undefined;
  readonly views: ViewRenderer;
  readonly logger: Exclude<FastifyServerOptions['logger'], boolean | undefined>;
  readonly budgets?: Budgets;
  /** Undefined: no page is kept. */
  readonly pageChanges?: PageChangeSource | undefined;
  /** Of kept pages, when another than theirs is wanted. */
  readonly lateness?: Lateness;
  /** How a form waits for a title that is being fetched; as long as limits.ts says when none is given. */
  readonly patience?: Patience | undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly config: Config;
    readonly db: Database;
    readonly pool: pg.Pool;
    readonly clock: Clock;
    readonly markdown: MarkdownRenderer;
    readonly mailer: Mailer | undefined;
    readonly site: SiteSource;
  }
}

/**
 * As long as all headers together may be in Node: what the router finds too long it answers itself, without a page and
 * without the safety headers.
 */
const LONGEST_PIECE_OF_A_PATH = 16_384;

/** A form of 20,000 characters, each percent-encoded as four bytes, and some fields beside it. Digests ask for more. */
const BODY_LIMIT = 300_000;

/**
 * How long a connection may be slow, in milliseconds. It holds a little memory and no worker; still, none for ever. A
 * browser sends its headers at once, a phone on a bad line gets 300 kB through in the time for a request, and whoever
 * neither sends nor takes a byte for a minute has gone.
 */
const PATIENCE = {
  requestTimeout: 30_000,
  connectionTimeout: 60_000,
  // Node looks only so often which requests are late; its own interval would double the time for one.
  http: { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 },
} as const;

/** What routes are sent is read by forms.ts of their features. Without this, Fastify loads a hundred files for schemas. */
export const NO_SCHEMAS = {
  compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema },
};

function refuseSchema(): never {
  throw new Error('Routes of the forum have no schemas: forms.ts of the feature reads what they are sent.');
}

/** How errors stand in the log of every process: without the values of statements. */
export const SERIALIZERS = { err: (error: unknown) => ({ ...loggedError(error) }) };

export async function buildApp(services: Services): Promise<FastifyInstance> {
  const { config, secret, db, pool, clock, markdown, passwords, mailer, views, logger } = services;
  const { budgets = BUDGETS, patience, pageChanges, lateness, replica } = services;
  const app = Fastify({
    logger: { ...logger, serializers: SERIALIZERS },
    // web/plugins/request-log.ts writes one line a request instead of two.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: BODY_LIMIT,
    ...PATIENCE,
    clientErrorHandler: unreadableRequest(config.siteUrl),
    routerOptions: { maxParamLength: LONGEST_PIECE_OF_A_PATH, ignoreTrailingSlash: true },
    return503OnClosing: true,
    rewriteUrl: ({ url }) => readableUrl(url),
    schemaController: NO_SCHEMAS,
  });
  app
    .decorate('config', config)
    .decorate('db', db)
    .decorate('pool', pool)
    .decorate('clock', clock)
    .decorate('markdown', markdown)
    .decorate('mailer', mailer)
    .decorate(
      'site',
      await openSite(db, {
        clock,
        onTrouble: (error) => {
          app.log.warn(
            { because: messageOfRoot(error) },
            'could not load the settings anew; the old ones stay',
          );
        },
      }),
    );

  const assets = readAssets();
  const cache =
    config.pageCache && pageChanges
      ? new PageCache({
          ...{ ...pageChanges, clock, lateness, site: app.site },
          onTrouble: (error) => {
            app.log.warn(
              { because: messageOfRoot(error) },
              'changes of pages are not heard; none is kept until they are',
            );
          },
        })
      : undefined;
  await app.register(keptPages, { cache });
  await app.register(routeTable);
  await app.register(requestLog);
  await app.register(securityHeaders);
  await app.register(originRule);
  await app.register(packedBodies);
  await app.register(fastifyFormbody);
  await app.register(sessions, { secret, findSession });
  await app.register(readers, { replica });
  await app.register(browserMark);
  await app.register(pageKeeping);
  await app.register(sending);
  await app.register(rateBudgets, {
    ...{ budgets, filesPrefix: assets.prefix },
    trustedProxies: config.trustProxy,
  });
  await app.register(pages, { views, assets });
  await app.register(errorPages);
  await app.register(staticFiles, { assets });
  await app.register(health);
  await app.register(setupGate);

  await app.register(site);
  await app.register(mails);
  await app.register(gallery);
  await app.register(members, { passwords, secret });
  await app.register(notifications, { secret });
  await app.register(following);
  await app.register(links);
  await app.register(drafts);
  await app.register(threads, { patience });
  await app.register(saves);
  await app.register(weekly);
  await app.register(profiles);
  await app.register(log);
  await app.register(changes);
  await app.register(flags);
  await app.register(talks);
  await app.register(moderation);
  await app.register(tagging);
  await app.register(sanctions);
  await app.register(watching);
  await app.register(appeals);
  await app.register(undo);
  await app.register(queue);
  await app.register(sources);
  await app.register(corrections);
  await app.register(ownData);
  await app.register(search);
  await app.register(completing);
  await app.register(feeds, { secret });
  await app.register(admin, { passwords, secret });
  await app.register(incoming);
  return app;
}
