// reply.page(name, model): a view model becomes a page in its frame.
import fp from 'fastify-plugin';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Theme } from '../../db/schema/index.ts';
import type { Assets } from '../assets.ts';
import { layoutModel } from '../layout.ts';
import type { PageModel, ViewRenderer, Views } from '../views.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Renders a part of a page, for a script that puts it in. */
    fragment<Name extends keyof Views>(name: Name, model: Views[Name]): string;
  }
  interface FastifyReply {
    /** Renders a view; type and model are checked together. Set the status before, where it is not 200. */
    page<Name extends keyof Views>(name: Name, model: Views[Name] & PageModel): FastifyReply;
  }
}

/** A visitor's choice of theme; members' stands in the database. */
export const THEME_COOKIE = 'theme';

export const pages = fp<{ views: ViewRenderer; assets: Assets }>(
  async (app, { views, assets }) => {
    app.decorate('fragment', (name, model) => views.renderFragment(name, model));
    app.decorateReply('page', function page<
      Name extends keyof Views,
    >(this: FastifyReply, name: Name, model: Views[Name] & PageModel) {
      const { request } = this;
      const { timeZone = 'UTC' } = request.signedIn ?? {};
      request.freshUntil = model.freshUntil;
      const page = views.renderPage(
        name,
        model,
        layoutModel({
          head: model.head,
          site: app.site.current(),
          siteUrl: app.config.siteUrl,
          assets,
          signedIn: request.signedIn,
          open: !(app.config.production && app.site.current().needsSetup),
          viewerKnown: Boolean(request.viewer),
          theme: themeOf(request),
          now: app.clock.now(),
          here: request.url,
          query: searchedFor(request),
        }),
        timeZone,
      );
      if (!this.hasHeader('cache-control')) {
        this.header('cache-control', request.signedIn ? 'private, no-cache' : 'public, no-cache');
      }
      return this.header('vary', 'cookie').type('text/html; charset=utf-8').send(page);
    });
  },
  { name: 'pages', dependencies: ['sessions'] },
);

function themeOf(request: FastifyRequest): Theme {
  if (request.signedIn) return request.signedIn.theme;
  return themeIn(request.cookies ?? {});
}

/** The theme that a visitor's cookies choose. */
export function themeIn(cookies: Readonly<Record<string, string | undefined>>): Theme {
  const chosen = cookies[THEME_COOKIE];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

function searchedFor(request: FastifyRequest): string {
  const { q } = (request.query ?? {}) as { q?: unknown };
  return typeof q === 'string' ? q.slice(0, 200) : '';
}
