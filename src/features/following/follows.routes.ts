// GET /settings/follows: all that a member follows and mutes. POST /settings/follows/word: words, which have no other page.
import type { FastifyInstance } from 'fastify';
import { checkWord, readWord } from '../../domain/following.ts';
import { DAY } from '../../domain/times.ts';
import { type Form, formBody, formOf, readLine, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { setLevel } from './commands/set-level.ts';
import { readLevel } from './forms.ts';
import { followsPage } from './pages/list.ts';
import { countTitled, listChosen } from './queries.ts';

export async function followsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { word?: unknown } }>(paths.follows(), async (request, reply) => {
    const { form, word } = readWordForm(request.query, request.query.word !== undefined);
    const asked = request.query.word !== undefined && !form.hasErrors;
    const since = new Date(app.clock.now().getTime() - 7 * DAY);
    const titled = asked ? await countTitled(app.db, word, since) : undefined;
    const chosen = await listChosen(app.db, memberOf(request));
    return reply.page('following/list', followsPage({ chosen, form, titled }));
  });

  app.post(paths.followWord(), async (request, reply) => {
    const viewer = memberOf(request);
    const level = readLevel(request.body);
    const { form, word } = readWordForm(request.body, true);
    if (form.hasErrors) {
      const chosen = await listChosen(app.db, viewer);
      return reply.code(422).page('following/list', followsPage({ chosen, form, titled: undefined }));
    }
    const subject = { kind: 'word', word } as const;
    await app.db.transaction((tx) => setLevel(tx, { viewer, subject, level, now: app.clock.now() }));
    const next = readText(formBody(request.body), 'next');
    return reply.redirect(next === '' ? `${paths.follows()}#words` : safeNext(next), 303);
  });
}

/** @param checked false for a form that nobody has filled in yet */
function readWordForm(
  sent: unknown,
  checked: boolean,
): { readonly form: Form<'word'>; readonly word: string } {
  const typed = readLine(formBody(sent), 'word');
  const word = readWord(typed);
  return { word, form: formOf({ word: typed }, { word: checked ? checkWord(word) : undefined }) };
}
