// The forms in which admins set the forum up and run it.
import { cleanTitle } from '../../src/domain/post-text.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.ts';
import { setupToken } from '../../src/features/admin/index.ts';
import type { Section } from '../../src/web/site.ts';
import { type Form, line } from './fields-form.ts';
import { readPage } from './fields-reader.ts';

const { name, tagline, accent, rules } = DEFAULT_SETTINGS;
const FIRST_FORUM = {
  name,
  tagline,
  accent,
  rules,
  sections: 'One',
  memberName: 'olga',
  email: 'o@example.org',
};
const SETUP_TOKEN = setupToken('a secret of tests, long enough to be one');

export const RUNNING: readonly Form[] = [
  {
    route: 'POST /admin',
    typed: {
      name: 'text',
      tagline: 'text',
      accent: 'text',
      contact: 'text',
      rules: 'text',
      reasons: 'text',
      about: 'text',
      privacy: 'text',
    },
    chosen: ['signUp', 'newMemberLimits', 'moderatorNames', 'version'],
    asText: { name: cleanTitle, tagline: cleanTitle },
    async occasion({ admin: who, visitor }) {
      const { values } = readPage((await who.get('/admin')).text);
      const places = ['/', '/rules', '/about', '/privacy', '/feed.atom', '/feed.json'];
      return {
        who,
        path: '/admin',
        sound: { ...DEFAULT_SETTINGS, version: values.get('version')?.[0] ?? '' },
        shows: () => places.map((path) => ({ path, who: visitor })),
      };
    },
    siteWide: true,
  },
  {
    route: 'POST /admin/sections',
    typed: { name: 'line', description: 'line' },
    chosen: [],
    asText: { name: cleanTitle, description: cleanTitle },
    async occasion(world) {
      await world.dropNewSections();
      const { admin: who } = world;
      const sound = { name: world.word(), description: '' };
      return { who, path: '/admin/sections', sound, shows: () => [{ path: '/admin/sections', who }] };
    },
    siteWide: true,
  },
  {
    route: 'POST /admin/sections/:id',
    typed: { name: 'line', description: 'line', place: 'line', modifier: 'line' },
    chosen: ['remove'],
    asText: { name: cleanTitle, description: cleanTitle },
    async occasion({ admin: who, visitor, app }) {
      const { id, slug, name } = app.site.current().sections.at(-1) as Section;
      const places = [`/s/${slug}`, `/s/${slug}/feed.atom`, `/s/${slug}/feed.json`, '/'];
      return {
        who,
        path: `/admin/sections/${id}`,
        sound: { name, description: '', place: '7', modifier: '0' },
        shows: () => places.map((path) => ({ path, who: visitor })),
      };
    },
    siteWide: true,
  },
  {
    route: 'POST /admin/members/:id/role',
    typed: { reason: 'line' },
    chosen: ['role'],
    asText: { reason: line },
    async occasion(world) {
      const { admin: who } = world;
      const sound = { role: 'moderator', reason: 'Asked for it' };
      const path = `/admin/members/${await world.somebody()}/role`;
      return { who, path, sound, shows: () => [{ path: '/moderation/log', who }] };
    },
  },
  {
    route: 'POST /admin/feeds',
    typed: { url: 'line', title: 'line' },
    chosen: [],
    asText: { title: cleanTitle },
    async occasion(world) {
      await world.dropFeeds();
      const { admin: who } = world;
      const sound = { url: `https://${world.word()}.example/feed`, title: '' };
      const shows = () => ['/admin/feeds', '/moderation/log', '/incoming'].map((path) => ({ path, who }));
      return { who, path: '/admin/feeds', sound, shows };
    },
    siteWide: true,
  },
  {
    route: 'POST /admin/feeds/:id',
    typed: {},
    chosen: ['do'],
    async occasion(world) {
      const path = `/admin/feeds/${await world.feed()}`;
      return { who: world.admin, path, sound: { do: 'pause' } };
    },
  },
  {
    route: 'POST /setup',
    typed: {
      name: 'text',
      tagline: 'text',
      accent: 'text',
      sections: 'text',
      rules: 'text',
      memberName: 'line',
      email: 'line',
      password: 'secret',
    },
    chosen: ['token'],
    // Without a password, so that the forum stays one that is to be set up.
    occasion: ({ visitor: who }) => ({ who, path: '/setup', sound: { token: SETUP_TOKEN, ...FIRST_FORUM } }),
    beforeSetup: true,
  },
];
