// /settings/two-step: turning two-step login on and off, and new recovery codes. All of it only for who has shown a short
// while ago that it is them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { openKey } from './commands/second-factor.ts';
import { makeRecoveryCodes, startTwoStep, turnOffTwoStep, turnOnTwoStep } from './commands/two-step.ts';
import { codeForm, readCodeForm, wrongCodeForm } from './factor-forms.ts';
import { findNewKey, findTwoStep } from './factor-queries.ts';
import { recoveryCodesPage, twoStepPage } from './pages/two-step.ts';
import { renewSession } from './session.ts';
import type { CodeOptions } from './sign-in-code.routes.ts';

export async function twoStepRoutes(app: FastifyInstance, { sealer, spendCode }: CodeOptions): Promise<void> {
  app.get(paths.twoStep(), async (request, reply) => show(request, reply));

  app.post(paths.twoStepStart(), async (request, reply) => {
    const { id } = memberOf(request);
    await app.db.transaction((tx) => startTwoStep(tx, sealer, id, app.clock.now()));
    return reply.redirect(paths.twoStep(), 303);
  });

  app.post(paths.twoStepOn(), async (request, reply) => {
    const { given, form } = readCodeForm(request.body);
    if (form.hasErrors) return show(request, reply.code(422), form);
    const { id } = memberOf(request);
    const codes = await app.db.transaction((tx) =>
      turnOnTwoStep(tx, sealer, id, given.code, app.clock.now()),
    );
    if (codes === 'wrong') return show(request, reply.code(422), wrongCodeForm(given));
    if (codes === 'gone') return reply.redirect(paths.twoStep(), 303);
    await renewSession(request);
    return showCodes(reply, codes, { turnedOn: true });
  });

  app.post(paths.twoStepCodes(), async (request, reply) => {
    const { id } = memberOf(request);
    return showCodes(reply, await app.db.transaction((tx) => makeRecoveryCodes(tx, id, app.clock.now())), {
      turnedOn: false,
    });
  });

  app.post(paths.twoStepOff(), budget('sign-in'), async (request, reply) => {
    const { given, form } = readCodeForm(request.body);
    if (form.hasErrors) return show(request, reply.code(422), form);
    await spendCode(request, reply);
    const { id } = memberOf(request);
    const off = await app.db.transaction((tx) => turnOffTwoStep(tx, sealer, id, given, app.clock.now()));
    if (!off) return show(request, reply.code(422), wrongCodeForm(given));
    await renewSession(request);
    return reply.redirect(paths.account({ saved: 'two-step-off' }), 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    form = codeForm(),
  ): Promise<FastifyReply> {
    const { id, name } = memberOf(request);
    const twoStep = await findTwoStep(app.db, id);
    const key = twoStep.onSince === null ? await findNewKey(app.db, id, app.clock.now()) : undefined;
    const newKey = key && openKey(sealer, id, key).text;
    const account = { issuer: app.site.current().settings.name, account: name };
    return reply.page('members/two-step', twoStepPage({ twoStep, newKey, account, form }));
  }
}

/** In the answer itself and not behind a redirect: for that they would have to be kept somewhere. */
function showCodes(
  reply: FastifyReply,
  codes: readonly string[],
  { turnedOn }: { readonly turnedOn: boolean },
): FastifyReply {
  return reply.page('members/recovery-codes', recoveryCodesPage({ codes, turnedOn }));
}
