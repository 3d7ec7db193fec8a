// GET and POST /settings/invitations, POST /settings/invitations/take-back: whom a member wants to bring here.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LENGTHS } from '../../domain/limits.ts';
import { mayInvite } from '../../domain/policy/invitations.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { sealedKey } from '../../lib/sealed-key.ts';
import { formBody, formOf, readLine, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { invite, takeBackInvitation } from './commands/invitations.ts';
import { countInvitations, listInvitations } from './invitation-queries.ts';
import { type InvitationForms, invitationsPage } from './pages/invitations.ts';

export async function invitationsRoutes(
  app: FastifyInstance,
  { secret }: { readonly secret: string },
): Promise<void> {
  const mode = () => app.site.current().settings.signUp;

  app.get<{ Querystring: { saved?: unknown } }>(paths.ownInvitations(), async (request, reply) =>
    show(request, reply, { saved: request.query.saved }),
  );

  app.post(paths.ownInvitations(), async (request, reply) => {
    const note = cleanTitle(readLine(formBody(request.body), 'note'));
    const over = [...note].length - LENGTHS.invitationNote;
    const form = formOf(
      { note },
      {
        note:
          over > 0
            ? `The note is too long by ${over}: it may have ${LENGTHS.invitationNote} characters.`
            : undefined,
      },
    );
    if (form.hasErrors) return show(request, reply.code(422), { form });
    try {
      await app.db.transaction((tx) =>
        invite(tx, memberOf(request), { note, mode: mode() }, app.clock.now()),
      );
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.ownInvitations({ saved: 'made' }), 303);
  });

  // Which one stands in the form and not in the address, since addresses are logged.
  app.post(paths.takeBackInvitation(), async (request, reply) => {
    const id = readText(formBody(request.body), 'invitation');
    await app.db.transaction((tx) => takeBackInvitation(tx, memberOf(request).id, id));
    return reply.redirect(paths.ownInvitations({ saved: 'taken-back' }), 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: InvitationForms,
  ): Promise<FastifyReply> {
    const member = memberOf(request);
    const now = app.clock.now();
    const counts = await countInvitations(app.db, member.id, now);
    const page = invitationsPage({
      ...answer,
      member,
      verdict: mayInvite(member, { mode: mode(), ...counts }, now),
      open: counts.open,
      invitations: await listInvitations(app.db, member.id, now),
      hrefOf: (id) =>
        app.config.siteUrl + paths.signUp(undefined, { key: sealedKey(secret, 'invitation', id) }),
    });
    return reply.page('members/invitations', page);
  }
}
