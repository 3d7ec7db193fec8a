// POST /settings/theme: light, dark or as the system says; for members a column, for visitors a cookie of their own asking.
import type { FastifyInstance } from 'fastify';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { THEME_COOKIE } from '../../web/plugins/pages.ts';
import { Problem } from '../../web/problem.ts';
import { changeTheme } from './commands/settings.ts';
import { readTheme } from './settings-forms.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function themeRoutes(app: FastifyInstance): Promise<void> {
  const secure = app.config.siteUrl.startsWith('https:');
  const cookie = { path: '/', sameSite: 'lax', secure } as const;

  app.post(paths.theme(), async (request, reply) => {
    const theme = readTheme(request.body);
    if (theme === undefined) throw new Problem('unprocessable', 'There is no such theme.');
    const { viewer } = request;
    if (viewer.kind === 'member') await app.db.transaction((tx) => changeTheme(tx, viewer.id, theme));
    else if (theme === 'auto') reply.clearCookie(THEME_COOKIE, cookie);
    else reply.setCookie(THEME_COOKIE, theme, { ...cookie, maxAge: YEAR_SECONDS });
    return reply.redirect(safeNext(formBody(request.body).next), 303);
  });
}
