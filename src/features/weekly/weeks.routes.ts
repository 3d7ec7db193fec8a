// GET /weeks and /week/:name: public, and the same for everyone but for what members mute.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { endOfWeek, readWeekName, spellWeek, startOfWeek, weekName } from '../../domain/iso-weeks.ts';
import { momentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound } from '../../web/problem.ts';
import { type MailOffer, mailOffer } from './pages/mail-offer.ts';
import { weekPage } from './pages/week.ts';
import { weeksPage } from './pages/weeks.ts';
import { findTimes } from './queries/times.ts';
import { countWeek, findWeek, listWeeks, listWeekTopics } from './queries/weeks.ts';

export async function weekRoutes(app: FastifyInstance): Promise<void> {
  async function offerTo({ viewer, url }: FastifyRequest): Promise<MailOffer> {
    const times = viewer.kind === 'member' ? await findTimes(app.db, viewer.id) : undefined;
    return mailOffer(times, url, app.clock.now());
  }

  app.get<{ Querystring: { before?: unknown } }>(paths.weeks(), async (request, reply) => {
    const before = pageStart(request.query.before, readWeekName);
    const [{ rows, next }, offer] = await Promise.all([
      listWeeks(app.db, request.viewer, before),
      offerTo(request),
    ]);
    const first = momentView(endOfWeek(startOfWeek(app.clock.now()))).day;
    const page = weeksPage({
      ...{ rows, first, offer },
      before: before && weekName(before),
      next: next && weekName(next),
    });
    return reply.page('weekly/weeks', page);
  });

  app.get<{ Params: { name: string } }>('/week/:name', async (request, reply) => {
    const { name } = request.params;
    const startsAt =
      readWeekName(name) ??
      notFound('There is no such week. Weeks have the name of their year and their number in it: 2026-W47.');
    if (name !== weekName(startsAt)) return reply.redirect(paths.week(weekName(startsAt)), 301);
    const week = (await findWeek(request.reader, startsAt)) ?? notFound(whyNone(startsAt, app.clock.now()));
    const [topics, figures, offer] = await Promise.all([
      listWeekTopics(request.reader, request.viewer, week.id),
      countWeek(request.reader, startsAt),
      offerTo(request),
    ]);
    return reply.page('weekly/week', weekPage({ week, topics, figures, viewer: request.viewer, offer }));
  });
}

function whyNone(startsAt: Date, now: Date): string {
  const end = endOfWeek(startsAt);
  if (now < end)
    return `The week of ${spellWeek(startsAt)} is not over yet. Its page will be here on ${momentView(end).day}.`;
  if (end >= startOfWeek(now)) return 'This week is over. Its page will be here within the hour.';
  return 'There is no page of this week.';
}
