// Composers that go on with a draft: whatever becomes of the place it was written for, what was typed can be read.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DraftId, readId } from '../../domain/ids.ts';
import { formBody } from '../../web/forms.ts';
import { Problem } from '../../web/problem.ts';
import { draftPage } from './pages.ts';
import { type Draft, findDraft } from './queries.ts';

/**
 * Opens a composer with the draft that the address names, if it names one of the viewer's. When the composer cannot be
 * opened (locked, gone, not for them), the draft is shown with the reason instead.
 */
export async function orDraft(
  request: FastifyRequest,
  reply: FastifyReply,
  open: (draft: Draft | undefined) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const id = readId<DraftId>(formBody(request.query).draft);
  const draft = id && (await findDraft(request.server.db, request.viewer, id));
  try {
    return await open(draft);
  } catch (error) {
    if (!draft || !(error instanceof Problem)) throw error;
    return reply.code(error.status).page('drafts/show', draftPage(draft, error.explanation));
  }
}
