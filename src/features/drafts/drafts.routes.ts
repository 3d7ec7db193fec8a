// GET and POST /drafts: the list, and keeping what a composer holds. GET /drafts/:id goes on with one; it is discarded by
// POST /drafts/:id/discard.
import type { FastifyInstance } from 'fastify';
import { type DraftPlace, spellRef } from '../../domain/drafts.ts';
import { type DraftId, readId } from '../../domain/ids.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, wantsJson } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { discardDraft, keepDraft } from './commands/keep-draft.ts';
import { readDraftForm } from './forms.ts';
import { draftsPage } from './pages.ts';
import { findDraft, listDrafts } from './queries.ts';

/** As many bytes as the composer of the longest texts sends (features/threads/composing.ts). */
const BODY_LIMIT = 1_300_000;

export async function draftRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.drafts(), async (request, reply) =>
    reply.page('drafts/list', draftsPage(await listDrafts(app.db, memberOf(request)))),
  );

  // A script saves at every pause: that must not use up what the member writes with.
  app.post(paths.drafts(), { ...budget('check'), bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const { place, formId, ref, fields } = readDraftForm(request.body);
    if (!place || formId === undefined)
      throw new Problem('unprocessable', 'This form does not say what it is a draft of.');
    const pressed = !wantsJson(request);
    const draft = { viewer: memberOf(request), place, formId, ref, fields, pressed, now: app.clock.now() };
    const kept = await app.db.transaction((tx) => keepDraft(tx, draft));
    if (pressed) return reply.redirect(paths.drafts(), 303);
    const { outcome } = kept;
    return reply.send({ outcome, ...(outcome === 'kept' && { draft: spellRef(kept.ref) }) });
  });

  app.get<{ Params: { id: string } }>('/drafts/:id', async (request, reply) => {
    const id = readId<DraftId>(request.params.id) ?? notFound();
    const draft = (await findDraft(app.db, request.viewer, id)) ?? notFound('There is no such draft.');
    return reply.redirect(composerOf(draft.place, draft.id), 302);
  });

  // Composers have the button, too: it sends all that was typed along.
  app.post<{ Params: { id: string } }>(
    '/drafts/:id/discard',
    { bodyLimit: BODY_LIMIT },
    async (request, reply) => {
      const id = readId<DraftId>(request.params.id) ?? notFound();
      await app.db.transaction((tx) => discardDraft(tx, memberOf(request), id));
      const next = readText(formBody(request.body), 'next');
      return reply.redirect(next === '' ? paths.drafts() : safeNext(next), 303);
    },
  );
}

function composerOf(place: DraftPlace, draft: DraftId): string {
  switch (place.kind) {
    case 'topic':
      return paths.submit({ draft });
    case 'reply':
      return place.parentId === null
        ? paths.topicReply(place.topicId, { draft })
        : paths.postReply(place.parentId, { draft });
    case 'edit':
      return paths.postEdit(place.postId, { draft });
  }
}
