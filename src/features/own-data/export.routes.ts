// POST /settings/export orders a copy of a member's data, GET /settings/export/download hands it over: to that member alone,
// since no address says whose it is.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { orderExport } from './commands/order-export.ts';
import { findExport, type LastExport, readExport } from './queries.ts';
import { showPrivacy } from './show-privacy.ts';

export async function exportRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.exportOrder(), async (request, reply) => {
    try {
      await app.db.transaction((tx) => orderExport(tx, memberOf(request).id, app.clock.now()));
    } catch (error) {
      return showPrivacy(request, reply, { refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.privacySettings({ saved: 'ordered' }), 303);
  });
}

/** Behind the proof: whoever has this has everything. */
export async function downloadRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.exportDownload(), async (request, reply) => {
    const { id, name } = memberOf(request);
    const ready = readyExport(await findExport(app.db, id), app.clock.now());
    const day = ready.orderedAt.toISOString().slice(0, 10);
    return reply
      .headers({
        'content-type': 'application/zip',
        'content-length': ready.bytes,
        'content-disposition': `attachment; filename="${fileName(name, day)}"`,
      })
      .send(Readable.from(readExport(app.db, ready.id)));
  });
}

/** @throws Problem when there is nothing to download (yet, or any more) */
function readyExport(last: LastExport | undefined, now: Date): LastExport & { readonly bytes: number } {
  if (!last) return notFound('You have ordered no copy of your data, or it has been deleted after its time.');
  if (last.state === 'failed') return notFound('The copy could not be made. Order it again.');
  if (last.bytes === null || last.expiresAt === null)
    return notFound('The copy is not ready yet. A mail will tell you.');
  if (last.expiresAt <= now)
    throw new Problem('gone', 'The time for downloading this copy is over. You can order another.');
  return { ...last, bytes: last.bytes };
}

/** Of what every system takes for a file. Imported names may hold more than ours. */
function fileName(name: string, day: string): string {
  return `data-of-${name.replace(/[^A-Za-z0-9_-]/g, '_')}-${day}.zip`;
}
