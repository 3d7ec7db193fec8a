// GET /saved: what a member keeps. POST /p/:id/save: keeping a post, with a note, and taking it off the list.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { countCharacters, type Fault } from '../../domain/check.ts';
import { type PostId, readId } from '../../domain/ids.ts';
import { LONGEST_NOTE } from '../../domain/limits.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, wantsJson } from '../../web/guards.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { readingOf } from '../../web/viewer.ts';
import { wayBack } from '../../web/way-back.ts';
import { removeSave, savePost } from './commands/save-post.ts';
import { savedPage } from './pages.ts';
import { findSaved, listSaved, SAVED_KINDS } from './queries.ts';

interface SavedRequest {
  Querystring: { readonly show?: unknown; readonly after?: unknown };
}

export async function savesRoutes(app: FastifyInstance): Promise<void> {
  app.get<SavedRequest>(paths.saved(), async (request, reply) => {
    const { show, after } = request.query;
    const kind = SAVED_KINDS.find((each) => each === show) ?? 'all';
    const cursor = pageStart(after, (text) => decodeCursor(text, 'moment'));
    const { pageSize: limit } = readingOf(request);
    const { rows, next } = await listSaved(app.db, memberOf(request), { kind, cursor, limit });
    const page = savedPage({ rows, kind, isFirst: cursor === undefined, next: next && encodeCursor(next) });
    return reply.page('saves/list', page);
  });

  app.post<{ Params: { id: string } }>('/p/:id/save', async (request, reply) => {
    const viewer = memberOf(request);
    const postId = readId<PostId>(request.params.id) ?? notFound();
    const { saved, note } = readSave(request.body);
    const fault = checkNote(note);
    if (note !== undefined && fault !== undefined) {
      const row = (await findSaved(app.db, viewer, postId)) ?? notFound('You have not saved this.');
      const typed = { postId, note, fault };
      const page = savedPage({ rows: [row], kind: 'all', isFirst: false, next: undefined, typed });
      return reply.code(422).page('saves/list', page);
    }
    const change = { viewer, postId, note, now: app.clock.now() };
    await app.db.transaction((tx) => (saved ? savePost(tx, change) : removeSave(tx, change)));
    if (wantsJson(request)) return reply.send({ saved });
    return reply.redirect(wayBack(request, postId), 303);
  });
}

function readSave(sent: unknown): { readonly saved: boolean; readonly note: string | undefined } {
  const body = formBody(sent);
  const what = readText(body, 'do');
  if (what !== 'save' && what !== 'remove')
    throw new Problem('unprocessable', 'What can be done here is "save" or "remove".');
  // The button beside a post has no note with it.
  return {
    saved: what === 'save',
    note: body.note === undefined ? undefined : readText(body, 'note').trim(),
  };
}

function checkNote(note: string | undefined): Fault {
  if (note === undefined || countCharacters(note) <= LONGEST_NOTE) return undefined;
  return `A note has up to ${LONGEST_NOTE} characters; this one has ${countCharacters(note)}.`;
}
