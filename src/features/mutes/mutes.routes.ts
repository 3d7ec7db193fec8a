// POST /site/:host/mute, and GET /settings/mutes: what a member does not want to see in lists.
import type { FastifyInstance } from 'fastify';
import { readSiteHost } from '../../domain/site-host.ts';
import { formBody, readLine, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { muteSite, unmuteSite } from './commands/mute-site.ts';
import { mutesPage } from './pages.ts';
import { listMutedSites } from './queries.ts';

export async function muteRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.mutes(), async (request, reply) =>
    reply.page('mutes/list', mutesPage(await listMutedSites(app.db, memberOf(request).id))),
  );

  app.post<{ Params: { host: string } }>('/site/:host/mute', async (request, reply) => {
    const host = readSiteHost(request.params.host) ?? notFound('That is not the name of a site.');
    const body = formBody(request.body);
    const change = readLine(body, 'do') === 'unmute' ? unmuteSite : muteSite;
    const order = { viewer: memberOf(request), host, now: app.clock.now() };
    await app.db.transaction((tx) => change(tx, order));
    const next = readText(body, 'next');
    return reply.redirect(next === '' ? paths.site(host) : safeNext(next), 303);
  });
}
