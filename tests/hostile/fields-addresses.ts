// Every value that an address can carry: the names in a query by route, and the pieces of paths, which are found by
// walking the routes. tests/hostile/fields.test.ts fails when the forum reads a name that is not here.
import type { FastifyInstance } from 'fastify';
import type { Person } from './fields-client.ts';
import type { World } from './fields-world.ts';

export interface Asked {
  readonly route: string;
  readonly who: (world: World) => Person;
  readonly path: (world: World) => string;
  readonly names: readonly string[];
}

const visitor = (world: World): Person => world.visitor;
const writer = (world: World): Person => world.writer;
const moderator = (world: World): Person => world.moderator;
const admin = (world: World): Person => world.admin;
const at = (path: string) => (): string => path;
const LIST = ['after', 't', 'sort', 'tag', 'age', 'per'];
const LOG_FILTERS = ['action', 'by', 'section', 'rule', 'from', 'to', 'automatic', 'undone', 'decision'];
const VIEW = ['tab', 'section', 'reason', 'claimed', 'by', 'order'];
const QUEUE = [...VIEW, 'after', 'current', 'select', 'did', 'done', 'skipped'];

export const QUERIES: readonly Asked[] = [
  { route: '/', who: visitor, path: at('/'), names: LIST },
  { route: '/new', who: visitor, path: at('/new'), names: LIST },
  { route: '/active', who: visitor, path: at('/active'), names: LIST },
  { route: '/top', who: visitor, path: at('/top'), names: LIST },
  { route: '/second-chance', who: visitor, path: at('/second-chance'), names: LIST },
  { route: '/complete', who: writer, path: at('/complete'), names: ['name', 'tag', 'topic'] },
  { route: '/followed', who: writer, path: at('/followed'), names: LIST },
  { route: '/unread', who: writer, path: at('/unread'), names: LIST },
  {
    route: '/new/topics',
    who: visitor,
    path: at('/new/topics'),
    names: ['since', 'section', 'site', 'tag', 'age', 'per', 't'],
  },
  { route: '/s/:slug', who: visitor, path: at('/s/funding'), names: LIST },
  { route: '/tag/:slug/merge', who: moderator, path: at('/tag/inference/merge'), names: ['into'] },
  { route: '/tags', who: visitor, path: at('/tags'), names: ['kind', 'begins', 'after'] },
  { route: '/site/:host', who: visitor, path: at('/site/example.org'), names: LIST },
  { route: '/t/:id/merge', who: moderator, path: ({ topic }) => `/t/${topic.id}/merge`, names: ['with'] },
  {
    route: '/t/:id/:slug?',
    who: visitor,
    path: ({ topic }) => `/t/${topic.id}/${topic.slug}`,
    names: ['sort', 'after', 'branch', 'since', 'fold'],
  },
  {
    route: '/t/:id/:slug?',
    who: visitor,
    path: ({ topic }) => `/t/${topic.id}/other`,
    names: ['sort', 'after', 'branch', 'since', 'fold'],
  },
  { route: '/t/:id/new', who: visitor, path: ({ topic }) => `/t/${topic.id}/new`, names: ['since'] },
  { route: '/t/:id/changes', who: visitor, path: ({ topic }) => `/t/${topic.id}/changes`, names: ['before'] },
  { route: '/changes', who: writer, path: at('/changes'), names: ['before'] },
  { route: '/new/since', who: visitor, path: at('/new/since'), names: ['seen'] },
  {
    route: '/search',
    who: visitor,
    path: at('/search'),
    names: ['q', 'in', 'section', 'by', 'topic', 'sort', 'after'],
  },
  {
    route: '/u/:name',
    who: visitor,
    path: ({ writerName }) => `/u/${writerName}`,
    names: ['show', 'sort', 'after'],
  },
  {
    route: '/u/:name/feed.json',
    who: visitor,
    path: ({ writerName }) => `/u/${writerName}/feed.json`,
    names: ['show'],
  },
  { route: '/top/feed.atom', who: visitor, path: at('/top/feed.atom'), names: ['t'] },
  { route: '/submit', who: writer, path: at('/submit'), names: ['url', 'title', 'section', 'draft'] },
  {
    route: '/sign-in',
    who: visitor,
    path: at('/sign-in'),
    names: ['next', 'reset', 'again', 'trouble', 'with'],
  },
  { route: '/sign-in', who: writer, path: at('/sign-in'), names: ['next'] },
  { route: '/sign-in/code', who: visitor, path: at('/sign-in/code'), names: ['next'] },
  {
    route: '/confirm-identity',
    who: writer,
    path: at('/confirm-identity'),
    names: ['next', 'trouble', 'with'],
  },
  {
    route: '/sign-in/with/:provider',
    who: visitor,
    path: at('/sign-in/with/github'),
    names: ['next'],
  },
  {
    route: '/sign-in/with/:provider/done',
    who: visitor,
    path: at('/sign-in/with/github/done'),
    names: ['state', 'code', 'iss', 'error', 'error_description'],
  },
  {
    route: '/confirm-identity/with/:provider',
    who: writer,
    path: at('/confirm-identity/with/github'),
    names: ['next'],
  },
  { route: '/sign-up', who: visitor, path: at('/sign-up'), names: ['next', 'key'] },
  { route: '/confirm', who: visitor, path: at('/confirm'), names: ['key', 'done', 'next'] },
  { route: '/confirm/email', who: visitor, path: at('/confirm/email'), names: ['key', 'done'] },
  { route: '/forgot', who: visitor, path: at('/forgot'), names: ['sent'] },
  { route: '/reset', who: visitor, path: at('/reset'), names: ['key'] },
  { route: '/settings', who: writer, path: at('/settings'), names: ['saved'] },
  { route: '/settings/appearance', who: writer, path: at('/settings/appearance'), names: ['saved'] },
  { route: '/settings/notices/times', who: writer, path: at('/settings/notices/times'), names: ['saved'] },
  { route: '/weeks', who: visitor, path: at('/weeks'), names: ['before'] },
  {
    route: '/settings/account',
    who: writer,
    path: at('/settings/account'),
    names: ['saved', 'trouble', 'with'],
  },
  { route: '/settings/sessions', who: writer, path: at('/settings/sessions'), names: ['saved'] },
  { route: '/settings/invitations', who: writer, path: at('/settings/invitations'), names: ['saved'] },
  { route: '/invitations', who: visitor, path: at('/invitations'), names: ['of', 'after'] },
  { route: '/settings/passkeys', who: writer, path: at('/settings/passkeys'), names: ['saved'] },
  { route: '/settings/privacy', who: writer, path: at('/settings/privacy'), names: ['saved'] },
  { route: '/settings/flags', who: writer, path: at('/settings/flags'), names: ['saved', 'after'] },
  { route: '/p/:id/report', who: visitor, path: ({ reply }) => `/p/${reply.id}/report`, names: ['sent'] },
  { route: '/settings/notices', who: writer, path: at('/settings/notices'), names: ['saved'] },
  { route: '/unsubscribe', who: visitor, path: at('/unsubscribe'), names: ['key'] },
  { route: '/settings/follows', who: writer, path: at('/settings/follows'), names: ['word'] },
  { route: '/saved', who: writer, path: at('/saved'), names: ['show', 'after'] },
  { route: '/inbox', who: writer, path: at('/inbox'), names: ['show', 'after'] },
  { route: '/p/:id/history', who: visitor, path: ({ reply }) => `/p/${reply.id}/history`, names: ['before'] },
  {
    route: '/p/:id/reply',
    who: writer,
    path: ({ reply }) => `/p/${reply.id}/reply`,
    names: ['quote', 'again', 'draft'],
  },
  {
    route: '/p/:id/reply',
    who: visitor,
    path: ({ reply }) => `/p/${reply.id}/reply`,
    names: ['quote', 'again', 'draft'],
  },
  { route: '/t/:id/reply', who: writer, path: ({ topic }) => `/t/${topic.id}/reply`, names: ['draft'] },
  { route: '/p/:id/edit', who: writer, path: ({ reply }) => `/p/${reply.id}/edit`, names: ['draft'] },
  { route: '/moderation', who: moderator, path: at('/moderation'), names: QUEUE },
  {
    route: '/moderation/items/:id',
    who: moderator,
    path: ({ queued }) => `/moderation/items/${queued}`,
    names: QUEUE,
  },
  { route: '/moderation/claims', who: moderator, path: at('/moderation/claims'), names: ['items'] },
  {
    route: '/moderation/members/:name',
    who: moderator,
    path: ({ writerName }) => `/moderation/members/${writerName}?show=posts`,
    names: ['show', 'after'],
  },
  {
    route: '/moderation/members/:name/sanction',
    who: moderator,
    path: ({ writerName }) => `/moderation/members/${writerName}/sanction`,
    names: ['item'],
  },
  { route: '/moderation/log', who: visitor, path: at('/moderation/log'), names: [...LOG_FILTERS, 'after'] },
  { route: '/moderation/watch', who: moderator, path: at('/moderation/watch'), names: ['domain', 'item'] },
  { route: '/moderation/watch/:id', who: moderator, path: at('/moderation/watch/1'), names: ['did', 'item'] },
  { route: '/admin', who: admin, path: at('/admin'), names: ['saved'] },
  { route: '/admin/sections', who: admin, path: at('/admin/sections'), names: ['saved'] },
  { route: '/admin/members', who: admin, path: at('/admin/members'), names: ['name', 'after', 'saved'] },
  { route: '/admin/moderators', who: admin, path: at('/admin/moderators'), names: ['days'] },
  { route: '/admin/feeds', who: admin, path: at('/admin/feeds'), names: ['saved'] },
  { route: '/incoming', who: writer, path: at('/incoming'), names: ['feed', 'show', 'after'] },
  { route: '/setup', who: visitor, path: at('/setup'), names: ['token'] },
];

/** The routes that read a piece of their path, and one address that is no route's. */
export function routesWithPieces(app: FastifyInstance): string[] {
  const gets = app.routes.filter(({ method, url }) => method === 'GET' && /[:*]/.test(url));
  return [...new Set(gets.map(({ url }) => url)), '/:anything'];
}

/** A route's address with the string for every piece of it: encoded whole, or only where HTTP could not carry it. */
export function addressOf(route: string, text: string, encode: boolean): string {
  const typed = text.toWellFormed();
  const piece = encode ? encodeURIComponent(typed) : typed.replace(/[^!-~]+/g, encodeURIComponent);
  // A pattern in brackets belongs to the route, not to the address.
  return route.replace(/\(.*?\)/g, '').replaceAll(/:\w+\??|\*/g, () => piece);
}
