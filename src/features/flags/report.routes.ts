// GET and POST /p/:id/report: whoever reads here, with an account or without, reports a post as illegal.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { mayReportIllegal } from '../../domain/policy/flags.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { senderOf } from '../../web/plugins/rate-budgets.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { findShownPost } from '../threads/index.ts';
import { reportIllegal } from './commands/report-illegal.ts';
import { emptyReport, readReportForm } from './forms.ts';
import { stateForOthers } from './lock-subject.ts';
import { type ReportFacts, reportedPage, reportPage } from './pages/report.ts';

interface PostRequest {
  Params: { id: string };
}

export async function reportRoutes(app: FastifyInstance): Promise<void> {
  const spendReport = app.budgetPer('report', senderOf);
  const spendMail = app.budgetPer('mailbox', ({ body }) => emailKey(readLine(formBody(body), 'email')));

  app.get<PostRequest & { Querystring: { sent?: unknown } }>('/p/:id/report', async (request, reply) => {
    // What was reported may be hidden by now: of the post itself nothing is said.
    if (request.query.sent === '1') return reply.page('flags/reported', reportedPage(idOf(request)));
    return show(request, reply, { form: emptyReport });
  });

  app.post<PostRequest>('/p/:id/report', async (request, reply) => {
    const { form, report } = readReportForm(request.body);
    if (!report) return show(request, reply.code(422), { form });
    const postId = idOf(request);
    try {
      await spendReport(request, reply);
      if (report.email !== '') await spendMail(request, reply);
      const order = { ...report, viewer: request.viewer, postId, now: app.clock.now() };
      await app.db.transaction((tx) => reportIllegal(tx, order));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.postReport(postId, { sent: 1 }), 303);
  });

  /** @throws Problem when there is nothing (any more) that could be reported: its text is shown to nobody here */
  async function show(
    request: FastifyRequest<PostRequest>,
    reply: FastifyReply,
    sent: Pick<ReportFacts, 'form' | 'refusal'>,
  ) {
    const { viewer } = request;
    const post = (await findShownPost(app.db, viewer, idOf(request))) ?? notFound('There is no such post.');
    const state = stateForOthers(post.state, post.topic.state);
    authorize(mayReportIllegal(viewer, { authorId: post.authorId, state }));
    const { settings } = app.site.current();
    const page = reportPage({ ...sent, post, viewer, contact: settings.contact });
    return reply.page('flags/report', page);
  }
}

function idOf(request: FastifyRequest<PostRequest>): PostId {
  return readId<PostId>(request.params.id) ?? notFound();
}
