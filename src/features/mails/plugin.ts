// The mailbox of development, where mails can be read that are not sent. Nothing of it exists in production.
import type { FastifyInstance } from 'fastify';
import { Mailbox } from '../../lib/mailer.ts';
import { noStore } from '../../web/guards.ts';

export async function mails(app: FastifyInstance): Promise<void> {
  const { config, mailer } = app;
  if (config.production || !(mailer instanceof Mailbox)) return;
  // Loaded only here: it sanitises HTML, which production does in the thread of the Markdown renderer alone.
  const { mailboxRoutes } = await import('./mailbox.routes.ts');
  await app.register(async (scope) => {
    scope.addHook('onRequest', noStore);
    await scope.register(mailboxRoutes, { mailbox: mailer });
  });
}
