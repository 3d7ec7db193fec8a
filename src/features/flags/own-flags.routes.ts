// GET and POST /settings/flags: what a member has flagged, what became of it, and taking back what still waits.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { type FlagId, readId } from '../../domain/ids.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { takeBackFlag } from './commands/give-flag.ts';
import { ownFlagsPage } from './pages/own-flags.ts';
import { loadFlagRecord } from './queries/flags.ts';
import { findSubjectOfOwn, listOwnFlags } from './queries/own-flags.ts';

interface ListRequest {
  Querystring: { readonly after?: unknown; readonly saved?: unknown };
}

export async function ownFlagsRoutes(app: FastifyInstance): Promise<void> {
  app.get<ListRequest>(paths.ownFlags(), async (request, reply) => {
    const { query } = request;
    const { id } = memberOf(request);
    const cursor = pageStart(query.after, (text) => decodeCursor(text, 'moment'));
    const { rows, next } = await listOwnFlags(app.db, id, cursor);
    const page = ownFlagsPage({
      rows,
      next: next && encodeCursor(next),
      isFirstPage: cursor === undefined,
      record: await loadFlagRecord(app.db, id),
      saved: query.saved,
    });
    return reply.page('flags/own', page);
  });

  app.post(paths.ownFlags(), async (request, reply) => {
    const by = memberOf(request);
    const id = readId<FlagId>(readLine(formBody(request.body), 'flag'));
    const isBack = await app.db.transaction(async (tx) => {
      const subject = id && (await findSubjectOfOwn(tx, by.id, id));
      return subject ? takeBackFlag(tx, { by, subject, now: app.clock.now() }) : false;
    });
    return reply.redirect(paths.ownFlags({ saved: isBack ? 'taken-back' : 'too-late' }), 303);
  });
}
