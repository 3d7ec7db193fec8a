// POST /submit/check: what the form of a new topic says of an address and a title, for the script that asks meanwhile.
import type { FastifyInstance } from 'fastify';
import { mayWrite } from '../../domain/policy/writing.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { authorize } from '../../web/problem.ts';
import { findObstacles } from './checks.ts';
import { NOT_FETCHED, type TitleFetcher } from './fetching.ts';
import { readTopicForm } from './forms.ts';
import { titleOf } from './pages/fetched.ts';
import { checksView } from './pages/submit.ts';
import { suggestTags } from './suggested-tags.ts';

export async function checkRoutes(app: FastifyInstance, { titles }: { titles: TitleFetcher }): Promise<void> {
  app.post(paths.submitCheck(), budget('check'), async (request, reply) => {
    const now = app.clock.now();
    authorize(mayWrite(request.viewer, now));
    const { kind, title, address, wantsFetch, form } = readTopicForm(
      request.body,
      app.site.current().sections,
    );
    // An address that is still being typed leads nowhere: pages are asked for when the field is left.
    const asked = address && wantsFetch ? titles.ask(request, reply, address) : undefined;
    const fetched = await (asked ?? (address ? titles.find(address) : NOT_FETCHED));
    const checks = checksView({
      obstacles: await findObstacles(app.db, { kind, title, address }, now),
      fetched: { ...fetched, title, now },
      hasAddress: address !== null,
      stopped: false,
    });
    return reply.header('cache-control', 'no-store').send({
      address: app.fragment('topics/_address-checks', checks),
      title: app.fragment('topics/_title-checks', checks),
      tags: app.fragment('tags/_suggested', {
        suggestedTags: await suggestTags(app.db, { title, address, tags: form().fields.tags.value }),
      }),
      pending: checks.fetched.pending,
      headline: titleOf(fetched.reading),
    });
  });
}
