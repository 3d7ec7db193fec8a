// GET /decisions/:id: what a decision says to whom it concerns. POST /decisions/:id/appeal: an appeal against it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listConcerned } from '../../db/concerned.ts';
import { findAppeal, findStatement, listOwnTexts } from '../../db/statements.ts';
import { type ActionId, readId } from '../../domain/ids.ts';
import { mayReadDecision } from '../../domain/policy/appeals.ts';
import { isSelf } from '../../domain/viewer.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { appeal, withdrawAppeal } from './commands/appeal.ts';
import { emptyAppeal, readAppealForm } from './forms.ts';
import { decisionPage, type DecisionPageFacts } from './pages.ts';
import { findName } from './queries.ts';

interface DecisionRequest {
  Params: { id: string };
}
type Sent = Pick<DecisionPageFacts, 'form' | 'refusal'>;

export async function decisionRoutes(app: FastifyInstance): Promise<void> {
  app.get<DecisionRequest>('/decisions/:id', (request, reply) => show(request, reply, { form: emptyAppeal }));

  app.post<DecisionRequest>('/decisions/:id/appeal', async (request, reply) => {
    const { actionId } = await findReader(request);
    const { form, text, withdraw } = readAppealForm(request.body);
    const order = { by: memberOf(request), actionId, now: app.clock.now() };
    try {
      if (withdraw) await app.db.transaction((tx) => withdrawAppeal(tx, order));
      else if (text === undefined) return await show(request, reply.code(422), { form });
      else await app.db.transaction((tx) => appeal(tx, { ...order, text }));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(`${paths.decision(actionId)}#appeal`, 303);
  });

  /** The decision and as whom the viewer reads it: themselves, or as a moderator the first of those it concerns. */
  async function findReader(request: FastifyRequest<DecisionRequest>) {
    const actionId = readId<ActionId>(request.params.id);
    const concerned = actionId === undefined ? [] : await listConcerned(app.db, actionId);
    const own = concerned.some(({ memberId }) => isSelf(request.viewer, memberId));
    const memberId = own ? memberOf(request).id : concerned[0]?.memberId;
    const may = mayReadDecision(request.viewer, own, app.clock.now());
    // Nobody learns here which decisions there are.
    if (actionId === undefined || memberId === undefined || !may.allowed) {
      throw new Problem('not-found', 'If there is such a decision, it does not concern you.', {
        link: { href: paths.moderationLog(), text: 'What everybody may know of decisions stands in the log' },
      });
    }
    return { actionId, memberId, own };
  }

  async function show(request: FastifyRequest<DecisionRequest>, reply: FastifyReply, sent: Sent) {
    const { actionId, memberId, own } = await findReader(request);
    const [statement, appealed, texts, name] = await Promise.all([
      findStatement(app.db, actionId, memberId),
      findAppeal(app.db, actionId),
      own ? listOwnTexts(app.db, actionId, memberId) : [],
      findName(app.db, memberId),
    ]);
    if (!statement || name === undefined) throw new Problem('not-found');
    const { settings } = app.site.current();
    const facts = { statement, texts, settings, viewer: memberOf(request), now: app.clock.now() };
    return reply.page(
      'appeals/decision',
      decisionPage({ ...facts, ...sent, appeal: appealed, readAs: own ? undefined : name }),
    );
  }
}
