// GET /followed and /unread: what is chosen for a member. GET /second-chance: what few saw, for everyone.
import type { FastifyInstance } from 'fastify';
import { LIST_SORTS } from '../../domain/appearance.ts';
import { requireMember } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import type { ListQuery } from './list-query.ts';
import { showList } from './show-list.ts';

export async function chosenListRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: ListQuery }>(paths.secondChance(), async (request, reply) =>
    // By the moment of posting alone, which nothing changes: nobody is to work their way up there.
    showList(request, reply, 'new', {
      of: { kind: 'chosen', chosen: 'second-chance' },
      filter: { chosen: 'second-chance' },
      preferred: 'new',
    }),
  );
  for (const chosen of ['followed', 'unread'] as const) {
    app.get<{ Querystring: ListQuery }>(
      paths[chosen](),
      { onRequest: requireMember },
      async (request, reply) => {
        const list = LIST_SORTS.find((sort) => sort === request.query.sort) ?? 'active';
        const of = { kind: 'chosen', chosen } as const;
        return showList(request, reply, list, { of, filter: { chosen }, preferred: 'active' });
      },
    );
  }
}
