// GET and POST /p/:id/flag, /u/:name/flag and /t/:id/sources/:source/flag: members report something, change their
// report, or take it back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayFlag } from '../../domain/policy/flags.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { giveFlag, takeBackFlag } from './commands/give-flag.ts';
import {
  type FindSubject,
  findMember,
  findPost,
  findSource,
  flaggableOf,
  subjectOf,
  type SubjectShown,
} from './find-subject.ts';
import { flagForm, readFlagForm } from './forms.ts';
import { flagPage, type FlagFacts } from './pages/flag.ts';
import { countFlagsToday, findOwnFlag } from './queries/flags.ts';

export async function flagRoutes(app: FastifyInstance): Promise<void> {
  offer('/p/:id/flag', findPost);
  offer('/u/:name/flag', findMember);
  offer('/t/:id/sources/:source/flag', findSource);

  function offer<Params>(url: string, find: FindSubject<Params>): void {
    app.get<{ Params: Params }>(url, async (request, reply) => {
      const shown = await find(app, request);
      const own = await authorizeFlag(request, shown);
      return reply.page('flags/flag', flagPage({ shown, own, form: flagForm(own) }));
    });

    app.post<{ Params: Params }>(url, async (request, reply) => {
      const shown = await find(app, request);
      const order = { by: memberOf(request), subject: subjectOf(shown), now: app.clock.now() };
      if (readFlag(formBody(request.body), 'undo')) {
        await app.db.transaction((tx) => takeBackFlag(tx, order));
        return reply.redirect(afterwards(shown, 'taken-back'), 303);
      }
      const { form, flag } = readFlagForm(request.body, shown.kind);
      const again = async (refusal?: string) =>
        show(request, reply, await find(app, request), { form, ...(refusal !== undefined && { refusal }) });
      try {
        if (!flag) {
          // What cannot be flagged whatever is filled in is not asked for again.
          await authorizeFlag(request, shown);
          reply.code(422);
          return await again();
        }
        await app.db.transaction((tx) => giveFlag(tx, { ...order, ...flag }));
      } catch (error) {
        return again(refusalOf(error, reply));
      }
      return reply.redirect(afterwards(shown, 'flagged'), 303);
    });
  }

  /** The page with what was sent, beside the subject as it is now. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    shown: SubjectShown,
    sent: Pick<FlagFacts, 'form' | 'refusal'>,
  ) {
    const own = await findOwnFlag(app.db, memberOf(request).id, subjectOf(shown));
    return reply.page('flags/flag', flagPage({ shown, own, ...sent }));
  }

  /**
   * Says so before anything is typed when a flag would be refused. One that waits can always be taken back.
   * @returns the one that waits
   */
  async function authorizeFlag(request: FastifyRequest, shown: SubjectShown) {
    const by = memberOf(request);
    const own = await findOwnFlag(app.db, by.id, subjectOf(shown));
    if (own) return own;
    const now = app.clock.now();
    const flagsToday = await countFlagsToday(app.db, by.id, now);
    authorize(mayFlag(by, flaggableOf(shown), { alreadyFlagged: false, flagsToday }, now));
    return undefined;
  }
}

/** Whoever flags a post goes on reading; what is flagged elsewhere is looked for among the own flags. */
function afterwards(shown: SubjectShown, saved: 'flagged' | 'taken-back'): string {
  return shown.kind === 'post' ? paths.post(shown.post.id) : paths.ownFlags({ saved });
}
