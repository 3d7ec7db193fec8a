// What moderators put right: GET and POST of /p/:id/move, /p/:id/history/:revision/blank and /t/:id/section.
import type { FastifyInstance } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { readId, type RevisionId } from '../../domain/ids.ts';
import { mayStartMove, type Place } from '../../domain/policy/moves.ts';
import { mayBlankRevision } from '../../domain/policy/posts.ts';
import { maySetSection } from '../../domain/policy/topics.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { formOf } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { cannedReasons, emptyReason, readReasonForm } from '../log/index.ts';
import { countBelow, findRevision, findShownPost, findShownTopic } from '../threads/index.ts';
import { blankRevision } from './commands/blank.ts';
import { moveReplies } from './commands/move.ts';
import { setSection } from './commands/section.ts';
import { decide } from './deciding.ts';
import { emptyMove, type NamedPlace, readMoveForm, readSectionForm } from './forms.ts';
import { blankPage, movePage, sectionPage } from './pages/corrections.ts';
import { type IdRequest, readPost, readTopic } from './subjects.ts';

export async function correctionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(moveRoutes);
  await app.register(blankRoutes);
  await app.register(sectionRoutes);
}

async function moveRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/p/:id/move', async (request, reply) => {
    const post = await readPost(request);
    authorize(mayStartMove(request.viewer, post, app.clock.now()));
    const below = await countBelow(app.db, post.id);
    return reply.page('moderation/decision', movePage(post, below, emptyMove, cannedReasons(app)));
  });

  app.post<IdRequest>('/p/:id/move', async (request, reply) => {
    const { form, place, reason } = readMoveForm(request.body, cannedReasons(app));
    const { id: postId } = await readPost(request);
    const to = place && (await findPlace(request.viewer, place));
    const fault = to ? undefined : 'There is no such topic or post. Give its address.';
    const again = async () =>
      movePage(await readPost(request), await countBelow(app.db, postId), form(fault), cannedReasons(app));
    if (!to || !reason) return reply.code(422).page('moderation/decision', await again());
    const order = { by: memberOf(request), postId, to, reason, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => moveReplies(tx, order), to: paths.post(postId), again });
  });

  async function findPlace(viewer: Viewer, { topicId, postId }: NamedPlace): Promise<Place | undefined> {
    if (topicId !== undefined) {
      const topic = await findShownTopic(app.db, viewer, topicId);
      return topic && { topicId: topic.id, parentId: null };
    }
    const post = await findShownPost(app.db, viewer, postId);
    return post && { topicId: post.topic.id, parentId: post.isOpening ? null : post.id };
  }
}

interface RevisionRequest {
  Params: { id: string; revision: string };
}

async function blankRoutes(app: FastifyInstance): Promise<void> {
  app.get<RevisionRequest>('/p/:id/history/:revision/blank', async (request, reply) => {
    const post = await readPost(request);
    const revision = await readRevision(request.params.revision, post.id);
    authorize(mayBlankRevision(request.viewer, { ...revision, authorId: post.authorId }, app.clock.now()));
    return reply.page('moderation/decision', blankPage(post, revision, emptyReason, cannedReasons(app)));
  });

  app.post<RevisionRequest>('/p/:id/history/:revision/blank', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body, cannedReasons(app));
    const post = await readPost(request);
    const { id: revisionId } = await readRevision(request.params.revision, post.id);
    const again = async () =>
      blankPage(post, await readRevision(request.params.revision, post.id), form, cannedReasons(app));
    if (!reason) return reply.code(422).page('moderation/decision', await again());
    const order = { by: memberOf(request), postId: post.id, revisionId, reason, now: app.clock.now() };
    const change = (tx: Tx) => blankRevision(tx, order);
    return decide(app, reply, { change, to: paths.postHistory(post.id), again });
  });

  async function readRevision(typed: string, postId: Awaited<ReturnType<typeof readPost>>['id']) {
    const id = readId<RevisionId>(typed) ?? notFound();
    return (await findRevision(app.db, postId, id)) ?? notFound('There is no such earlier text.');
  }
}

async function sectionRoutes(app: FastifyInstance): Promise<void> {
  const sections = () => app.site.current().sections;

  app.get<IdRequest>('/t/:id/section', async (request, reply) => {
    const topic = await readTopic(request);
    authorize(maySetSection(request.viewer, topic, app.clock.now()));
    const present = sections().find(({ id }) => id === topic.sectionId)?.slug ?? '';
    const form = formOf({ section: present, canned: '', rule: '', reason: '' });
    return reply.page('moderation/decision', sectionPage(topic, sections(), form, cannedReasons(app)));
  });

  app.post<IdRequest>('/t/:id/section', async (request, reply) => {
    const { form, change: wanted } = readSectionForm(request.body, sections(), cannedReasons(app));
    const topic = await readTopic(request);
    const again = async () => sectionPage(await readTopic(request), sections(), form, cannedReasons(app));
    if (!wanted) return reply.code(422).page('moderation/decision', await again());
    const order = { by: memberOf(request), topicId: topic.id, ...wanted, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => setSection(tx, order), to: paths.topic(topic), again });
  });
}
