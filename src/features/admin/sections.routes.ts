// GET and POST /admin/sections, POST /admin/sections/:id.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readId, type SectionId } from '../../domain/ids.ts';
import { formBody, formOf, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { createSection, discardSection, editSection } from './commands/sections.ts';
import { readNewSectionForm, readSectionForm, type SectionForm } from './forms.ts';
import { sectionsPage, type SectionsFacts } from './pages.ts';
import { listSections } from './queries.ts';

export async function sectionsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: string } }>('/sections', async (request, reply) =>
    show(reply, { saved: request.query.saved !== undefined }),
  );

  app.post('/sections', async (request, reply) => {
    const { form, values } = readNewSectionForm(request.body);
    if (form.hasErrors) return show(reply.code(422), { addition: form });
    const { name, description } = values;
    const creation = { admin: memberOf(request), name, description, now: app.clock.now() };
    const isNew = await app.db.transaction((tx) => createSection(tx, creation));
    if (!isNew) return show(reply.code(422), { addition: asTaken(form) });
    return saved(reply);
  });

  app.post<{ Params: { id: string } }>('/sections/:id', async (request, reply) => {
    const id = readId<SectionId>(request.params.id) ?? notFound();
    const admin = memberOf(request);
    const now = app.clock.now();
    if (readFlag(formBody(request.body), 'remove')) {
      await app.db.transaction((tx) => discardSection(tx, { admin, id, now }));
      return saved(reply);
    }
    const { form, values } = readSectionForm(request.body);
    if (form.hasErrors) return show(reply.code(422), { sent: { id, form } });
    await app.db.transaction((tx) => editSection(tx, { admin, id, now, ...values }));
    return saved(reply);
  });

  async function show(reply: FastifyReply, facts: Omit<SectionsFacts, 'rows'>): Promise<FastifyReply> {
    const rows = await listSections(app.db);
    if (facts.sent && !rows.some(({ id }) => id === facts.sent?.id)) notFound();
    return reply.page('admin/sections', sectionsPage({ ...facts, rows }));
  }

  async function saved(reply: FastifyReply): Promise<FastifyReply> {
    await app.site.refresh();
    return reply.redirect(`${paths.adminSections()}?saved=1`, 303);
  }
}

function asTaken({ fields }: SectionForm): SectionForm {
  const { name, description } = fields;
  return formOf(
    { name: name.value, description: description.value, place: '', modifier: '' },
    { name: 'There is a section of this name, or one so like it that it has the same address.' },
  );
}
