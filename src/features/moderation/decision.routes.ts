// What moderators do outside the queue: /p/:id/hide, /p/:id/restore, /t/:id/lock and /t/:id/pin, each a form with a
// reason and the decision it makes.
import type { FastifyInstance } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { type ActionId, readId } from '../../domain/ids.ts';
import { mayHidePost, mayRestorePost } from '../../domain/policy/posts.ts';
import { mayHideTopic, mayPinTopic, mayRestoreTopic, mayUnpinTopic } from '../../domain/policy/topics.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, Problem } from '../../web/problem.ts';
import { cannedReasons, emptyReason, readReasonForm } from '../log/index.ts';
import { countBelow } from '../threads/index.ts';
import { hidePosts } from './commands/hide.ts';
import { restore } from './commands/restore.ts';
import { lockTopic, pinTopic, unlockTopic, unpinTopic } from './commands/topics.ts';
import { decide } from './deciding.ts';
import { emptyPin, readPinForm } from './forms.ts';
import { hidePage, lockPage, pinPage, restorePage } from './pages/decision.ts';
import { listHides } from './queries/hides.ts';
import { type IdRequest, readPost, readTopic } from './subjects.ts';

export async function decisionRoutes(app: FastifyInstance): Promise<void> {
  await app.register(hideRoutes);
  await app.register(restoreRoutes);
  await app.register(lockRoutes);
  await app.register(pinRoutes);
}

async function hideRoutes(app: FastifyInstance): Promise<void> {
  const reasons = () => cannedReasons(app);
  app.get<IdRequest>('/p/:id/hide', async (request, reply) => {
    const post = await readPost(request);
    const [viewer, now] = [request.viewer, app.clock.now()];
    authorize(post.isOpening ? mayHideTopic(viewer, post.topic, now) : mayHidePost(viewer, post, now));
    const below = await countBelow(app.db, post.id);
    return reply.page('moderation/decision', hidePage(post, below, false, emptyReason, reasons()));
  });

  app.post<IdRequest>('/p/:id/hide', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body, reasons());
    const { id: postId } = await readPost(request);
    const withReplies = readLine(formBody(request.body), 'extent') === 'branch';
    const again = async () =>
      hidePage(await readPost(request), await countBelow(app.db, postId), withReplies, form, reasons());
    if (!reason) return reply.code(422).page('moderation/decision', await again());
    const order = { by: memberOf(request), postId, withReplies, reason, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => hidePosts(tx, order), to: paths.post(postId), again });
  });
}

async function restoreRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/p/:id/restore', async (request, reply) => {
    const post = await readPost(request);
    const [viewer, now] = [request.viewer, app.clock.now()];
    authorize(post.isOpening ? mayRestoreTopic(viewer, post.topic, now) : mayRestorePost(viewer, post, now));
    const hides = await listHides(app.db, post);
    return reply.page('moderation/decision', restorePage(post, hides, hides[0]?.actionId, emptyReason));
  });

  app.post<IdRequest>('/p/:id/restore', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body, []);
    const post = await readPost(request);
    const named = readId<ActionId>(readLine(formBody(request.body), 'action'));
    // Of several decisions that hide a post the form names one; the newest is meant where it names none.
    const actionId = named ?? (await listHides(app.db, post))[0]?.actionId;
    const again = async () => {
      const hides = await listHides(app.db, post);
      const chosen = hides.find((hide) => hide.actionId === actionId) ?? hides[0];
      return restorePage(await readPost(request), hides, chosen?.actionId, form);
    };
    if (!reason) return reply.code(422).page('moderation/decision', await again());
    const change = async (tx: Tx) => {
      const inForce = (await listHides(tx, post)).some((hide) => hide.actionId === actionId);
      if (actionId === undefined || !inForce)
        throw new Problem('conflict', 'This decision is not in force any more.');
      return restore(tx, { by: memberOf(request), actionId, reason, now: app.clock.now() });
    };
    return decide(app, reply, { change, to: paths.post(post.id), again });
  });
}

async function lockRoutes(app: FastifyInstance): Promise<void> {
  const reasons = () => cannedReasons(app);
  app.get<IdRequest>('/t/:id/lock', async (request, reply) =>
    reply.page('moderation/decision', lockPage(await readTopic(request), emptyReason, reasons())),
  );

  app.post<IdRequest>('/t/:id/lock', async (request, reply) => {
    const { form, reason } = readReasonForm(request.body, reasons());
    const topic = await readTopic(request);
    const again = async () => lockPage(await readTopic(request), form, reasons());
    if (!reason) return reply.code(422).page('moderation/decision', await again());
    // The button names what it does: of two who press it at once, the second must not undo what the first did.
    const change = readLine(formBody(request.body), 'do') === 'unlock' ? unlockTopic : lockTopic;
    const order = { by: memberOf(request), topicId: topic.id, reason, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => change(tx, order), to: paths.topic(topic), again });
  });
}

async function pinRoutes(app: FastifyInstance): Promise<void> {
  app.get<IdRequest>('/t/:id/pin', async (request, reply) => {
    const topic = await readTopic(request);
    const now = app.clock.now();
    const pinned = mayUnpinTopic(request.viewer, topic, now).allowed;
    if (!pinned) authorize(mayPinTopic(request.viewer, topic, now));
    return reply.page('moderation/decision', pinPage(topic, pinned, emptyPin));
  });

  app.post<IdRequest>('/t/:id/pin', async (request, reply) => {
    const topic = await readTopic(request);
    const now = app.clock.now();
    const { form, pin } = readPinForm(request.body);
    const again = async () => {
      const current = await readTopic(request);
      return pinPage(current, mayUnpinTopic(request.viewer, current, now).allowed, form);
    };
    if (!pin) return reply.code(422).page('moderation/decision', await again());
    const { length, reason } = pin;
    const order = { by: memberOf(request), topicId: topic.id, reason, now };
    const change = (tx: Tx) =>
      length === null
        ? unpinTopic(tx, order)
        : pinTopic(tx, { ...order, until: new Date(now.getTime() + length) });
    return decide(app, reply, { change, to: paths.topic(topic), again });
  });
}
