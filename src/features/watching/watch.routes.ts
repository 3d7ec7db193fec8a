// GET and POST /moderation/watch: the rules, and a new one that is tried before it is saved. GET and POST
// /moderation/watch/:id: one rule, clearing away what it came too late for, and its end.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type QueueItemId, readId, type WatchRuleId } from '../../domain/ids.ts';
import { DAY } from '../../domain/times.ts';
import { formBody, type Form, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { cannedReasons, emptyReason, readReasonForm, type ReasonFields } from '../log/index.ts';
import { type Cleared, clearWritten } from './commands/clear.ts';
import { endWatchRule, makeWatchRule } from './commands/rules.ts';
import {
  type ClearInput,
  firstWatchForm,
  readClear,
  readWatchForm,
  type TriedRule,
  triedName,
  type WatchFields,
  type WatchInput,
} from './forms.ts';
import { rulePage } from './pages/rule.ts';
import { watchPage } from './pages/watch.ts';
import { findRule, findRuleFor, listRules, type RuleRow } from './queries/rules.ts';
import { findWritten } from './queries/written.ts';

interface RuleRequest {
  Params: { id: string };
  Querystring: { did?: unknown; item?: unknown };
}

export async function watchRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { domain?: unknown; item?: unknown } }>('/moderation/watch', (request, reply) => {
    const { domain, item } = request.query;
    const input = firstWatchForm({ domain, item });
    return show(reply, input, input.untried);
  });

  app.post('/moderation/watch', async (request, reply) => {
    const input = readWatchForm(request.body, cannedReasons(app));
    const { rule, reason, wantsSave, itemId, seen } = input;
    if (!rule) return show(reply.code(422), input, wantsSave ? input.form : input.untried);
    // Changed since it was tried, or never tried: what it would have done comes first.
    if (!wantsSave || seen !== triedName(rule)) return show(reply, input, input.untried);
    if (!reason) return show(reply.code(422), input, input.form);
    const order = { ...rule, reason, by: memberOf(request), now: app.clock.now() };
    try {
      const queue = itemId === undefined ? {} : { queueItemId: itemId };
      const id = await app.db.transaction((tx) => makeWatchRule(tx, { ...order, ...queue }));
      return await clear(request, reply, { id, itemId }, { ...order, rule }, input);
    } catch (error) {
      return show(reply, input, input.form, refusalOf(error, reply));
    }
  });

  async function show(reply: FastifyReply, input: WatchInput, form: Form<WatchFields>, refusal = '') {
    const [rules, trial] = [await listRules(app.db), input.rule && (await tryOut(input.rule))];
    return reply.page(
      'watching/watch',
      watchPage({ reasons: cannedReasons(app), input, form, rules, trial, refusal }),
    );
  }

  async function tryOut(rule: TriedRule) {
    const [written, present] = [
      await findWritten(app.db, rule, app.clock.now()),
      await findRuleFor(app.db, rule),
    ];
    return { rule, written, present };
  }

  await app.register(ruleRoutes);
}

async function ruleRoutes(app: FastifyInstance): Promise<void> {
  app.get<RuleRequest>('/moderation/watch/:id', async (request, reply) => {
    const rule = await open(request);
    return show(reply, rule, {
      form: emptyReason,
      clear: readClear({}),
      cleared: readCleared(request.query.did),
      itemId: readId<QueueItemId>(String(request.query.item)),
    });
  });

  app.post<RuleRequest>('/moderation/watch/:id', async (request, reply) => {
    const rule = await open(request);
    const input = readClear(request.body);
    const { form, reason } = readReasonForm(request.body, cannedReasons(app));
    const order = { by: memberOf(request), now: app.clock.now() };
    if (readLine(formBody(request.body), 'do') === 'clear') {
      const given = { rule: rule.rule, text: rule.reason };
      return clear(request, reply, { id: rule.id }, { ...order, rule, reason: given }, input);
    }
    if (!reason) return show(reply.code(422), rule, { form, clear: input });
    try {
      await app.db.transaction((tx) => endWatchRule(tx, { ...order, reason, ruleId: rule.id }));
    } catch (error) {
      const refusal = refusalOf(error, reply);
      return show(reply, await open(request), { form, clear: input, refusal });
    }
    return reply.redirect(paths.watch(), 303);
  });

  async function open(request: FastifyRequest<RuleRequest>): Promise<RuleRow> {
    const id = readId<WatchRuleId>(request.params.id) ?? notFound();
    return (await findRule(app.db, id)) ?? notFound('There is no such rule.');
  }

  async function show(
    reply: FastifyReply,
    rule: RuleRow,
    shown: {
      readonly form: Form<ReasonFields>;
      readonly clear: ClearInput;
      readonly cleared?: Cleared | undefined;
      readonly itemId?: QueueItemId | undefined;
      readonly refusal?: string;
    },
  ) {
    const takes = rule.endedAt === null && (rule.effect === 'refuse' || rule.effect === 'hold');
    const written = takes ? await findWritten(app.db, rule, app.clock.now()) : undefined;
    const { form, clear: input, cleared, itemId, refusal = '' } = shown;
    return reply.page(
      'watching/rule',
      rulePage({ reasons: cannedReasons(app), rule, written, form, clear: input, cleared, itemId, refusal }),
    );
  }
}

/** Clears as far as one press goes, and leads to the rule, which says what was done and what is left. */
async function clear(
  { server }: FastifyRequest,
  reply: FastifyReply,
  { id, itemId }: { readonly id: WatchRuleId; readonly itemId?: QueueItemId | undefined },
  order: Omit<Parameters<typeof clearWritten>[1], 'hides' | 'suspendsFor'>,
  { hides, suspends, days }: ClearInput,
) {
  const done =
    hides || suspends
      ? await clearWritten(server.db, { ...order, hides, suspendsFor: suspends ? days * DAY : null })
      : { suspended: 0, hidden: 0, refused: 0 };
  const did = [done.suspended, done.hidden, done.refused].join('.');
  return reply.redirect(paths.watchRule(id, { did, item: itemId }), 303);
}

function readCleared(text: unknown): Cleared | undefined {
  const [, suspended, hidden, refused] =
    /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(typeof text === 'string' ? text : '') ?? [];
  if (suspended === undefined) return undefined;
  return { suspended: Number(suspended), hidden: Number(hidden), refused: Number(refused) };
}
