// GET and POST /tag/:slug/edit: what a tag is, for moderators.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mayEditTag } from '../../domain/policy/tags.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import type { TagRow } from '../tags/index.ts';
import { markOf } from './changes.ts';
import { editTag } from './commands/edit-tag.ts';
import { readTagForm, tagForm, type TagInput } from './forms.ts';
import { tagEditPage } from './pages.ts';
import { findTypedTag, listTagSlugs } from './queries.ts';

interface TagRequest {
  Params: { slug: string };
}

export async function editRoutes(app: FastifyInstance): Promise<void> {
  app.get<TagRequest>('/tag/:slug/edit', async (request, reply) => {
    const { slug } = request.params;
    const tag = await findTag(slug);
    authorize(mayEditTag(request.viewer, app.clock.now()));
    if (tag.slug !== slug) return reply.redirect(paths.tagEdit(tag.slug), 301);
    const form = tagForm(tag, await listTagSlugs(app.db, [tag.parentId]));
    const page = tagEditPage(tag, { form, ordinary: tag.ordinary, was: markOf(tag), refusal: '' });
    return reply.page('tagging/edit', page);
  });

  app.post<TagRequest>('/tag/:slug/edit', async (request, reply) => {
    const tag = await findTag(request.params.slug);
    const input = readTagForm(request.body, tag.slug);
    const parent = input.parent === '' ? undefined : await findTypedTag(app.db, input.parent);
    if (input.parent !== '' && !parent)
      return again(reply.code(422), tag, input, { parent: 'There is no such tag.' });
    if (!input.facts) return again(reply.code(422), tag, input);
    const facts = { ...input.facts, parentId: parent?.id ?? null };
    const edit = { by: memberOf(request), id: tag.id, facts, seen: input.seen, now: app.clock.now() };
    try {
      const outcome = await app.db.transaction((tx) => editTag(tx, edit));
      if (outcome.done) return await reply.redirect(paths.tag(tag.slug), 303);
      return await again(reply.code(422), tag, input, {
        ...(outcome.taken !== undefined && { aliases: `“${outcome.taken}” leads to another tag.` }),
        ...(outcome.circle && { parent: 'That is this tag itself, or one below it.' }),
      });
    } catch (error) {
      const refusal = refusalOf(error, reply);
      // What the next press replaces is what there is now.
      const present = await findTag(request.params.slug);
      return again(reply, present, { ...input, seen: markOf(present) }, {}, refusal);
    }
  });

  async function again(
    reply: FastifyReply,
    tag: TagRow,
    input: TagInput,
    faults: Parameters<TagInput['form']>[0] = {},
    refusal = '',
  ) {
    const { ordinary, seen: was } = input;
    return reply.page('tagging/edit', tagEditPage(tag, { form: input.form(faults), ordinary, was, refusal }));
  }

  async function findTag(slug: string): Promise<TagRow> {
    return (await findTypedTag(app.db, slug)) ?? notFound('There is no such tag.');
  }
}
