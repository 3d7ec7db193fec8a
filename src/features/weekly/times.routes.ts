// GET and POST /settings/notices/times, and POST /weeks/mail: when mails come, and whether the week does.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { endOfWeek, startOfWeek } from '../../domain/iso-weeks.ts';
import type { Form } from '../../web/forms.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { askForWeek, changeMailTimes } from '../members/index.ts';
import { readTimesForm, type TimesField, timesForm } from './forms.ts';
import { timesPage } from './pages/times.ts';
import { findTimes } from './queries/times.ts';

export async function timesRoutes(app: FastifyInstance): Promise<void> {
  async function pageOf(
    request: FastifyRequest,
    { form, saved }: { form?: Form<TimesField>; saved?: unknown },
  ) {
    const now = app.clock.now();
    const times = await findTimes(app.db, memberOf(request).id);
    return timesPage({
      form: form ?? timesForm({ ...times, week: times.weekByMailSince !== null }),
      times,
      reachable: times.reachable,
      weekEnds: endOfWeek(startOfWeek(now)),
      now,
      saved,
    });
  }

  app.get<{ Querystring: { saved?: unknown } }>(paths.mailTimes(), async (request, reply) =>
    reply.page('weekly/times', await pageOf(request, { saved: request.query.saved })),
  );

  app.post(paths.mailTimes(), async (request, reply) => {
    const { values, form } = readTimesForm(request.body);
    if (!values) return reply.code(422).page('weekly/times', await pageOf(request, { form }));
    const { week, ...times } = values;
    const { id } = memberOf(request);
    await app.db.transaction(async (tx) => {
      await changeMailTimes(tx, id, times);
      await askForWeek(tx, id, week, app.clock.now());
    });
    return reply.redirect(paths.mailTimes({ saved: 'times' }), 303);
  });

  app.post(paths.weeksMail(), async (request, reply) => {
    const body = formBody(request.body);
    const { id } = memberOf(request);
    await app.db.transaction((tx) => askForWeek(tx, id, readFlag(body, 'ask'), app.clock.now()));
    return reply.redirect(safeNext(body.next), 303);
  });
}
