// GET /icon-HASH.svg and .png, the forum's icon; GET /favicon.ico, where programs look that read no page first.
import type { FastifyInstance } from 'fastify';
import { drawIco, drawPng } from '../../lib/drawn-png.ts';
import { notFound } from '../../web/problem.ts';

const FOR_GOOD = 'public, max-age=31536000, immutable';
/** Its address does not change with the accent. */
const FOR_A_DAY = 'public, max-age=86400';
/** What tabs and bookmarks of fine screens show. */
const ICO_EDGE = 48;

export async function iconRoutes(app: FastifyInstance): Promise<void> {
  /** Pictures of the present icon by address: drawn once, a few kilobytes each, given up when the accent changes. */
  const drawn = new Map<string, Promise<Buffer>>();
  let drawnOf = '';

  function once(address: string, draw: (svg: string) => Promise<Buffer>): Promise<Buffer> {
    const { svg } = app.site.current().icon;
    if (drawnOf !== svg) drawn.clear();
    drawnOf = svg;
    const kept = drawn.get(address);
    if (kept) return kept;
    const drawing = draw(svg);
    drawn.set(address, drawing);
    // What went wrong once is tried again.
    drawing.catch(() => drawn.delete(address));
    return drawing;
  }

  app.get<{ Params: { file: string } }>('/icon-:file', async (request, reply) => {
    const { icon } = app.site.current();
    const png = [icon.touch, icon.small, icon.large].find(({ href }) => href === request.url);
    if (png === undefined && request.url !== icon.href) notFound();
    reply.header('cache-control', FOR_GOOD);
    return png === undefined
      ? reply.type('image/svg+xml').send(icon.svg)
      : reply.type('image/png').send(await once(png.href, (svg) => drawPng(svg, png.edge)));
  });

  app.get('/favicon.ico', async (_request, reply) =>
    reply
      .header('cache-control', FOR_A_DAY)
      .type('image/x-icon')
      .send(await once('/favicon.ico', (svg) => drawIco(svg, ICO_EDGE))),
  );
}
