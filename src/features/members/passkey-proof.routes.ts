// POST /confirm-identity/passkey: a passkey, before something is changed that opens the account.
import type { FastifyInstance } from 'fastify';
import { formBody } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { refusalSentence } from './pages/passkeys.ts';
import { askToShow, takeShown } from './passkey-ceremony.ts';
import { listPasskeys } from './passkey-queries.ts';
import { startSession } from './session.ts';
import { showConfirmIdentity } from './show-confirm-identity.ts';

export async function passkeyProofRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.confirmIdentityPasskeyOptions(), async (request) =>
    askToShow(request, 'prove', await listPasskeys(app.db, memberOf(request).id)),
  );

  app.post(paths.confirmIdentityPasskey(), budget('sign-in'), async (request, reply) => {
    const next = safeNext(formBody(request.body).next);
    const shown = await takeShown(request, 'prove');
    if (!shown.ok) {
      const passkeyRefusal = refusalSentence(shown.refusal);
      return showConfirmIdentity(request, reply.code(422), next, { passkeyRefusal });
    }
    // Under a new id: whoever knows the old one has not shown anything.
    await startSession(request, shown.memberId);
    return reply.redirect(next, 303);
  });
}
