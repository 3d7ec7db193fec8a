// The forms by which people come in and say who they are.
import { cleanLink } from '../../src/domain/member-about.ts';
import { NOTICE_KINDS } from '../../src/domain/notices.ts';
import { cleanTitle } from '../../src/domain/post-text.ts';
import { unsubscribeLink } from '../../src/features/mails/index.ts';
import { SECRET } from '../support/forum.ts';
import type { Form } from './fields-form.ts';
import { PASSWORD } from './fields-world.ts';

export const MEMBERS: readonly Form[] = [
  {
    route: 'POST /sign-up',
    typed: { name: 'line', email: 'line', password: 'secret' },
    chosen: ['rules', 'next', 'key'],
    occasion(world) {
      const name = world.word();
      const sound = { name, email: `${name}@example.org`, password: PASSWORD, rules: '1' };
      return { who: world.visitor, path: '/sign-up', sound };
    },
  },
  {
    route: 'POST /sign-in',
    typed: { name: 'line', password: 'secret' },
    chosen: ['next'],
    occasion: ({ visitor: who, writerName: name }) => ({
      who,
      path: '/sign-in',
      sound: { name, password: PASSWORD },
    }),
  },
  {
    route: 'POST /sign-up/finish',
    typed: { name: 'line' },
    chosen: ['rules'],
    occasion: (world) => ({
      who: world.visitor,
      path: '/sign-up/finish',
      sound: { name: world.word(), rules: '1' },
    }),
  },
  {
    route: 'POST /sign-in/connect',
    typed: {},
    chosen: [],
    occasion: ({ visitor: who }) => ({ who, path: '/sign-in/connect', sound: {} }),
  },
  {
    route: 'POST /settings/identities/disconnect',
    typed: {},
    chosen: ['identity'],
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/identities/disconnect',
      sound: { identity: '1' },
    }),
  },
  {
    route: 'POST /confirm',
    typed: { key: 'secret' },
    chosen: ['next'],
    occasion: ({ visitor: who }) => ({ who, path: '/confirm', sound: {} }),
  },
  {
    route: 'POST /confirm/send',
    typed: { email: 'line' },
    chosen: [],
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/confirm/send',
      sound: { email: 'new@example.org' },
    }),
  },
  {
    route: 'POST /forgot',
    typed: { name: 'line' },
    chosen: [],
    occasion: ({ visitor: who, writerName: name }) => ({ who, path: '/forgot', sound: { name } }),
  },
  {
    route: 'POST /reset',
    typed: { key: 'secret', password: 'secret' },
    chosen: [],
    occasion: ({ visitor: who }) => ({ who, path: '/reset', sound: { password: PASSWORD } }),
  },
  {
    route: 'POST /settings',
    typed: { about: 'text', affiliation: 'line', link: 'line', pronouns: 'line' },
    chosen: [],
    asText: {
      about: (typed) =>
        typed
          .split(/\r\n?|\n/)
          .map(cleanTitle)
          .filter(Boolean)
          .join('\n'),
      affiliation: cleanTitle,
      // Shown without what all addresses have.
      link: (typed) => cleanLink(typed).replace(/^https?:\/\/(?:www\.)?|\/$/g, ''),
      pronouns: cleanTitle,
    },
    occasion: ({ writer: who, writerName, visitor }) => ({
      who,
      path: '/settings',
      sound: { about: 'Somebody', affiliation: 'Nobody', link: '', pronouns: '' },
      shows: () => [{ path: `/u/${writerName}`, who: visitor }],
    }),
  },
  {
    route: 'POST /settings/invitations',
    typed: { note: 'line' },
    chosen: [],
    asText: { note: cleanTitle },
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/settings/invitations',
      sound: { note: 'Anna' },
    }),
  },
  {
    route: 'POST /settings/invitations/take-back',
    typed: {},
    chosen: ['invitation'],
    occasion: ({ writer: who }) => ({ who, path: '/settings/invitations', sound: { invitation: 'x' } }),
  },
  {
    route: 'POST /settings/password',
    typed: { current: 'secret', password: 'secret' },
    chosen: [],
    // The new one is too short, so that the old one stays.
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/password',
      sound: { current: 'wrong', password: 'x' },
    }),
  },
  {
    route: 'POST /sign-in/code',
    typed: { code: 'secret', recovery: 'secret' },
    chosen: ['next'],
    occasion: async (world) => ({
      who: await world.betweenSteps(),
      path: '/sign-in/code',
      sound: { code: '000000' },
    }),
  },
  {
    route: 'POST /confirm-identity',
    typed: { password: 'secret', code: 'secret', recovery: 'secret' },
    chosen: ['next'],
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/confirm-identity',
      sound: { password: PASSWORD },
    }),
  },
  {
    route: 'POST /sign-up/passkey/options',
    typed: {},
    chosen: ['name', 'email', 'rules', 'next'],
    occasion: ({ visitor: who }) => ({ who, path: '/sign-up/passkey/options', sound: {} }),
  },
  {
    route: 'POST /sign-up/passkey',
    typed: { name: 'line', email: 'line', passkey: 'secret' },
    chosen: ['rules', 'next'],
    occasion(world) {
      const name = world.word();
      const sound = { name, email: `${name}@example.org`, rules: '1' };
      return { who: world.visitor, path: '/sign-up/passkey', sound };
    },
  },
  {
    route: 'POST /sign-in/passkey/options',
    typed: {},
    chosen: ['next'],
    occasion: ({ visitor: who }) => ({ who, path: '/sign-in/passkey/options', sound: {} }),
  },
  {
    route: 'POST /sign-in/passkey',
    typed: { passkey: 'secret' },
    chosen: ['next'],
    occasion: ({ visitor: who }) => ({ who, path: '/sign-in/passkey', sound: {} }),
  },
  {
    route: 'POST /confirm-identity/passkey/options',
    typed: {},
    chosen: ['next'],
    occasion: ({ writer: who }) => ({ who, path: '/confirm-identity/passkey/options', sound: {} }),
  },
  {
    route: 'POST /confirm-identity/passkey',
    typed: { passkey: 'secret' },
    chosen: ['next'],
    occasion: ({ writer: who }) => ({ who, path: '/confirm-identity/passkey', sound: {} }),
  },
  {
    route: 'POST /settings/passkeys/options',
    typed: {},
    chosen: ['label'],
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/settings/passkeys/options',
      sound: { label: 'Laptop' },
    }),
  },
  {
    route: 'POST /settings/passkeys',
    typed: { label: 'line', passkey: 'secret' },
    chosen: [],
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/settings/passkeys',
      sound: { label: 'Laptop' },
    }),
  },
  {
    route: 'POST /settings/passkeys/rename',
    typed: { label: 'line' },
    chosen: ['id'],
    asText: { label: cleanTitle },
    async occasion(world) {
      const { person: who, passkey } = await world.withPasskey();
      const sound = { id: String(passkey), label: 'Laptop' };
      const path = '/settings/passkeys';
      return { who, path: `${path}/rename`, sound, shows: () => [{ path, who }] };
    },
  },
  {
    route: 'POST /settings/passkeys/remove',
    typed: {},
    chosen: ['id'],
    async occasion(world) {
      const { person: who, passkey } = await world.withPasskey();
      return { who, path: '/settings/passkeys/remove', sound: { id: String(passkey) } };
    },
  },
  {
    route: 'POST /settings/two-step/start',
    typed: {},
    chosen: [],
    occasion: async (world) => ({
      who: await world.newcomer(),
      path: '/settings/two-step',
      sound: {},
    }),
  },
  {
    route: 'POST /settings/two-step/on',
    typed: { code: 'secret' },
    chosen: [],
    occasion: async (world) => {
      const who = await world.newcomer();
      await who.post('/settings/two-step/start', {});
      return { who, path: '/settings/two-step', sound: { code: '000000' } };
    },
  },
  {
    route: 'POST /settings/two-step/codes',
    typed: {},
    chosen: [],
    occasion: async (world) => ({
      who: await world.withTwoStep(),
      path: '/settings/two-step',
      sound: {},
    }),
  },
  {
    route: 'POST /settings/two-step/off',
    typed: { code: 'secret', recovery: 'secret' },
    chosen: [],
    occasion: async (world) => ({
      who: await world.withTwoStep(),
      path: '/settings/two-step',
      sound: { code: '000000' },
    }),
  },
  {
    route: 'POST /settings/theme',
    typed: {},
    chosen: ['theme', 'next'],
    occasion: ({ visitor: who }) => ({ who, path: '/settings/theme', sound: { theme: 'dark' } }),
  },
  {
    route: 'POST /settings/appearance',
    typed: {},
    chosen: ['theme', 'density', 'textSize', 'pageSize', 'replySort', 'listSort', 'modelWritten', 'keys'],
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/appearance',
      sound: {
        ...{ theme: 'auto', density: 'compact', pageSize: '15', replySort: 'new', listSort: 'hot' },
        ...{ textSize: 'large', modelWritten: 'show', keys: 'off' },
      },
    }),
  },
  {
    route: 'POST /settings/notices/times',
    typed: {},
    chosen: ['timeZone', 'mailHour', 'mailDay', 'week'],
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/notices/times',
      sound: { timeZone: 'Europe/Vienna', mailHour: '8', mailDay: '1', week: '1' },
    }),
  },
  {
    route: 'POST /weeks/mail',
    typed: {},
    chosen: ['ask', 'next'],
    occasion: ({ writer: who }) => ({ who, path: '/weeks/mail', sound: { ask: '1' } }),
  },
  {
    route: 'POST /settings/name',
    typed: { name: 'line', passwordForName: 'secret' },
    chosen: [],
    // With a wrong password, so that the writer keeps their name.
    occasion: (world) => ({
      who: world.writer,
      path: '/settings/name',
      sound: { name: world.word(), passwordForName: 'wrong' },
    }),
  },
  {
    route: 'POST /settings/email',
    typed: { email: 'line', passwordForEmail: 'secret' },
    chosen: [],
    // With a wrong password, so that no mail goes out for every string.
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/email',
      sound: { email: 'new@example.org', passwordForEmail: 'wrong' },
    }),
  },
  {
    route: 'POST /settings/email/again',
    typed: {},
    chosen: [],
    occasion: ({ writer: who }) => ({ who, path: '/settings/email/again', sound: {} }),
  },
  {
    route: 'POST /settings/email/cancel',
    typed: {},
    chosen: [],
    occasion: ({ writer: who }) => ({ who, path: '/settings/email/cancel', sound: {} }),
  },
  {
    route: 'POST /confirm/email',
    typed: { key: 'secret' },
    chosen: [],
    occasion: ({ visitor: who }) => ({ who, path: '/confirm/email', sound: {} }),
  },
  {
    route: 'POST /settings/sessions',
    typed: {},
    chosen: ['session'],
    occasion: ({ writer: who }) => ({ who, path: '/settings/sessions', sound: { session: 'none' } }),
  },
  {
    route: 'POST /settings/privacy',
    typed: {},
    chosen: ['hidden', 'forgetful'],
    occasion: ({ writer: who }) => ({ who, path: '/settings/privacy', sound: { hidden: '1' } }),
  },
  {
    route: 'POST /settings/privacy/forget',
    typed: {},
    chosen: [],
    occasion: ({ writer: who }) => ({ who, path: '/settings/privacy/forget', sound: {} }),
  },
  {
    route: 'POST /s/:slug/follow',
    typed: {},
    chosen: ['level', 'next'],
    occasion: ({ writer: who }) => ({ who, path: '/s/funding/follow', sound: { level: 'all' } }),
  },
  {
    route: 'POST /u/:name/follow',
    typed: {},
    chosen: ['level', 'next'],
    occasion: async (world) => ({
      who: world.writer,
      path: `/u/${await world.otherMember()}/follow`,
      sound: { level: 'all' },
    }),
  },
  {
    route: 'POST /settings/follows/word',
    typed: { word: 'line' },
    chosen: ['level', 'next'],
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/follows/word',
      sound: { word: 'compute', level: 'all' },
    }),
  },
  {
    route: 'POST /site/:host/follow',
    typed: {},
    chosen: ['level', 'next'],
    occasion: ({ writer: who }) => ({
      who,
      path: '/site/muted.example/follow',
      sound: { level: 'nothing' },
    }),
  },
  {
    route: 'POST /settings/export',
    typed: {},
    chosen: [],
    occasion: ({ writer: who }) => ({ who, path: '/settings/export', sound: {} }),
  },
  {
    route: 'POST /settings/delete',
    typed: { name: 'line' },
    chosen: ['texts'],
    // With no choice made, so that the writer stays.
    occasion: ({ writer: who, writerName: name }) => ({ who, path: '/settings/delete', sound: { name } }),
  },
  {
    route: 'POST /settings/delete/keep',
    typed: {},
    chosen: [],
    occasion: async (world) => {
      const who = await world.newcomer();
      return { who, path: '/settings/delete/keep', sound: {} };
    },
  },
  {
    route: 'POST /feeds/key',
    typed: {},
    chosen: [],
    occasion: ({ writer: who }) => ({ who, path: '/feeds/key', sound: {} }),
  },
  {
    route: 'POST /unread/read',
    typed: {},
    chosen: ['next'],
    occasion: ({ writer: who }) => ({ who, path: '/unread/read', sound: { next: '/' } }),
  },
  {
    route: 'POST /inbox/read',
    typed: {},
    chosen: ['id', 'upTo', 'show', 'next'],
    occasion: ({ writer: who }) => ({ who, path: '/inbox/read', sound: { upTo: '1' } }),
  },
  {
    route: 'POST /settings/notices',
    typed: {},
    chosen: NOTICE_KINDS.flatMap((kind) => [`inbox-${kind}`, `mail-${kind}`]),
    occasion: ({ writer: who }) => ({
      who,
      path: '/settings/notices',
      sound: Object.fromEntries(NOTICE_KINDS.map((kind) => [`mail-${kind}`, 'none'])),
    }),
  },
  {
    route: 'POST /unsubscribe',
    typed: {},
    chosen: ['List-Unsubscribe'],
    occasion: ({ visitor: who, writerId }) => ({
      who,
      path: unsubscribeLink(SECRET, writerId, 'reply'),
      sound: { 'List-Unsubscribe': 'One-Click' },
    }),
  },
  {
    route: 'POST /sign-out',
    typed: {},
    chosen: [],
    occasion: ({ visitor: who }) => ({ who, path: '/sign-out', sound: {} }),
  },
];
