// POST /moderation/bulk: several items are decided alike, or laid down again.
import type { FastifyInstance } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { memberOf } from '../../web/guards.ts';
import { Problem } from '../../web/problem.ts';
import { cannedReasons } from '../log/index.ts';
import { readBulkForm, type SeenItem } from './bulk-form.ts';
import { releaseItem } from './commands/claim.ts';
import { decideItem } from './commands/decide.ts';
import { decideEach, type Outcome } from './decide-many.ts';
import { bulkPage } from './pages/bulk.ts';

export async function bulkRoutes(app: FastifyInstance): Promise<void> {
  app.post('/moderation/bulk', async (request, reply) => {
    const reasons = cannedReasons(app);
    const { items, left, todo, form, reason, next } = readBulkForm(request.body, reasons);
    const by = memberOf(request);
    const now = app.clock.now();
    if (!todo) throw new Problem('invalid');
    if (todo === 'release') {
      const release = (tx: Tx, { id: itemId }: SeenItem) => releaseItem(tx, { by, itemId, now });
      return reply.redirect(withOutcome(next, await decideEach(app.db, items, release), left), 303);
    }
    // What was chosen stays chosen: the page asks for the reason alone.
    if (!reason) {
      const again = { items, decision: todo, form, next, reasons };
      return reply.code(422).page('queue/bulk', bulkPage(again));
    }
    const decide = (tx: Tx, { id: itemId, version: seenVersion }: SeenItem) =>
      decideItem(tx, { by, itemId, decision: todo, reason, seenVersion, now });
    return reply.redirect(withOutcome(next, await decideEach(app.db, items, decide), left), 303);
  });
}

/** The page of the queue, told how many were decided and how many are left. */
function withOutcome(next: string, { done, skipped }: Outcome, left: number): string {
  const url = new URL(next, 'http://this.invalid');
  url.searchParams.set('done', String(done));
  url.searchParams.set('skipped', String(skipped + left));
  return url.pathname + url.search + url.hash;
}
