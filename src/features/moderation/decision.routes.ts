// What moderators do outside the queue: /p/:id/hide, /p/:id/restore, /t/:id/lock and /t/:id/pin, each a form with a
// reason and the decision it makes.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ActionId, type PostId, readId, type TopicId } from '../../domain/ids.ts';
import { mayHidePost, mayRestorePost } from '../../domain/policy/posts.ts';
import { mayHideTopic, mayPinTopic, mayRestoreTopic, mayUnpinTopic } from '../../domain/policy/topics.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound, Problem } from '../../web/problem.ts';
import { hidePosts } from './commands/hide.ts';
import { restore } from './commands/restore.ts';
import { lockTopic, pinTopic, unlockTopic, unpinTopic } from './commands/topics.ts';
import { emptyPin, emptyReason, readPinForm, readReasonForm } from './forms.ts';
import { hidePage, lockPage, pinPage, restorePage } from './pages/decision.ts';
import {
  countBelow,
  findPost,
  findTopic,
  listHides,
  type PostShown,
  type TopicShown,
} from './queries/subjects.ts';

interface IdRequest {
  Params: { id: string };
}
type Request = FastifyRequest<IdRequest>;

export async function decisionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(hideRoutes);
  await app.register(restoreRoutes);
  await app.register(lockRoutes);
  await app.register(pinRoutes);
}

async function hideRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/p/:id/hide', async (request, reply) => {
    const post = await readPost(app, request);
    const [viewer, now] = [request.viewer, app.clock.now()];
    authorize(post.isOpening ? mayHideTopic(viewer, post.topic, now) : mayHidePost(viewer, post, now));
    const below = await countBelow(app.db, post.id);
    return reply.page('moderation/decision', hidePage(post, below, false, emptyReason));
  });

  app.post<IdRequest>('/p/:id/hide', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body);
    const post = await readPost(app, request);
    const withReplies = readLine(formBody(request.body), 'extent') === 'branch';
    if (!reason) {
      const below = await countBelow(app.db, post.id);
      return reply.code(422).page('moderation/decision', hidePage(post, below, withReplies, form));
    }
    const order = { by: memberOf(request), postId: post.id, withReplies, reason, now: app.clock.now() };
    await app.db.transaction((tx) => hidePosts(tx, order));
    return reply.redirect(paths.post(post.id), 303);
  });
}

async function restoreRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/p/:id/restore', async (request, reply) => {
    const post = await readPost(app, request);
    const [viewer, now] = [request.viewer, app.clock.now()];
    authorize(post.isOpening ? mayRestoreTopic(viewer, post.topic, now) : mayRestorePost(viewer, post, now));
    const hides = await listHides(app.db, post);
    return reply.page('moderation/decision', restorePage(post, hides, hides[0]?.actionId, emptyReason));
  });

  app.post<IdRequest>('/p/:id/restore', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body);
    const post = await readPost(app, request);
    const hides = await listHides(app.db, post);
    const named = readId<ActionId>(readLine(formBody(request.body), 'action'));
    // Of several decisions that hide a post the form names one; the newest is meant where it names none.
    const actionId =
      named === undefined ? hides[0]?.actionId : hides.find((hide) => hide.actionId === named)?.actionId;
    if (actionId === undefined) throw new Problem('conflict', 'This decision is not in force any more.');
    if (!reason) return reply.code(422).page('moderation/decision', restorePage(post, hides, actionId, form));
    const order = { by: memberOf(request), actionId, reason, now: app.clock.now() };
    await app.db.transaction((tx) => restore(tx, order));
    return reply.redirect(paths.post(post.id), 303);
  });
}

async function lockRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/t/:id/lock', async (request, reply) =>
    reply.page('moderation/decision', lockPage(await readTopic(app, request), emptyReason)),
  );

  app.post<IdRequest>('/t/:id/lock', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body);
    const topic = await readTopic(app, request);
    if (!reason) return reply.code(422).page('moderation/decision', lockPage(topic, form));
    // The button names what it does: of two who press it at once, the second must not undo what the first did.
    const change = readLine(formBody(request.body), 'do') === 'unlock' ? unlockTopic : lockTopic;
    const order = { by: memberOf(request), topicId: topic.id, reason, now: app.clock.now() };
    await app.db.transaction((tx) => change(tx, order));
    return reply.redirect(paths.topic(topic), 303);
  });
}

async function pinRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/t/:id/pin', async (request, reply) => {
    const topic = await readTopic(app, request);
    const now = app.clock.now();
    const pinned = mayUnpinTopic(request.viewer, topic, now).allowed;
    if (!pinned) authorize(mayPinTopic(request.viewer, topic, now));
    return reply.page('moderation/decision', pinPage(topic, pinned, emptyPin));
  });

  app.post<IdRequest>('/t/:id/pin', async (request, reply) => {
    const topic = await readTopic(app, request);
    const now = app.clock.now();
    const { form, pin } = readPinForm(request.body);
    if (!pin) {
      const pinned = mayUnpinTopic(request.viewer, topic, now).allowed;
      return reply.code(422).page('moderation/decision', pinPage(topic, pinned, form));
    }
    const { length, reason } = pin;
    const order = { by: memberOf(request), topicId: topic.id, reason, now };
    await app.db.transaction((tx) =>
      length === null
        ? unpinTopic(tx, order)
        : pinTopic(tx, { ...order, until: new Date(now.getTime() + length) }),
    );
    return reply.redirect(paths.topic(topic), 303);
  });
}

async function readPost(app: FastifyInstance, request: Request): Promise<PostShown> {
  const id = readId<PostId>(request.params.id) ?? notFound();
  return (await findPost(app.db, request.viewer, id)) ?? notFound('There is no such post.');
}

async function readTopic(app: FastifyInstance, request: Request): Promise<TopicShown> {
  const id = readId<TopicId>(request.params.id) ?? notFound();
  return (await findTopic(app.db, request.viewer, id)) ?? notFound('There is no such topic.');
}
