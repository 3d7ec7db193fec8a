// GET and POST /admin: the forum's settings.
import type { FastifyInstance } from 'fastify';
import type { Settings } from '../../domain/settings.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { findBegun, firstStepsOf, loadSettings, renderText } from '../site/index.ts';
import { saveSettings } from './commands/settings.ts';
import { readSettingsForm, settingsForm, type SettingsFaults } from './forms.ts';
import { settingsPage } from './pages.ts';

/** Three texts of 20,000 characters, each percent-encoded as up to four bytes, the reasons and the fields beside them. */
const BODY_LIMIT = 800_000;

const TEXTS = ['rules', 'about', 'privacy'] as const;

export async function settingsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: string } }>('/', async (request, reply) => {
    const { settings, version } = await loadSettings(app.db);
    const saved = request.query.saved !== undefined;
    const firstSteps = firstStepsOf(app, await findBegun(app.db));
    const form = settingsForm(settings);
    return reply.page('admin/settings', settingsPage({ form, version, saved, firstSteps }));
  });

  app.post('/', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const stored = await loadSettings(app.db);
    const { form, settings: wanted, seenVersion } = readSettingsForm(request.body, stored.settings);
    const faults = wanted ? await findTextFaults(stored.settings, wanted) : {};
    const typed = form(faults);
    if (!wanted || typed.hasErrors) {
      return reply.code(422).page('admin/settings', settingsPage({ form: typed, version: seenVersion }));
    }
    const save = { admin: memberOf(request), wanted, seenVersion, now: app.clock.now() };
    if (!(await app.db.transaction((tx) => saveSettings(tx, save)))) {
      const { settings: overtakenBy, version } = await loadSettings(app.db);
      return reply.code(409).page('admin/settings', settingsPage({ form: typed, version, overtakenBy }));
    }
    await app.site.refresh();
    return reply.redirect(`${paths.admin()}?saved=1`, 303);
  });

  /** What the renderer refuses must not be saved: readers would see its Markdown instead. */
  async function findTextFaults(stored: Settings, wanted: Settings): Promise<SettingsFaults> {
    const faults: Partial<Record<(typeof TEXTS)[number], string>> = {};
    for (const name of TEXTS) {
      if (wanted[name] === stored[name]) continue;
      const rendering = await renderText(app.markdown, name, wanted[name], app.config.siteUrl);
      if (!rendering.ok) faults[name] = rendering.reason;
    }
    return faults;
  }
}
