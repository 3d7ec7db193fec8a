// The forms in which members write: topics, replies, edits, votes.
import { cleanTitle } from '../../src/domain/post-text.ts';
import { type Form, lines } from './fields-form.ts';

const BODY = 'Sound words.';

export const WRITING: readonly Form[] = [
  {
    route: 'POST /submit',
    typed: { url: 'line', title: 'line', tags: 'line', body: 'body' },
    chosen: [
      ...['section', 'digest', 'again', 'form_id', 'preview', 'fetch', 'headline', 'fetched_title', 'carry'],
      ...['model', 'add-tag', 'draft'],
    ],
    asText: { title: cleanTitle },
    async occasion(world) {
      await world.nextTopic();
      const sound = { url: '', title: `Sound ${world.word()}`, tags: '', body: BODY, section: 'funding' };
      const { visitor, writer: who } = world;
      return {
        who,
        path: '/submit',
        sound,
        shows: ({ headers }) =>
          [headers.location ?? '', '/feed.atom', '/feed.json'].map((path) => ({ path, who: visitor })),
      };
    },
  },
  {
    route: 'POST /drafts',
    typed: { url: 'line', title: 'line', tags: 'line', body: 'body' },
    chosen: ['section', 'digest', 'again', 'form_id', 'fetched_title', 'model', 'version', 'draft', 'place'],
    occasion(world) {
      const form_id = `form-of-${world.word()}`;
      const sound = { url: '', title: 'A title', tags: '', body: BODY, place: 'topic', form_id };
      const { writer: who } = world;
      return { who, path: '/drafts', sound, shows: () => [{ path: '/drafts', who }] };
    },
  },
  {
    route: 'POST /drafts/:id/discard',
    typed: {},
    chosen: ['next'],
    occasion: ({ writer: who }) => ({ who, path: '/drafts/1/discard', sound: {} }),
  },
  {
    route: 'POST /submit/check',
    typed: { url: 'secret', title: 'secret', tags: 'secret' },
    chosen: ['digest', 'fetch', 'add-tag'],
    occasion: ({ writer: who }) => ({ who, path: '/submit/check', sound: { url: '', title: 'A title' } }),
  },
  {
    route: 'POST /t/:id/reply',
    typed: { body: 'body' },
    chosen: ['form_id', 'preview', 'carry', 'url', 'model', 'draft'],
    occasion(world) {
      world.pause(6);
      return { who: world.writer, path: `/t/${world.topic.id}/reply`, sound: { body: BODY } };
    },
  },
  {
    route: 'POST /p/:id/reply',
    typed: { body: 'body' },
    chosen: ['form_id', 'preview', 'carry', 'url', 'model', 'draft'],
    occasion(world) {
      world.pause(6);
      return { who: world.writer, path: `/p/${world.reply.id}/reply`, sound: { body: BODY } };
    },
  },
  {
    route: 'POST /p/:id/edit',
    typed: { url: 'line', title: 'line', tags: 'line', body: 'body' },
    chosen: ['section', 'version', 'form_id', 'preview', 'model', 'add-tag', 'draft'],
    asText: { title: cleanTitle },
    async occasion(world) {
      const { id: topicId, slug, openingPostId: id } = await world.ownTopic();
      const word = world.word();
      const sound = { url: `https://new.example/${word}`, title: `Edited ${word}`, tags: '', body: BODY };
      const { visitor, writer: who } = world;
      return {
        who,
        path: `/p/${id}/edit`,
        sound: { ...sound, section: 'funding', version: '1' },
        shows: () => [
          { path: `/t/${topicId}/${slug}`, who: visitor },
          { path: `/p/${id}/history`, who },
        ],
      };
    },
  },
  {
    route: 'POST /p/:id/model',
    typed: {},
    chosen: ['model'],
    async occasion(world) {
      const { openingPostId: id } = await world.ownTopic();
      return { who: world.writer, path: `/p/${id}/model`, sound: { model: '1' } };
    },
  },
  {
    route: 'POST /t/:id/sources',
    typed: { url: 'line', title: 'line', body: 'text' },
    chosen: ['role', 'paywall'],
    async occasion(world) {
      await world.newWriter();
      const sound = { url: `https://source.example/${world.word()}`, title: '', body: '', role: 'report' };
      const { visitor, writer: who } = world;
      const { id } = await world.otherTopic();
      const path = `/t/${id}/sources`;
      return { who, path, sound, shows: () => [{ path, who: visitor }] };
    },
  },
  {
    route: 'POST /t/:id/sources/:source',
    typed: { url: 'line', reason: 'trimmed' },
    chosen: ['do', 'role', 'agree-address', 'agree-role', 'canned', 'rule'],
    asText: { reason: lines },
    async occasion(world) {
      const { path } = await world.otherSource();
      const { visitor, moderator: who } = world;
      const url = `https://publisher.example/${world.word()}`;
      const sound = {
        do: 'address',
        url,
        role: '',
        reason: 'Found it',
        canned: '',
        rule: '',
      };
      const list = path.replace(/\/\d+$/, '');
      return {
        who,
        path,
        sound,
        shows: () => [
          { path: list, who: visitor },
          { path: '/moderation/log', who: visitor },
        ],
      };
    },
  },
  {
    route: 'POST /t/:id/suggest',
    typed: { title: 'line', tags: 'line', reason: 'trimmed' },
    chosen: ['canned', 'rule', 'take-back', 'agree-title', 'agree-tags', 'title-was', 'tags-was'],
    asText: { title: cleanTitle, reason: lines },
    async occasion(world) {
      const { id, slug } = await world.otherTopic();
      const { visitor, moderator: who } = world;
      const sound = { title: `Better ${world.word()}`, tags: '', reason: 'Better so', canned: '', rule: '' };
      return {
        who,
        path: `/t/${id}/suggest`,
        sound,
        shows: () => [
          { path: `/t/${id}/${slug}`, who: visitor },
          { path: '/moderation/log', who: visitor },
        ],
      };
    },
  },
  {
    route: 'POST /preview',
    typed: { body: 'secret', title: 'secret' },
    chosen: ['digest'],
    occasion: ({ writer: who }) => ({ who, path: '/preview', sound: { body: BODY, title: 'A title' } }),
  },
  {
    route: 'POST /p/:id/vote',
    typed: {},
    chosen: ['vote', 'next'],
    occasion: ({ writer: who, reply }) => ({ who, path: `/p/${reply.id}/vote`, sound: { vote: 'up' } }),
  },
  {
    route: 'POST /p/:id/save',
    typed: { note: 'text' },
    chosen: ['do', 'next'],
    occasion: ({ writer: who, reply }) => ({
      who,
      path: `/p/${reply.id}/save`,
      sound: { do: 'save', note: 'To read again' },
    }),
  },
  {
    route: 'POST /t/:id/follow',
    typed: {},
    chosen: ['level', 'next'],
    occasion: ({ writer: who, topic }) => ({ who, path: `/t/${topic.id}/follow`, sound: { level: 'all' } }),
  },
  {
    route: 'POST /tag/:slug/follow',
    typed: {},
    chosen: ['level', 'next'],
    occasion: async (world) => ({
      who: world.writer,
      path: `/tag/${(await world.tag()).slug}/follow`,
      sound: { level: 'all' },
    }),
  },
  {
    route: 'POST /p/:id/withdraw',
    typed: {},
    chosen: ['undo'],
    async occasion(world) {
      const { id } = await world.ownReply();
      return { who: world.writer, path: `/p/${id}/withdraw`, sound: {} };
    },
  },
];
