// public/ under its content-addressed prefix, and the generated accent stylesheet.
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import type { Assets } from '../assets.ts';
import { notFound } from '../problem.ts';

const FOR_GOOD = 'public, max-age=31536000, immutable';

export const staticFiles = fp<{ assets: Assets }>(
  async (app, { assets }) => {
    await app.register(fastifyStatic, {
      root: assets.folder,
      prefix: assets.prefix,
      index: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply) => {
        reply.header('cache-control', FOR_GOOD);
      },
    });
    app.get<{ Params: { file: string } }>('/theme-:file', async (request, reply) => {
      const { theme } = app.site.current();
      if (request.url !== theme.href) notFound();
      return reply.header('cache-control', FOR_GOOD).type('text/css; charset=utf-8').send(theme.css);
    });
  },
  { name: 'static-files' },
);
