// POST /t/:id/follow, and the same under tags, sections, sites and members: following and muting on the very page of the
// thing.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findNamed } from '../../db/names.ts';
import type { FollowSubject } from '../../domain/following.ts';
import { readId, type TopicId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { readSiteHost } from '../../domain/site-host.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { setLevel } from './commands/set-level.ts';
import { readLevel } from './forms.ts';
import { canOpen, findTagId } from './queries.ts';

interface OfSlug {
  Params: { slug: string };
}

export async function followRoutes(app: FastifyInstance): Promise<void> {
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    subject: FollowSubject,
    page: string,
  ): Promise<FastifyReply> {
    const level = readLevel(request.body);
    const change = { viewer: memberOf(request), subject, level, now: app.clock.now() };
    await app.db.transaction((tx) => setLevel(tx, change));
    const next = readText(formBody(request.body), 'next');
    return reply.redirect(next === '' ? page : safeNext(next), 303);
  }

  app.post<{ Params: { id: string } }>('/t/:id/follow', async (request, reply) => {
    const id = readId<TopicId>(request.params.id) ?? notFound('There is no such topic.');
    // What was chosen can be taken back whatever became of the topic.
    if (readLevel(request.body) !== 'none' && !(await canOpen(app.db, memberOf(request), id)))
      notFound('There is no such topic.');
    return answer(request, reply, { kind: 'topic', id }, paths.topicById(id));
  });

  app.post<OfSlug>('/tag/:slug/follow', async (request, reply) => {
    const { slug } = request.params;
    const id = (await findTagId(app.db, slug)) ?? notFound('There is no such tag.');
    return answer(request, reply, { kind: 'tag', id }, paths.tag(slug));
  });

  app.post<OfSlug>('/s/:slug/follow', async (request, reply) => {
    const { id, slug } =
      app.site.current().sections.find((section) => section.slug === request.params.slug) ??
      notFound('There is no such section.');
    return answer(request, reply, { kind: 'section', id }, paths.section(slug));
  });

  app.post<{ Params: { host: string } }>('/site/:host/follow', async (request, reply) => {
    const host = readSiteHost(request.params.host) ?? notFound('That is not the name of a site.');
    return answer(request, reply, { kind: 'site', host }, paths.site(host));
  });

  app.post<{ Params: { name: string } }>('/u/:name/follow', async (request, reply) => {
    // PostgreSQL takes no NUL, and no name has one.
    const [named] = await findNamed(app.db, [nameKey(request.params.name.replaceAll('\0', ''))]);
    const { id, name } = named ?? notFound('There is no member of this name.');
    return answer(request, reply, { kind: 'member', id }, paths.member(name));
  });
}
