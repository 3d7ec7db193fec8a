// The forms in which posts are flagged and moderators decide.
import { type Form, lines, type Occasion } from './fields-form.ts';
import type { World } from './fields-world.ts';

const DECISION = ['canned', 'rule', 'do'] as const;

export const MODERATING: readonly Form[] = [
  {
    route: 'POST /p/:id/flag',
    typed: { note: 'trimmed' },
    chosen: ['reason', 'undo'],
    asText: { note: lines },
    async occasion(world) {
      const { id } = world.reply;
      const path = `/p/${id}/flag`;
      const { writer: who, moderator } = world;
      const shows = () => [
        { path, who },
        { path: '/moderation', who: moderator },
      ];
      return { who, path, sound: { reason: 'spam', note: 'Look' }, shows };
    },
  },
  {
    route: 'POST /u/:name/flag',
    typed: { note: 'trimmed' },
    chosen: ['reason', 'undo'],
    asText: { note: lines },
    async occasion(world) {
      const { writer: who, moderatorName } = world;
      const path = `/u/${moderatorName}/flag`;
      const shows = () => [
        { path, who },
        { path: '/settings/flags', who },
      ];
      return { who, path, sound: { reason: 'spam', note: 'Look' }, shows };
    },
  },
  {
    route: 'POST /t/:id/sources/:source/flag',
    typed: { note: 'trimmed' },
    chosen: ['reason', 'undo'],
    asText: { note: lines },
    async occasion(world) {
      const { writer: who } = world;
      const path = `${await world.standingSource()}/flag`;
      const shows = () => [
        { path, who },
        { path: '/settings/flags', who },
      ];
      return { who, path, sound: { reason: 'spam', note: 'Look' }, shows };
    },
  },
  {
    route: 'POST /settings/flags',
    typed: {},
    chosen: ['flag'],
    occasion: ({ writer: who }) => ({ who, path: '/settings/flags', sound: { flag: '1' } }),
  },
  {
    route: 'POST /p/:id/report',
    typed: { why: 'trimmed', law: 'line', name: 'line', email: 'line' },
    chosen: ['abuse', 'faith'],
    async occasion(world) {
      const { id } = world.reply;
      const sound = {
        why: 'It names a child',
        law: '',
        name: 'Erika',
        email: `${world.word()}@example.org`,
        faith: '1',
      };
      return { who: world.visitor, path: `/p/${id}/report`, sound };
    },
  },
  {
    route: 'POST /p/:id/hide',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'extent'],
    asText: { reason: lines },
    async occasion(world) {
      const { id } = await world.otherReply();
      return decision(world, `/p/${id}/hide`);
    },
  },
  {
    route: 'POST /p/:id/restore',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'action'],
    asText: { reason: lines },
    async occasion(world) {
      const { id } = await world.hiddenReply();
      return decision(world, `/p/${id}/restore`);
    },
  },
  {
    route: 'POST /t/:id/lock',
    typed: { reason: 'trimmed' },
    chosen: DECISION,
    asText: { reason: lines },
    async occasion(world) {
      const { id, slug } = await world.otherTopic();
      const shows = () => [
        { path: '/moderation/log', who: visitor },
        { path: `/t/${id}/${slug}`, who: visitor },
      ];
      const { visitor } = world;
      return { ...decision(world, `/t/${id}/lock`), shows };
    },
  },
  {
    route: 'POST /t/:id/pin',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'days'],
    asText: { reason: lines },
    async occasion(world) {
      const { id } = await world.otherTopic();
      const pin = decision(world, `/t/${id}/pin`);
      return { ...pin, sound: { ...pin.sound, days: '1' } };
    },
  },
  {
    route: 'POST /t/:id/merge',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'stays'],
    asText: { reason: lines },
    async occasion(world) {
      const [one, other] = [await world.otherTopic(), await world.otherTopic()];
      const merge = decision(world, `/t/${one.id}/merge?with=${other.id}`);
      return { ...merge, sound: { ...merge.sound, stays: String(other.id) } };
    },
  },
  {
    route: 'POST /p/:id/move',
    typed: { to: 'line', reason: 'trimmed' },
    chosen: DECISION,
    asText: { reason: lines },
    async occasion(world) {
      const [{ id }, to] = [await world.otherReply(), await world.otherTopic()];
      const move = decision(world, `/p/${id}/move`);
      return { ...move, sound: { ...move.sound, to: String(to.id) } };
    },
  },
  {
    route: 'POST /t/:id/section',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'section'],
    asText: { reason: lines },
    async occasion(world) {
      const { id } = await world.otherTopic();
      const move = decision(world, `/t/${id}/section`);
      return { ...move, sound: { ...move.sound, section: 'infrastructure' } };
    },
  },
  {
    route: 'POST /p/:id/history/:revision/blank',
    typed: { reason: 'trimmed' },
    chosen: DECISION,
    asText: { reason: lines },
    async occasion(world) {
      const { postId, id } = await world.earlierText();
      return decision(world, `/p/${postId}/history/${id}/blank`);
    },
  },
  {
    route: 'POST /moderation/actions/:id/undo',
    typed: { reason: 'trimmed' },
    chosen: ['canned', 'rule'],
    asText: { reason: lines },
    async occasion(world) {
      const id = await world.hideOfReply();
      return decision(world, `/moderation/actions/${id}/undo`);
    },
  },
  {
    route: 'POST /moderation/items/:id',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'version', 'post-version', 'flags', 'next', 'choice', 'address'],
    asText: { reason: lines },
    async occasion(world) {
      const id = await world.queueItem();
      const hide = decision(world, `/moderation/items/${id}`);
      return { ...hide, sound: { ...hide.sound, do: 'hide', version: '1', 'post-version': '1', flags: '1' } };
    },
  },
  {
    route: 'POST /moderation/bulk',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'item', 'next'],
    asText: { reason: lines },
    async occasion(world) {
      const id = await world.queueItem();
      const hide = decision(world, '/moderation/bulk');
      return { ...hide, sound: { ...hide.sound, do: 'hide', item: `${id}:1` } };
    },
  },
  {
    route: 'POST /moderation/members/:name/sanction',
    typed: { reason: 'trimmed' },
    chosen: [...DECISION, 'kind', 'length', 'hide-all', 'seen', 'item', 'version'],
    asText: { reason: lines },
    async occasion(world) {
      const name = await world.otherMember();
      const warning = decision(world, `/moderation/members/${name}/sanction`);
      return { ...warning, sound: { ...warning.sound, kind: 'warning', seen: '0' } };
    },
  },
  {
    route: 'POST /moderation/members/:name/notes',
    typed: { note: 'trimmed' },
    chosen: [],
    asText: { note: lines },
    async occasion(world) {
      const { moderator: who } = world;
      const path = `/moderation/members/${await world.otherMember()}/notes`;
      return {
        who,
        path,
        sound: { note: 'A note' },
        shows: () => [{ path: path.replace('/notes', '?show=notes'), who }],
      };
    },
  },
  {
    route: 'POST /moderation/watch',
    typed: { pattern: 'trimmed', reason: 'trimmed' },
    chosen: ['kind', 'effect', 'canned', 'rule', 'do', 'seen', 'item', 'hide', 'suspend', 'days'],
    occasion(world) {
      const pattern = `watched${world.word()}`;
      const rule = { kind: 'word', effect: 'mark', pattern, seen: `word mark ${pattern}` };
      return { ...decision(world, '/moderation/watch'), sound: { ...rule, reason: 'A reason', do: 'save' } };
    },
  },
  {
    route: 'POST /moderation/watch/:id',
    typed: { reason: 'trimmed' },
    chosen: ['canned', 'rule', 'do', 'hide', 'suspend', 'days'],
    asText: { reason: lines },
    async occasion(world) {
      return decision(world, `/moderation/watch/${await world.watchRule()}`);
    },
  },
  {
    route: 'POST /moderation/items/:id/claim',
    typed: {},
    chosen: ['next'],
    occasion: async (world) => claiming(world, 'claim'),
  },
  {
    route: 'POST /moderation/items/:id/release',
    typed: {},
    chosen: ['next'],
    occasion: async (world) => claiming(world, 'release'),
  },
  {
    route: 'POST /moderation/items/:id/talk',
    typed: { body: 'trimmed' },
    chosen: ['to', 'next'],
    asText: { body: lines },
    async occasion(world) {
      const path = `/moderation/items/${await world.queueItem()}/talk`;
      const { moderator: who } = world;
      return { who, path, sound: { body: 'A word', to: 'moderators' }, shows: () => [{ path, who }] };
    },
  },
  {
    route: 'POST /talks/:id',
    typed: { body: 'trimmed' },
    chosen: [],
    asText: { body: lines },
    async occasion(world) {
      const path = `/talks/${await world.talk()}`;
      const { writer: who } = world;
      return { who, path, sound: { body: 'An answer' }, shows: () => [{ path, who }] };
    },
  },
  {
    route: 'POST /decisions/:id/appeal',
    typed: { text: 'trimmed' },
    chosen: ['withdraw'],
    asText: { text: lines },
    async occasion(world) {
      const decision = `/decisions/${await world.decision()}`;
      const { writer: who, moderator } = world;
      const shows = () => [
        { path: decision, who },
        { path: decision, who: moderator },
      ];
      return { who, path: `${decision}/appeal`, sound: { text: 'It is wrong' }, shows };
    },
  },
];

/** A decision of a moderator, which stands in the log at once. */
function decision({ moderator: who }: World, path: string): Occasion {
  return { who, path, sound: { reason: 'A reason' }, shows: () => [{ path: '/moderation/log', who }] };
}

async function claiming(world: World, what: 'claim' | 'release'): Promise<Occasion> {
  const id = await world.queueItem();
  return { who: world.moderator, path: `/moderation/items/${id}/${what}`, sound: {} };
}
