// GET and POST /tag/:slug/merge: which other tag it goes into, and why.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayEditTag } from '../../domain/policy/tags.ts';
import { formBody } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { emptyReason, readReasonForm } from '../log/index.ts';
import type { TagRow } from '../tags/index.ts';
import { mergeTags } from './commands/merge-tags.ts';
import { readOtherTag } from './forms.ts';
import { tagMergeChoicePage, tagMergePage } from './pages.ts';
import { countTopicsOf, findTypedTag } from './queries.ts';

interface TagRequest {
  Params: { slug: string };
  Querystring: { into?: unknown };
}

export async function mergeRoutes(app: FastifyInstance): Promise<void> {
  app.get<TagRequest>('/tag/:slug/merge', async (request, reply) => {
    const from = await findFrom(request);
    authorize(mayEditTag(request.viewer, app.clock.now()));
    if (request.query.into === undefined)
      return reply.page('tagging/merge-choice', tagMergeChoicePage(from.slug, '', ''));
    const into = await findInto(reply, from, request.query.into);
    return into ? show(reply, from, into) : reply;
  });

  app.post<TagRequest>('/tag/:slug/merge', async (request, reply) => {
    const from = await findFrom(request);
    const into = await findInto(reply, from, formBody(request.body).into);
    if (!into) return reply;
    const { form, reason } = readReasonForm(request.body, []);
    if (!reason) return show(reply.code(422), from, into, form);
    const order = { by: memberOf(request), reason, now: app.clock.now(), fromId: from.id, intoId: into.id };
    try {
      await app.db.transaction((tx) => mergeTags(tx, order));
    } catch (error) {
      return show(reply, from, into, form, refusalOf(error, reply));
    }
    return reply.redirect(paths.tag(into.slug), 303);
  });

  async function findFrom({ params }: FastifyRequest<TagRequest>): Promise<TagRow> {
    return (await findTypedTag(app.db, params.slug)) ?? notFound('There is no such tag.');
  }

  /** The other tag; undefined when it has asked for it again. */
  async function findInto(reply: FastifyReply, from: TagRow, sent: unknown): Promise<TagRow | undefined> {
    const { typed, slug } = readOtherTag(sent);
    const into = slug === '' ? undefined : await findTypedTag(app.db, slug);
    if (into && into.id !== from.id) return into;
    const fault = into ? `That is this tag: it leads to #${from.slug} itself.` : 'There is no such tag.';
    await reply.code(422).page('tagging/merge-choice', tagMergeChoicePage(from.slug, typed, fault));
    return undefined;
  }

  async function show(reply: FastifyReply, from: TagRow, into: TagRow, form = emptyReason, refusal = '') {
    const topics = await countTopicsOf(app.db, from.id);
    const facts = { topics, form, refusal };
    return reply.page('tagging/merge', tagMergePage(from, into, facts));
  }
}
