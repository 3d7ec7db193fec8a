// public/ under its content-addressed prefix, and the generated accent stylesheet. The files are few and never change
// while the process runs: each is compressed once, as small as it gets, when the first browser asks for it.
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import fp from 'fastify-plugin';
import type { Assets } from '../assets.ts';
import { codingFor, KEPT_CODINGS } from '../codings.ts';
import { notFound } from '../problem.ts';

const FOR_GOOD = 'public, max-age=31536000, immutable';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const compress = promisify(brotliCompress);

export const staticFiles = fp<{ assets: Assets }>(
  async (app, { assets }) => {
    const compressed = new Map<string, Promise<Buffer>>();
    const smallest = (name: string, content: Buffer): Promise<Buffer> => {
      const known = compressed.get(name) ?? compress(content);
      compressed.set(name, known);
      return known;
    };

    app.get<{ Params: { '*': string } }>(`${assets.prefix}*`, async (request, reply) => {
      const name = request.params['*'];
      const content = assets.files.get(name) ?? notFound();
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      reply.header('cache-control', FOR_GOOD).header('vary', 'accept-encoding').type(type);
      // Pictures are compressed already. Whoever takes another coding is served by the plugin for all answers.
      if (type === TYPES['.png'] || codingFor(request.headers['accept-encoding'], KEPT_CODINGS) !== 'br')
        return content;
      return reply.header('content-encoding', 'br').send(await smallest(name, content));
    });

    app.get<{ Params: { file: string } }>('/theme-:file', async (request, reply) => {
      const { theme } = app.site.current();
      if (request.url !== theme.href) notFound();
      return reply.header('cache-control', FOR_GOOD).type('text/css; charset=utf-8').send(theme.css);
    });
  },
  { name: 'static-files' },
);
