// GET and POST /confirm, POST /confirm/send: whether an e-mail address is the member's.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openSealedKey } from '../../lib/sealed-key.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, requireMember } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { askAgain, confirmAddress } from './commands/confirmation.ts';
import { emailForm, readEmailForm } from './forms.ts';
import { askedPage, confirmedPage, confirmPage } from './pages/confirm.ts';
import { findMailLink, findOwnAccount } from './queries.ts';
import type { MailOptions, SecretsOptions } from './link-options.ts';

interface ConfirmRequest {
  Querystring: { key?: unknown; done?: unknown; next?: unknown };
}

export async function confirmRoutes(
  app: FastifyInstance,
  { secrets, spendMail }: SecretsOptions & MailOptions,
): Promise<void> {
  const linkOf = (key: unknown) => openSealedKey(secrets[0], 'confirm', key);

  app.get<ConfirmRequest>(paths.confirm(), async (request, reply) => {
    const { query, viewer } = request;
    if (query.key !== undefined) {
      const link = await findMailLink(app.db, linkOf(query.key), 'confirm', app.clock.now());
      const key = readText(formBody(query), 'key');
      const next = safeNext(query.next);
      return reply.code(link ? 200 : 410).page('members/confirm', confirmPage({ link, key, next, viewer }));
    }
    if (query.done !== undefined)
      return reply.page('members/confirmed', confirmedPage({ viewer, next: safeNext(query.next) }));
    await requireMember(request, reply);
    if (!reply.sent) await showAsked(request, reply);
    return reply;
  });

  app.post(paths.confirm(), async (request, reply) => {
    const { key, next: wanted } = formBody(request.body);
    const next = safeNext(wanted);
    const linkId = linkOf(key);
    const outcome =
      linkId === undefined
        ? 'gone'
        : await app.db.transaction((tx) => confirmAddress(tx, linkId, secrets, app.clock.now()));
    if (outcome === 'confirmed') {
      // Whoever is logged in goes on where they were; the others are told that they can log in now.
      const goesOn = request.viewer.kind === 'member' && next !== paths.front();
      const done = { done: 1, ...(next !== paths.front() && { next }) };
      return reply.redirect(goesOn ? next : paths.confirm(done), 303);
    }
    const page = confirmPage({
      link: undefined,
      key: '',
      next,
      viewer: request.viewer,
      taken: outcome === 'taken',
    });
    return reply.code(outcome === 'taken' ? 409 : 410).page('members/confirm', page);
  });

  app.post(
    paths.confirmSend(),
    { ...budget('sign-up'), onRequest: requireMember },
    async (request, reply) => {
      const { values, form } = readEmailForm(request.body);
      if (form.hasErrors) return showAsked(request, reply.code(422), { form });
      await spendMail(request, reply);
      try {
        await app.db.transaction((tx) =>
          askAgain(tx, memberOf(request), { ...values, secrets }, app.clock.now()),
        );
      } catch (error) {
        return showAsked(request, reply, { form, refusal: refusalOf(error, reply) });
      }
      return reply.redirect(paths.confirm({ sent: 1 }), 303);
    },
  );

  /** Where the mail went, and how to get another. */
  async function showAsked(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: { readonly form?: ReturnType<typeof emailForm>; readonly refusal?: string } = {},
  ): Promise<FastifyReply> {
    const { id, confirmedAt } = memberOf(request);
    const { email } = (await findOwnAccount(app.db, id, app.clock.now())) ?? notFound();
    if (confirmedAt !== null)
      return reply.page('members/confirmed', confirmedPage({ viewer: request.viewer, next: paths.front() }));
    const { form = emailForm(email ?? ''), refusal = '' } = answer;
    return reply.page(
      'members/confirm-asked',
      askedPage({ email: email ?? '', form, refusal, mailsHref: mailsHrefOf(app) }),
    );
  }
}

/** In development no mail leaves: there it is to be read on the forum itself. */
function mailsHrefOf({ config }: FastifyInstance): string {
  return !config.production && config.smtpUrl === undefined ? paths.devMails() : '';
}
