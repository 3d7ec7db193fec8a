// Every address of the site as a function: routes, templates, redirects, mails and feeds ask here.
import type {
  ActionId,
  DraftId,
  MemberId,
  NewsFeedId,
  PostId,
  QueueItemId,
  RevisionId,
  SourceId,
  TopicId,
  WatchRuleId,
} from '../domain/ids.ts';

export interface TopicAddress {
  readonly id: TopicId;
  readonly slug: string;
}
export const LIST_NAMES = ['hot', 'new', 'active', 'top'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** What the addresses of feeds begin with. */
export type FeedBase = '' | `/${string}`;

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

function withQuery(path: string, query: Query | undefined): string {
  if (!query) return path;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each): [string, string] => [name, String(each)]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

export const paths = {
  front: () => '/',
  list: (list: ListName, query?: Query) => withQuery(list === 'hot' ? '/' : `/${list}`, query),
  section: (slug: string, query?: Query) => withQuery(`/s/${slug}`, query),
  tag: (slug: string, query?: Query) => withQuery(`/tag/${encodeURIComponent(slug)}`, query),
  site: (host: string, query?: Query) => withQuery(`/site/${encodeURIComponent(host)}`, query),
  siteFollow: (host: string) => `/site/${encodeURIComponent(host)}/follow`,
  tagFollow: (slug: string) => `/tag/${encodeURIComponent(slug)}/follow`,
  sectionFollow: (slug: string) => `/s/${slug}/follow`,
  memberFollow: (name: string) => `/u/${encodeURIComponent(name)}/follow`,
  topicFollow: (id: TopicId) => `/t/${id}/follow`,
  tags: (query?: Query) => withQuery('/tags', query),
  tagEdit: (slug: string) => `/tag/${encodeURIComponent(slug)}/edit`,
  tagMerge: (slug: string) => `/tag/${encodeURIComponent(slug)}/merge`,
  /** Adds the tags of the industry that the forum comes with. */
  tagsPlant: () => '/tags/plant',
  saved: (query?: Query) => withQuery('/saved', query),
  followed: (query?: Query) => withQuery('/followed', query),
  unread: (query?: Query) => withQuery('/unread', query),
  /** All that was posted so far counts as seen. */
  markAllRead: () => '/unread/read',
  secondChance: (query?: Query) => withQuery('/second-chance', query),
  /** Asked for by open pages: how many topics or replies are new since. */
  newTopics: (query?: Query) => withQuery('/new/topics', query),
  newReplies: (id: TopicId, query?: Query) => withQuery(`/t/${id}/new`, query),
  /** Asked for by the browsers of visitors, who keep their marks themselves. */
  newSince: (query?: Query) => withQuery('/new/since', query),
  topicChanges: (id: TopicId, query?: Query) => withQuery(`/t/${id}/changes`, query),
  changes: (query?: Query) => withQuery('/changes', query),
  weeks: (query?: Query) => withQuery('/weeks', query),
  /** What the addresses of its feeds begin with. */
  weeksFeeds: () => '/weeks' as const,
  weeksMail: () => '/weeks/mail',
  week: (name: string) => `/week/${name}`,
  /** A picture of an article; `hash` names its bytes. */
  image: (hash: string) => `/images/${hash}.webp`,
  member: (name: string, query?: Query) => withQuery(`/u/${encodeURIComponent(name)}`, query),
  search: (query?: Query) => withQuery('/search', query),

  topic: (topic: TopicAddress, query?: Query) =>
    withQuery(`/t/${topic.id}/${encodeURIComponent(topic.slug)}`, query),
  /** Without a slug, which repeats the title: for the log. Leads to the whole address. */
  topicById: (id: TopicId) => `/t/${id}`,
  topicReply: (id: TopicId, query?: Query) => withQuery(`/t/${id}/reply`, query),
  topicLock: (id: TopicId) => `/t/${id}/lock`,
  topicPin: (id: TopicId) => `/t/${id}/pin`,
  topicMerge: (id: TopicId, query?: Query) => withQuery(`/t/${id}/merge`, query),
  topicSuggest: (id: TopicId) => `/t/${id}/suggest`,
  topicSources: (id: TopicId, query?: Query) => withQuery(`/t/${id}/sources`, query),
  topicSourceFlag: (id: TopicId, source: SourceId) => `/t/${id}/sources/${source}/flag`,
  topicSection: (id: TopicId) => `/t/${id}/section`,
  topicSource: (id: TopicId, source: SourceId) => `/t/${id}/sources/${source}`,

  /** Permalink: leads to the place where the post stands. */
  post: (id: PostId) => `/p/${id}`,
  postAnchor: (id: PostId) => `p${id}`,
  postReply: (id: PostId, query?: Query) => withQuery(`/p/${id}/reply`, query),
  postEdit: (id: PostId, query?: Query) => withQuery(`/p/${id}/edit`, query),
  postHistory: (id: PostId) => `/p/${id}/history`,
  postVote: (id: PostId) => `/p/${id}/vote`,
  postFlag: (id: PostId) => `/p/${id}/flag`,
  /** For visitors: a report of illegal content. */
  postReport: (id: PostId, query?: Query) => withQuery(`/p/${id}/report`, query),
  postMove: (id: PostId) => `/p/${id}/move`,
  postModel: (id: PostId) => `/p/${id}/model`,
  postBlank: (id: PostId, revision: RevisionId) => `/p/${id}/history/${revision}/blank`,
  memberFlag: (name: string) => `/u/${encodeURIComponent(name)}/flag`,
  postSave: (id: PostId) => `/p/${id}/save`,
  postWithdraw: (id: PostId) => `/p/${id}/withdraw`,
  postHide: (id: PostId) => `/p/${id}/hide`,
  postRestore: (id: PostId) => `/p/${id}/restore`,

  /** One's own, newest first; POST keeps what a composer holds. */
  drafts: (query?: Query) => withQuery('/drafts', query),
  /** Opens the composer with it. */
  draft: (id: DraftId) => `/drafts/${id}`,
  draftDiscard: (id: DraftId) => `/drafts/${id}/discard`,
  /** What a name or a tag that is being typed may become. */
  complete: (query?: Query) => withQuery('/complete', query),
  submit: (query?: Query) => withQuery('/submit', query),
  submitCheck: () => '/submit/check',
  preview: () => '/preview',
  signUp: (next?: string, query?: Query) => withQuery('/sign-up', { next, ...query }),
  signIn: (next?: string, query?: Query) => withQuery('/sign-in', { next, ...query }),
  signInPasskey: () => '/sign-in/passkey',
  signInPasskeyOptions: () => '/sign-in/passkey/options',
  signUpPasskey: () => '/sign-up/passkey',
  signUpPasskeyOptions: () => '/sign-up/passkey/options',
  signInCode: (next?: string) => withQuery('/sign-in/code', { next }),
  /** By way of another site. */
  signInWith: (key: string, next?: string, query?: Query) =>
    withQuery(`/sign-in/with/${key}`, { next, ...query }),
  signInWithDone: (key: string) => `/sign-in/with/${key}/done`,
  connectIdentity: () => '/sign-in/connect',
  finishSignUp: () => '/sign-up/finish',
  confirmIdentityWith: (key: string, next?: string) => withQuery(`/confirm-identity/with/${key}`, { next }),
  signOut: () => '/sign-out',
  confirmIdentity: (next?: string, query?: Query) => withQuery('/confirm-identity', { next, ...query }),
  confirmIdentityPasskey: () => '/confirm-identity/passkey',
  confirmIdentityPasskeyOptions: () => '/confirm-identity/passkey/options',
  confirm: (query?: Query) => withQuery('/confirm', query),
  confirmSend: () => '/confirm/send',
  confirmEmail: (query?: Query) => withQuery('/confirm/email', query),
  forgot: (query?: Query) => withQuery('/forgot', query),
  reset: (query?: Query) => withQuery('/reset', query),
  settings: (query?: Query) => withQuery('/settings', query),
  theme: () => '/settings/theme',
  appearance: (query?: Query) => withQuery('/settings/appearance', query),
  account: (query?: Query) => withQuery('/settings/account', query),
  name: () => '/settings/name',
  email: () => '/settings/email',
  emailAgain: () => '/settings/email/again',
  emailCancel: () => '/settings/email/cancel',
  sessions: (query?: Query) => withQuery('/settings/sessions', query),
  password: () => '/settings/password',
  identityConnect: (key: string) => `/settings/identities/connect/${key}`,
  identityDisconnect: () => '/settings/identities/disconnect',
  privacySettings: (query?: Query) => withQuery('/settings/privacy', query),
  follows: (query?: Query) => withQuery('/settings/follows', query),
  followWord: () => '/settings/follows/word',
  notices: (query?: Query) => withQuery('/settings/notices', query),
  /** At which hour and on which day gathered mails come. */
  mailTimes: (query?: Query) => withQuery('/settings/notices/times', query),
  /** One click in a mail's header, or a page with one button; `key` says who and of what. */
  unsubscribe: (query?: Query) => withQuery('/unsubscribe', query),
  forgetReading: () => '/settings/privacy/forget',
  exportOrder: () => '/settings/export',
  exportDownload: () => '/settings/export/download',
  deletion: () => '/settings/delete',
  deletionKeep: () => '/settings/delete/keep',
  twoStep: () => '/settings/two-step',
  twoStepStart: () => '/settings/two-step/start',
  twoStepOn: () => '/settings/two-step/on',
  twoStepCodes: () => '/settings/two-step/codes',
  twoStepOff: () => '/settings/two-step/off',
  ownInvitations: (query?: Query) => withQuery('/settings/invitations', query),
  takeBackInvitation: () => '/settings/invitations/take-back',
  invitations: (query?: Query) => withQuery('/invitations', query),
  passkeys: (query?: Query) => withQuery('/settings/passkeys', query),
  passkeyOptions: () => '/settings/passkeys/options',
  passkeyRename: () => '/settings/passkeys/rename',
  passkeyRemove: () => '/settings/passkeys/remove',
  inbox: (query?: Query) => withQuery('/inbox', query),
  /** A moderator's decision as whoever it concerns reads it: reason, rule, appeal. */
  decision: (id: ActionId) => `/decisions/${id}`,
  decisionAppeal: (id: ActionId) => `/decisions/${id}/appeal`,
  /** What is said inside a queue item, as the member whom it concerns reads it. */
  talk: (id: QueueItemId) => `/talks/${id}`,
  ownFlags: (query?: Query) => withQuery('/settings/flags', query),
  inboxRead: () => '/inbox/read',
  incoming: (query?: Query) => withQuery('/incoming', query),

  queue: (query?: Query) => withQuery('/moderation', query),
  queueClaim: (id: QueueItemId) => `/moderation/items/${id}/claim`,
  queueRelease: (id: QueueItemId) => `/moderation/items/${id}/release`,
  queueItem: (id: QueueItemId, query?: Query) => withQuery(`/moderation/items/${id}`, query),
  queueTalk: (id: QueueItemId) => `/moderation/items/${id}/talk`,
  /** Several items at once. */
  queueBulk: () => '/moderation/bulk',
  /** Who holds which item and what was decided: asked for by open pages. */
  queueClaims: (query?: Query) => withQuery('/moderation/claims', query),
  undo: (id: ActionId) => `/moderation/actions/${id}/undo`,
  moderationMember: (name: string, query?: Query) =>
    withQuery(`/moderation/members/${encodeURIComponent(name)}`, query),
  sanctionMember: (name: string, query?: Query) =>
    withQuery(`/moderation/members/${encodeURIComponent(name)}/sanction`, query),
  memberNotes: (name: string) => `/moderation/members/${encodeURIComponent(name)}/notes`,
  shift: () => '/moderation/shift',
  watch: (query?: Query) => withQuery('/moderation/watch', query),
  watchRule: (id: WatchRuleId, query?: Query) => withQuery(`/moderation/watch/${id}`, query),
  moderators: (query?: Query) => withQuery('/admin/moderators', query),
  moderationLog: (query?: Query) => withQuery('/moderation/log', query),
  /** What the addresses of its feeds begin with. */
  moderationLogFeeds: () => '/moderation/log' as const,
  moderationFigures: () => '/moderation/log/figures',

  admin: () => '/admin',
  adminSections: () => '/admin/sections',
  adminSection: (id: number) => `/admin/sections/${id}`,
  adminMembers: (query?: Query) => withQuery('/admin/members', query),
  adminFeeds: (query?: Query) => withQuery('/admin/feeds', query),
  adminFeed: (id: NewsFeedId) => `/admin/feeds/${id}`,
  adminRole: (id: MemberId) => `/admin/members/${id}/role`,
  setup: (query?: Query) => withQuery('/setup', query),

  rules: () => '/rules',
  about: () => '/about',
  privacy: () => '/privacy',
  atomFeed: (of: FeedBase = '', query?: Query) => withQuery(`${of}/feed.atom`, query),
  jsonFeed: (of: FeedBase = '', query?: Query) => withQuery(`${of}/feed.json`, query),
  /** What the addresses of a list's feeds begin with: of what is new that is the forum itself. */
  listFeeds: (list: ListName) => (list === 'new' ? '' : `/${list}`) satisfies FeedBase,
  secondChanceFeeds: () => '/second-chance' as const,
  /** Of a topic's replies; no slug, which changes with the title. */
  topicFeeds: (id: TopicId) => `/t/${id}` as const,
  memberFeeds: (name: string) => `/u/${encodeURIComponent(name)}` as const,
  /** Which feeds there are, and one's own of what one follows. */
  feeds: (query?: Query) => withQuery('/feeds', query),
  /** Makes the key of one's own feed, or a new one. */
  feedKey: () => '/feeds/key',
  /** What the addresses of a member's own feeds begin with; whoever has the key reads them without logging in. */
  ownFeeds: (key: string) => `/feeds/own/${key}` as const,
  /** The keys that act in lists and topics. */
  keys: () => '/keys',
  manifest: () => '/manifest.webmanifest',
  sitemap: () => '/sitemap.xml',
  openSearch: () => '/opensearch.xml',

  /** Development only. */
  gallery: (query?: Query) => withQuery('/dev/gallery', query),
  devMails: () => '/dev/mail',
  devMail: (n: number) => `/dev/mail/${n}`,
} as const;

/**
 * A `next` parameter that stays on this site, or the front page. Refused are other origins in every disguise:
 * `//host`, `/\host`, control characters that browsers drop, and dot segments that normalise into `//host`.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || next.length > 2_000 || !next.startsWith('/')) return paths.front();
  // eslint-disable-next-line no-control-regex -- the control characters are what is looked for
  if (/[\\\u0000-\u001f\u007f]/.test(next)) return paths.front();
  const base = 'http://this.invalid';
  const url = URL.parse(next, base);
  if (url?.origin !== base || url.pathname.startsWith('//')) return paths.front();
  return url.pathname + url.search + url.hash;
}
