// GET /tags: all tags, for everybody. POST /tags/plant: those of the industry, added by an admin.
import type { FastifyInstance } from 'fastify';
import { mayPlantTags } from '../../domain/policy/tags.ts';
import { TAG_KINDS, tagSlug } from '../../domain/tags.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf, requireModerator } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { countPlanted, listTags, type TagFilter } from '../tags/index.ts';
import { addIndustryTags } from './commands/plant-tags.ts';
import { directoryPage } from './pages.ts';

/** Longer than any slug. */
const LONGEST = 60;

export async function directoryRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.tags(), async (request, reply) => {
    const filter = readFilter(request.query);
    const mayPlant = mayPlantTags(request.viewer, app.clock.now()).allowed;
    const [{ rows, next }, planted] = await Promise.all([
      listTags(request.reader, filter),
      mayPlant ? countPlanted(app.db) : undefined,
    ]);
    return reply.page('tagging/list', directoryPage({ filter, rows, next, missing: planted?.missing }));
  });

  app.post(paths.tagsPlant(), { onRequest: requireModerator }, async (request, reply) => {
    const order = { by: memberOf(request), now: app.clock.now() };
    await app.db.transaction((tx) => addIndustryTags(tx, order));
    return reply.redirect(paths.tags(), 303);
  });
}

function readFilter(query: unknown): TagFilter {
  const fields = formBody(query);
  const after = readLine(fields, 'after').slice(0, LONGEST);
  return {
    kind: TAG_KINDS.find((one) => one === readLine(fields, 'kind')),
    begins: tagSlug(readLine(fields, 'begins').slice(0, LONGEST)),
    after: after === '' ? undefined : after,
  };
}
