// GET /invitations: who invited whom, for everybody to see; `?of=NAME` below one member.
import type { FastifyInstance } from 'fastify';
import { type Cursor, decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { findNamed } from '../../db/names.ts';
import type { MemberId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound } from '../../web/problem.ts';
import { type InvitedRow, listFirstInviters, listInvited, listInviters } from './invitation-queries.ts';
import { invitationsPage } from './pages/invitations.ts';

/** Members of the first level on a page, and of all below them. */
const MOST = { first: 30, below: 300 } as const;

export async function invitationRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { of?: unknown; after?: unknown } }>(paths.invitations(), async (request, reply) => {
    const { query } = request;
    const cursor = pageStart(query.after, (text) => decodeCursor(text, 'moment'));
    const of = await findTop(readLine(formBody(query), 'of'));
    const first = await loadFirst(of?.id, cursor);
    const shown = first.slice(0, MOST.first);
    const second = await loadBelow(shown);
    const third = await loadBelow(second);
    const last = first.length > MOST.first ? shown.at(-1) : undefined;
    const page = invitationsPage({
      of: of?.name,
      inviters: of ? await listInviters(app.db, of.id) : [],
      levels: [shown, second, third],
      next: last && encodeCursor({ key: last.at.toISOString(), id: last.id }),
    });
    return reply.page('profiles/invitations', page);
  });

  async function findTop(name: string) {
    if (name === '') return undefined;
    const [member] = await findNamed(app.db, [nameKey(name)]);
    return member ?? notFound('There is no member of this name.');
  }

  function loadFirst(of: MemberId | undefined, cursor: Cursor | undefined): Promise<InvitedRow[]> {
    const limit = MOST.first + 1;
    return of === undefined
      ? listFirstInviters(app.db, cursor, limit)
      : listInvited(app.db, [of], cursor, limit);
  }

  function loadBelow(rows: readonly InvitedRow[]): Promise<InvitedRow[]> {
    const inviters = rows.filter(({ invited }) => invited > 0).map(({ id }) => id);
    return listInvited(app.db, inviters, undefined, MOST.below);
  }
}
