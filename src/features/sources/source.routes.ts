// GET and POST /t/:id/sources/:source: suggesting what is better about one source, and taking it away.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { readId, type SourceId, type TopicId } from '../../domain/ids.ts';
import { changesAtOnce } from '../../domain/policy/suggestions.ts';
import { formOf } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { emptyReason, readReasonForm, type Reason } from '../log/index.ts';
import { listOpenSuggestions, takeBackSuggestion } from '../suggestions/index.ts';
import { openStandingTopic, writerOf } from '../threads/index.ts';
import { sourceAnchor } from '../threads/pages.ts';
import { refusedForm } from '../watch/index.ts';
import { sayPaywall, takeSourceAway } from './commands/change-source.ts';
import type { WantedChange } from './commands/apply-change.ts';
import { suggestChange } from './commands/suggest-change.ts';
import { type ChangeInput, readChangeForm } from './forms.ts';
import { type SourceFacts, sourcePage } from './pages/source.ts';

interface SourceRequest {
  Params: { id: string; source: string };
}
interface Ids {
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
}
type Shown = Pick<SourceFacts, 'form' | 'reasonForm' | 'refusal'>;

/** What moderators decide about a source, and say why. */
const DECISIONS: readonly ChangeInput['name'][] = ['role', 'address', 'remove'];

export async function sourceRoutes(app: FastifyInstance): Promise<void> {
  app.get<SourceRequest>('/t/:id/sources/:source', async (request, reply) =>
    show(request, reply, idsOf(request.params), {
      form: formOf({ url: '', role: '' }),
      reasonForm: emptyReason,
    }),
  );

  app.post<SourceRequest>('/t/:id/sources/:source', async (request, reply) => {
    const ids = idsOf(request.params);
    await openStandingTopic(app.db, request.viewer, ids.topicId);
    const input = readChangeForm(request.body);
    const { name, form } = input;
    const decides = changesAtOnce(request.viewer) && DECISIONS.includes(name);
    const { form: reasonForm, reason } = decides
      ? readReasonForm(request.body, [])
      : { form: emptyReason, reason: undefined };
    const shown = { form, reasonForm };
    if (form.hasErrors || (decides && !reason)) return show(request, reply.code(422), ids, shown);
    try {
      const to = await app.db.transaction((tx) => change(tx, request, ids, input, reason));
      return await reply.redirect(to, 303);
    } catch (error) {
      const watched = refusedForm(form, error);
      if (watched) return show(request, reply.code(422), ids, { ...shown, form: watched });
      return show(request, reply, ids, { ...shown, refusal: refusalOf(error, reply) });
    }
  });
}

/** @returns where it leads: to the source among the others once it is changed, else back to what was suggested. */
async function change(
  tx: Tx,
  request: FastifyRequest,
  ids: Ids,
  { name, role, address }: ChangeInput,
  reason: Reason | undefined,
): Promise<string> {
  const order = { ...writerOf(request), ...ids, reason };
  const here = paths.topicSource(ids.topicId, ids.sourceId);
  const list = paths.topicSources(ids.topicId);
  switch (name) {
    case 'role':
    case 'address': {
      const wanted = wantedOf(name, role, address);
      if (!wanted) throw new Problem('invalid');
      const outcome = await suggestChange(tx, { ...order, change: wanted });
      return outcome === 'noted' ? here : `${list}#${sourceAnchor(ids.sourceId)}`;
    }
    case 'paywall':
    case 'no-paywall':
      await sayPaywall(tx, { ...order, paywall: name === 'paywall' });
      return here;
    case 'remove':
      await takeSourceAway(tx, order);
      return list;
    case 'take-back-role':
    case 'take-back-address': {
      const kind = name === 'take-back-role' ? 'role' : 'address';
      await takeBackSuggestion(tx, { subject: { kind, ...ids }, memberId: order.viewer.id, now: order.now });
      return here;
    }
    default:
      throw new Problem('invalid');
  }
}

function wantedOf(
  kind: 'role' | 'address',
  role: ChangeInput['role'],
  address: ChangeInput['address'],
): WantedChange | undefined {
  if (kind === 'role') return role ? { kind, role } : undefined;
  return address ? { kind, address } : undefined;
}

async function show(request: FastifyRequest, reply: FastifyReply, ids: Ids, shown: Shown) {
  const { server } = request;
  const { viewer, limitsInForce, now } = writerOf(request);
  const topic = await openStandingTopic(server.db, viewer, ids.topicId);
  const source =
    topic.sources.find(({ id }) => id === ids.sourceId) ?? notFound('This source is not there any more.');
  const open = await listOpenSuggestions(server.db, ids, viewer.id);
  return reply.page(
    'sources/show',
    sourcePage({ ...shown, viewer, limitsInForce, now, topic, source, open }),
  );
}

function idsOf({ id, source }: SourceRequest['Params']): Ids {
  return { topicId: readId<TopicId>(id) ?? notFound(), sourceId: readId<SourceId>(source) ?? notFound() };
}
