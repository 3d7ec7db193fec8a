// The composer of a reply with a text that was typed in another form: nothing that somebody wrote is lost on the way.
import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TopicId } from '../../domain/ids.ts';
import { notFound } from '../../web/problem.ts';
import { composerDraft } from '../drafts/pages.ts';
import { readReplyForm } from './forms.ts';
import { doFirstLinksWait } from './composing.ts';
import { placeOfReply, replyPage } from './pages/compose.ts';
import { findOpeningPost, findReplyContext } from './queries/writing.ts';

/**
 * Answers a request whose form had a `body` with the page on which that text becomes a reply to the topic.
 * @param done what became of the rest of the form
 */
export async function offerReply(
  request: FastifyRequest,
  reply: FastifyReply,
  topicId: TopicId,
  done: string,
) {
  const { server, viewer } = request;
  const openingPost = await findOpeningPost(server.db, topicId);
  const context = openingPost && (await findReplyContext(server.db, viewer, openingPost));
  if (!context) notFound('There is no such topic.');
  const { unchecked: form, modelWritten } = readReplyForm(request.body);
  const draft = composerDraft(placeOfReply(context));
  const linksWait = doFirstLinksWait(request);
  return reply
    .code(200)
    .page(
      'posts/reply',
      replyPage({ context, form, formId: randomUUID(), modelWritten, draft, done, linksWait }),
    );
}
