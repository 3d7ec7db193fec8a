// The forms in which moderators say what tags are, and which are one.
import { cleanTitle } from '../../src/domain/post-text.ts';
import { type Form, lines } from './fields-form.ts';

export const TAGGING: readonly Form[] = [
  {
    route: 'POST /tag/:slug/edit',
    typed: { name: 'line', aliases: 'line', description: 'line', parent: 'line' },
    chosen: ['kind', 'modifier', 'ordinary', 'was'],
    asText: { name: cleanTitle, description: cleanTitle },
    async occasion(world) {
      const { moderator: who, visitor } = world;
      const { slug, mark: was } = await world.tag();
      const sound = {
        name: slug,
        aliases: '',
        description: 'A tag',
        parent: '',
        kind: 'subject',
        modifier: '0',
        was,
      };
      return { who, path: `/tag/${slug}/edit`, sound, shows: () => [{ path: `/tag/${slug}`, who: visitor }] };
    },
  },
  {
    route: 'POST /tag/:slug/merge',
    typed: { reason: 'trimmed' },
    chosen: ['into', 'canned', 'rule'],
    asText: { reason: lines },
    async occasion(world) {
      const { moderator: who } = world;
      const [from, into] = [await world.tag(), await world.tag()];
      return {
        ...{ who, path: `/tag/${from.slug}/merge`, sound: { into: into.slug, reason: 'The same' } },
        shows: () => [{ path: '/moderation/log', who }],
      };
    },
  },
  {
    route: 'POST /tags/plant',
    typed: {},
    chosen: [],
    occasion: ({ admin: who }) => ({ who, path: '/tags/plant', sound: {} }),
  },
];
