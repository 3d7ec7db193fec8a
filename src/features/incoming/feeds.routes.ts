// GET and POST /admin/feeds, POST /admin/feeds/:id.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { type NewsFeedId, readId } from '../../domain/ids.ts';
import { formBody, formOf, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import {
  addFeed,
  type FeedChange,
  pauseFeed,
  readFeedNow,
  removeFeed,
  resumeFeed,
} from './commands/feeds.ts';
import { type FeedForm, readFeedForm } from './forms.ts';
import { feedsPage } from './pages.ts';
import { listFeeds } from './queries.ts';

const DOINGS: ReadonlyMap<string, (tx: Tx, change: FeedChange) => Promise<void>> = new Map([
  ['read', readFeedNow],
  ['pause', pauseFeed],
  ['resume', resumeFeed],
  ['remove', removeFeed],
]);

export async function feedsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.adminFeeds(), async (request, reply) =>
    show(reply, request.query.saved),
  );

  app.post(paths.adminFeeds(), async (request, reply) => {
    const { form, values } = readFeedForm(request.body);
    if (!values) return show(reply.code(422), undefined, form);
    const addition = { admin: memberOf(request), ...values, now: app.clock.now() };
    const isNew = await app.db.transaction((tx) => addFeed(tx, addition));
    if (!isNew) return show(reply.code(422), undefined, asTaken(form));
    return reply.redirect(paths.adminFeeds({ saved: 'added' }), 303);
  });

  app.post<{ Params: { id: string } }>('/admin/feeds/:id', async (request, reply) => {
    const id = readId<NewsFeedId>(request.params.id) ?? notFound();
    const what = readText(formBody(request.body), 'do');
    const doing = DOINGS.get(what);
    if (!doing) throw new Problem('invalid');
    const change = { admin: memberOf(request), id, now: app.clock.now() };
    await app.db.transaction((tx) => doing(tx, change));
    return reply.redirect(paths.adminFeeds({ saved: what }), 303);
  });

  async function show(reply: FastifyReply, saved: unknown, form?: FeedForm): Promise<FastifyReply> {
    const rows = await listFeeds(app.db, app.clock.now());
    return reply.page('incoming/feeds', feedsPage({ rows, form, saved }));
  }
}

function asTaken({ fields: { url, title } }: FeedForm): FeedForm {
  return formOf({ url: url.value, title: title.value }, { url: 'This feed is there already.' });
}
