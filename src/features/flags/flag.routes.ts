// GET and POST /p/:id/flag: members report a post, change their report, or take it back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { mayFlagPost } from '../../domain/policy/posts.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { flagPost, takeBackFlag } from './commands/flag-post.ts';
import { flagForm, readFlagForm } from './forms.ts';
import { flagPage, type FlagFacts } from './pages/flag.ts';
import { countFlagsToday, findOwnFlag, type OwnFlag } from './queries/flags.ts';
import { findShownPost, type PostShown } from '../threads/index.ts';

interface PostRequest {
  Params: { id: string };
}
interface Subject {
  readonly post: PostShown;
  readonly own: OwnFlag | undefined;
}

export async function flagRoutes(app: FastifyInstance): Promise<void> {
  app.get<PostRequest>('/p/:id/flag', async (request, reply) => {
    const subject = await findSubject(request);
    await authorizeFlag(request, subject);
    return reply.page('flags/flag', flagPage({ ...subject, form: flagForm(subject.own) }));
  });

  app.post<PostRequest>('/p/:id/flag', async (request, reply) => {
    const subject = await findSubject(request);
    const { id: postId } = subject.post;
    const order = { by: memberOf(request), postId, now: app.clock.now() };
    if (readFlag(formBody(request.body), 'undo')) {
      await app.db.transaction((tx) => takeBackFlag(tx, order));
      return reply.redirect(paths.post(postId), 303);
    }
    const { form, flag } = readFlagForm(request.body);
    try {
      if (!flag) {
        // What cannot be flagged whatever is filled in is not asked for again.
        await authorizeFlag(request, subject);
        return await show(request, reply.code(422), { form });
      }
      await app.db.transaction((tx) => flagPost(tx, { ...order, ...flag }));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.post(postId), 303);
  });

  /** The page with what was sent, beside the post as it is now. */
  async function show(
    request: FastifyRequest<PostRequest>,
    reply: FastifyReply,
    sent: Pick<FlagFacts, 'form' | 'refusal'>,
  ) {
    return reply.page('flags/flag', flagPage({ ...(await findSubject(request)), ...sent }));
  }

  async function findSubject(request: FastifyRequest<PostRequest>): Promise<Subject> {
    const id = readId<PostId>(request.params.id) ?? notFound();
    const post = (await findShownPost(app.db, request.viewer, id)) ?? notFound('There is no such post.');
    return { post, own: await findOwnFlag(app.db, memberOf(request).id, id) };
  }

  /** Says so before anything is typed when a flag would be refused. One that waits can always be taken back. */
  async function authorizeFlag(request: FastifyRequest, { post, own }: Subject): Promise<void> {
    if (own) return;
    const now = app.clock.now();
    const flagsToday = await countFlagsToday(app.db, memberOf(request).id, now);
    authorize(mayFlagPost(request.viewer, { ...post, alreadyFlagged: false, flagsToday }, now));
  }
}
