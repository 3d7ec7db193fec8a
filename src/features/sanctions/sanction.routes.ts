// GET and POST /moderation/members/:name/sanction: warning, silencing and suspending.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { eq } from 'drizzle-orm';
import { queueItems } from '../../db/schema/index.ts';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { maySanction } from '../../domain/policy/moderation.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { cannedReasons } from '../log/index.ts';
import { imposeSanction } from './commands/impose.ts';
import { readSanctionForm, sanctionForm, type SanctionInput } from './forms.ts';
import { sanctionPage } from './pages/sanction.ts';
import { loadLadder } from './queries/ladder.ts';
import { findSubject, loadExtent, type Subject } from './queries/subject.ts';

interface NameRequest {
  Params: { name: string };
  Querystring: { item?: unknown };
}

interface Shown extends Partial<Pick<SanctionInput, 'form'>> {
  readonly preview?: SanctionInput['chosen'];
  readonly refusal?: string;
}

export async function sanctionRoutes(app: FastifyInstance): Promise<void> {
  app.get<NameRequest>('/moderation/members/:name/sanction', async (request, reply) => {
    const subject = await readSubject(request);
    return show(reply, subject, readId<QueueItemId>(String(request.query.item)), {});
  });

  app.post<NameRequest>('/moderation/members/:name/sanction', async (request, reply) => {
    const subject = await readSubject(request);
    const itemId = readId<QueueItemId>(readLine(formBody(request.body), 'item'));
    const { form, chosen, isPreview, seenSanction, seenVersion } = readSanctionForm(
      request.body,
      cannedReasons(app),
    );
    if (!chosen) return show(reply.code(422), subject, itemId, { form });
    if (isPreview) return show(reply, subject, itemId, { form, preview: chosen });
    const choice = {
      ...chosen,
      by: memberOf(request),
      memberId: subject.id,
      seenSanction,
      now: app.clock.now(),
      ...(itemId === undefined ? {} : { item: { id: itemId, seenVersion } }),
    };
    try {
      const did = await app.db.transaction((tx) => imposeSanction(tx, choice));
      const done = itemId === undefined ? paths.moderationMember(subject.name) : paths.queue({ did });
      return await reply.redirect(done, 303);
    } catch (error) {
      const refusal = refusalOf(error, reply);
      return show(reply, await readSubject(request), itemId, { form, refusal });
    }
  });

  async function readSubject(request: FastifyRequest<NameRequest>): Promise<Subject> {
    const { name } = request.params;
    const now = app.clock.now();
    const subject = name.includes('\0') ? undefined : await findSubject(app.db, name, now);
    if (!subject) return notFound('There is no member of this name.');
    authorize(maySanction(request.viewer, { memberId: subject.id, role: subject.role }, now));
    return subject;
  }

  async function show(
    reply: FastifyReply,
    subject: Subject,
    itemId: QueueItemId | undefined,
    shown: Shown,
  ): Promise<FastifyReply> {
    const now = app.clock.now();
    const [ladder, extent, item] = await Promise.all([
      loadLadder(app.db, subject.id, now),
      loadExtent(app.db, subject.id),
      itemId === undefined ? undefined : findItem(itemId),
    ]);
    const form = shown.form ?? sanctionForm(ladder.next);
    return reply.page(
      'sanctions/sanction',
      sanctionPage({ reasons: cannedReasons(app), subject, ladder, extent, item, now, ...shown, form }),
    );
  }

  async function findItem(id: QueueItemId) {
    const { version } = queueItems;
    const [item] = await app.db
      .select({ id: queueItems.id, version })
      .from(queueItems)
      .where(eq(queueItems.id, id));
    return item;
  }
}
