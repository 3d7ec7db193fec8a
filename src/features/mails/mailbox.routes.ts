// GET /dev/mail and /dev/mail/:n.
import type { FastifyInstance } from 'fastify';
import type { Mailbox } from '../../lib/mailer.ts';
import { sanitise } from '../../lib/markdown/sanitise.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { keptMailPage, mailboxPage } from './pages.ts';

const BODY = /<body>(.*)<\/body>/s;

export async function mailboxRoutes(
  app: FastifyInstance,
  { mailbox }: { readonly mailbox: Mailbox },
): Promise<void> {
  app.get(paths.devMails(), async (_request, reply) => reply.page('dev/mails', mailboxPage(mailbox.mails())));

  app.get<{ Params: { n: string } }>('/dev/mail/:n', async (request, reply) => {
    const mail =
      mailbox.find(Number(request.params.n)) ??
      notFound('There is no such mail. The last 200 are kept, until the process ends.');
    const bodyHtml = sanitise(BODY.exec(mail.html)?.[1] ?? '');
    return reply.page('dev/mail', keptMailPage(mail, bodyHtml));
  });
}
