// GET and POST /t/:id/merge: merging a topic with another one, and undoing that.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TopicId, readId } from '../../domain/ids.ts';
import { mayMergeTopics, mayStartMerge } from '../../domain/policy/merges.ts';
import { formBody, formOf, readLine, type Form } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { cannedReasons, emptyReason, readReasonForm } from '../log/index.ts';
import { mergeTopics } from './commands/merge.ts';
import { unmergeTopics } from './commands/unmerge.ts';
import { decide } from './deciding.ts';
import { mergeForm, readMergeForm, readOtherTopic, type MergeFields } from './forms.ts';
import { mergeChoicePage, mergePage, suggestStays, unmergePage } from './pages/merge.ts';
import {
  countMoving,
  countReturning,
  findMergeable,
  listCandidates,
  type MergeableTopic,
} from './queries/merges.ts';

interface MergeRequest {
  Params: { id: string };
  Querystring: { readonly with?: unknown };
}
type Request = FastifyRequest<MergeRequest>;

export async function mergeRoutes(app: FastifyInstance): Promise<void> {
  app.get<MergeRequest>('/t/:id/merge', async (request, reply) => {
    const topic = await readTopic(request);
    if (topic.mergedIntoId !== null)
      return reply.page('moderation/decision', await undoing(request, topic, emptyReason));
    authorize(mayStartMerge(request.viewer, topic, app.clock.now()));
    const { other, form } = await readOther(request, topic);
    if (!other) return choose(reply, topic, form);
    return reply.page(
      'moderation/decision',
      await choosing(topic, other, mergeForm(suggestStays(topic, other), cannedReasons(app))),
    );
  });

  app.post<MergeRequest>('/t/:id/merge', async (request, reply) => {
    const topic = await readTopic(request);
    if (readLine(formBody(request.body), 'do') === 'unmerge') return undo(request, reply, topic);
    // Another moderator may have been faster: what was sent is answered with its own form, and mergeTopics says why not.
    const { named: other, form: choice } = await readOther(request, topic);
    if (!other || other.id === topic.id) return choose(reply, topic, choice);
    const { form, merge } = readMergeForm(request.body, [topic.id, other.id], cannedReasons(app));
    const again = async () =>
      choosing(await readTopic(request), (await find(request, other.id)) ?? other, form);
    if (!merge) return reply.code(422).page('moderation/decision', await again());
    const [stays, goes] = merge.stays === topic.id ? [topic, other] : [other, topic];
    const { reason } = merge;
    const order = { by: memberOf(request), topicId: goes.id, intoId: stays.id, reason, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => mergeTopics(tx, order), to: paths.topic(stays), again });
  });

  async function undo(request: Request, reply: FastifyReply, topic: MergeableTopic) {
    const { form, reason } = readReasonForm(request.body, []);
    const again = async () => undoing(request, await readTopic(request), form);
    if (!reason) return reply.code(422).page('moderation/decision', await again());
    const order = { by: memberOf(request), topicId: topic.id, reason, now: app.clock.now() };
    return decide(app, reply, { change: (tx) => unmergeTopics(tx, order), to: paths.topic(topic), again });
  }

  /** The page that asks for the other topic. */
  async function choose(reply: FastifyReply, topic: MergeableTopic, form: Form<'with'>) {
    if (form.hasErrors) reply.code(422);
    return reply.page('moderation/merge', mergeChoicePage(topic, await listCandidates(app.db, topic), form));
  }

  /** The page that asks which of both stays. */
  async function choosing(topic: MergeableTopic, other: MergeableTopic, form: Form<MergeFields>) {
    const moving = await countMoving(app.db, topic, other);
    const otherMoving = await countMoving(app.db, other, topic);
    return mergePage({ topic, moving }, { topic: other, moving: otherMoving }, form, cannedReasons(app));
  }

  async function undoing({ viewer }: Request, topic: MergeableTopic, form: typeof emptyReason) {
    const into =
      topic.mergedIntoId === null ? topic : await findMergeable(app.db, viewer, topic.mergedIntoId);
    return unmergePage(topic, into ?? topic, await countReturning(app.db, topic.id), form);
  }

  async function find(request: Request, id: TopicId): Promise<MergeableTopic | undefined> {
    return findMergeable(app.db, request.viewer, id);
  }

  async function readTopic(request: Request): Promise<MergeableTopic> {
    const id = readId<TopicId>(request.params.id) ?? notFound();
    return (await find(request, id)) ?? notFound('There is no such topic.');
  }

  /** The topic that the address names, if there is one; the other one, if they can be merged; and what is wrong. */
  async function readOther(request: Request, topic: MergeableTopic) {
    const typed = readLine({ ...request.query }, 'with');
    if (typed === '') return { named: undefined, other: undefined, form: formOf({ with: '' }) };
    const id = readOtherTopic(typed);
    const named = id === undefined ? undefined : await find(request, id);
    const fault = named
      ? whyNot(request, topic, named)
      : 'There is no such topic. Give its address or its number.';
    const form = formOf({ with: typed }, { with: fault });
    return { named, other: fault === undefined ? named : undefined, form };
  }

  /** Why two topics cannot be merged, whichever stays. */
  function whyNot({ viewer }: Request, one: MergeableTopic, other: MergeableTopic): string | undefined {
    const now = app.clock.now();
    const verdict = mayMergeTopics(viewer, one, other, now);
    if (verdict.allowed || mayMergeTopics(viewer, other, one, now).allowed) return undefined;
    return verdict.reason;
  }
}
