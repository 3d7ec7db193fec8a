// GET and POST /unsubscribe: ends mails for whoever has one of them, without logging in. The POST is the one click of mail
// programs (RFC 8058), which send no Origin: the key in the address is the right (web/plugins/origin-rule.ts).
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { MemberId } from '../../domain/ids.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { openUnsubscribeKey, type Unsubscribed } from '../mails/index.ts';
import { askForWeek } from '../members/index.ts';
import { endMails } from './commands.ts';
import { unsubscribePage } from './pages/unsubscribe.ts';
import { isMember } from './queries.ts';

export interface UnsubscribeOptions {
  /** Seals the keys; those of earlier secrets open, since links in mails do not expire. */
  readonly secrets: readonly string[];
}

export async function unsubscribeRoutes(
  app: FastifyInstance,
  { secrets }: UnsubscribeOptions,
): Promise<void> {
  // As RFC 8058 wants the click sent. What it says is nothing new: the key in the address is all that is asked.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, done) => {
    done(null);
  });
  const orderOf = ({ query }: Pick<FastifyRequest, 'query'>) => {
    const { key } = query as { readonly key?: unknown };
    for (const secret of secrets) {
      const order = openUnsubscribeKey(secret, key);
      if (order) return order;
    }
    return undefined;
  };
  const mustOpen = async (request: FastifyRequest) => {
    const order = orderOf(request);
    if (!order || !(await isMember(app.db, order.memberId)))
      notFound('This link ends no mails. It was cut off, or the account is gone.');
    return order;
  };

  app.get(paths.unsubscribe(), async (request, reply) => {
    const { what } = await mustOpen(request);
    return reply.page('notifications/unsubscribe', unsubscribePage({ what, here: request.url, done: false }));
  });

  app.post(
    paths.unsubscribe(),
    { config: { isTokenRequest: (request) => orderOf(request) !== undefined } },
    async (request, reply) => {
      const { memberId, what } = await mustOpen(request);
      await end(app, memberId, what);
      return reply.page(
        'notifications/unsubscribe',
        unsubscribePage({ what, here: request.url, done: true }),
      );
    },
  );
}

async function end(app: FastifyInstance, memberId: MemberId, what: Unsubscribed): Promise<void> {
  await app.db.transaction((tx) =>
    what === 'week' ? askForWeek(tx, memberId, false, app.clock.now()) : endMails(tx, memberId, what),
  );
}
