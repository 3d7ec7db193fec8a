// The page of a member as its template wants it.
import { identiconOf, type Identicon } from '../../domain/identicon.ts';
import { maySeeMemberFile } from '../../domain/policy/sanctions.ts';
import { trustOf } from '../../domain/policy/trust.ts';
import { isSelf, type Role, type Viewer } from '../../domain/viewer.ts';
import { excerpt, excerptOf } from '../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../web/moments.ts';
import { feedLinks } from '../../web/feed-links.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import { type FollowView, followView } from '../following/pages.ts';
import { topicRow, type TopicRowView } from '../threads/pages.ts';
import { profileJsonLd } from './profile-json-ld.ts';
import type { MemberRow, ReplyRow } from './queries.ts';
import { type OwnSanction, type OwnSanctionView, ownSanctionView } from './sanctions.ts';
import { standingView, type StandingView, STEPS } from './standing.ts';

type TopicRow = Parameters<typeof topicRow>[0];

export const TABS = ['recent', 'topics', 'replies'] as const;
export type Tab = (typeof TABS)[number];

/** Of one member's topics; what is hot is hot beside others'. */
export const SORTS = ['new', 'active', 'top'] as const;
export type Sort = (typeof SORTS)[number];

export interface ReplyView {
  readonly topic: string;
  readonly href: string;
  /** "to diana_f"; '' when nobody is to be named. */
  readonly to: string;
  readonly posted: MomentView;
  readonly upvotes: string;
  readonly text: string;
  /** What its author is told; '' for what everybody sees. */
  readonly note: string;
}

export interface ProfilePage {
  readonly head: Head;
  readonly name: string;
  readonly identicon: Identicon;
  readonly since: MomentView;
  /** Who brought them here; null: nobody. */
  readonly invitedBy: { readonly name: string; readonly href: string } | null;
  /** To those they brought; '' when there are none. */
  readonly invitedHref: string;
  /** '' for members without an office. */
  readonly office: string;
  readonly about: readonly string[];
  readonly affiliation: string;
  readonly pronouns: string;
  /** Null when the member gave none. */
  readonly link: { readonly href: string; readonly text: string } | null;
  readonly own: boolean;
  readonly settingsHref: string;
  /** Where members report the name or the page; '' for visitors, and on one's own page. */
  readonly reportHref: string;
  /** Null for visitors, and on one's own page. */
  readonly follow: FollowView | null;
  /** The step of trust; members with an office are known by that. */
  readonly step: string;
  readonly topicCount: string;
  readonly replyCount: string;
  readonly upvotes: string;
  readonly sections: readonly { readonly name: string; readonly href: string }[];
  /** Null but for members looking at their own page. */
  readonly standing: StandingView | null;
  /** What moderators decided about the member; empty but for their own eyes. */
  readonly sanctions: readonly OwnSanctionView[];
  /** For moderators looking at others; '' for everybody else. */
  readonly moderationHref: string;
  readonly tabs: readonly {
    readonly name: string;
    readonly count: string;
    readonly href: string;
    readonly current: boolean;
  }[];
  /** Orders of the topics; empty where they are not shown alone. */
  readonly sorts: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly topics: readonly TopicRowView[];
  readonly replies: readonly ReplyView[];
  readonly empty: string;
  readonly order: string;
  readonly nextHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'profiles/show': ProfilePage;
  }
}

/** What of a member's page is shown, and in which order its topics stand. */
export interface Shown {
  readonly tab: Tab;
  readonly sort: Sort;
}

export interface ProfileFacts extends Shown {
  readonly viewer: Viewer;
  readonly member: MemberRow;
  readonly topics: readonly TopicRow[];
  readonly replies: readonly ReplyRow[];
  /** Whether these are the first of the list. */
  readonly first: boolean;
  /** Cursor of the next page; undefined on the last one, and under Recent, which has one page. */
  readonly next: string | undefined;
  readonly sanctions: readonly OwnSanction[];
  /** Whether this forum limits new members. */
  readonly limitsInForce: boolean;
  readonly siteUrl: string;
  readonly now: Date;
}

export function profilePage(facts: ProfileFacts): ProfilePage {
  const { viewer, member, tab, sort, topics, replies, first, next, limitsInForce, siteUrl, now } = facts;
  const { name, role, affiliation, topicCount, replyCount } = member;
  const own = isSelf(viewer, member.id);
  const address = (shown: Tab, order: Sort = 'new', after?: string) =>
    paths.member(name, {
      show: shown === 'recent' ? undefined : shown,
      sort: order === 'new' ? undefined : order,
      after,
    });
  return {
    head: {
      title: tab === 'recent' ? name : `${name}: ${tab}`,
      description: member.about === '' ? `What ${name} posted and replied.` : excerpt(member.about, 160),
      canonical: address(tab, sort),
      // An empty page is of no use in a search engine, but for somebody who wants to be linked from one.
      noindex: member.hiddenFromSearchEngines || !first || topicCount + replyCount === 0,
      section: 'none',
      feeds:
        tab === 'recent'
          ? feedLinks(`What ${name} writes`, paths.memberFeeds(name))
          : feedLinks(`${tab === 'topics' ? 'Topics' : 'Replies'} of ${name}`, paths.memberFeeds(name), {
              show: tab,
            }),
      openGraph: { type: 'profile', username: name },
      ...(tab === 'recent' && { jsonLdHtml: profileJsonLd(member, siteUrl) }),
      ...(next !== undefined && { next: address(tab, sort, next) }),
    },
    name,
    identicon: identiconOf(name),
    since: momentView(member.trust.joinedAt),
    invitedBy:
      member.invitedBy === null ? null : { name: member.invitedBy, href: paths.member(member.invitedBy) },
    invitedHref: member.hasInvited ? paths.invitations({ of: name }) : '',
    office: OFFICES[role],
    about: member.about === '' ? [] : member.about.split('\n'),
    affiliation,
    pronouns: member.pronouns,
    link: member.link === '' ? null : { href: member.link, text: spellLink(member.link) },
    own,
    settingsHref: paths.settings(),
    reportHref: own || viewer.kind === 'visitor' ? '' : paths.memberFlag(name),
    follow:
      own || viewer.kind === 'visitor'
        ? null
        : followView({
            action: paths.memberFollow(name),
            next: address(tab),
            what: `member ${name}`,
            level: member.level,
          }),
    step: STEPS[trustOf(member.trust, now)],
    topicCount: spell(topicCount),
    replyCount: spell(replyCount),
    upvotes: spell(member.upvotes),
    sections: member.sections.map((section) => ({ name: section.name, href: paths.section(section.slug) })),
    standing: own && role === 'member' ? standingView(member.trust, limitsInForce, now) : null,
    sanctions: own ? facts.sanctions.map(ownSanctionView) : [],
    moderationHref: maySeeMemberFile(viewer, member.id, now).allowed ? paths.moderationMember(name) : '',
    tabs: [
      { name: 'Recent', count: '', href: address('recent'), current: tab === 'recent' },
      { name: 'Topics', count: spell(topicCount), href: address('topics'), current: tab === 'topics' },
      { name: 'Replies', count: spell(replyCount), href: address('replies'), current: tab === 'replies' },
      ...(own
        ? [{ name: 'Saved', count: spell(member.savedCount), href: paths.saved(), current: false }]
        : []),
    ],
    sorts:
      tab === 'topics'
        ? SORTS.map((each) => ({ name: SORT_NAMES[each], href: address(tab, each), current: each === sort }))
        : [],
    topics: topics.map((row) => topicRow(row, viewer)),
    replies: replies.map(replyView),
    empty: topics.length + replies.length > 0 ? '' : first ? EMPTY[tab](name) : 'There is no more.',
    nextHref: next === undefined ? '' : address(tab, sort, next),
    order: ORDERS[sort],
  };
}

const OFFICES: Readonly<Record<Role, string>> = { member: '', moderator: 'Moderator', admin: 'Admin' };

const SORT_NAMES: Readonly<Record<Sort, string>> = { new: 'New', active: 'Active', top: 'Top' };
const ORDERS: Readonly<Record<Sort, string>> = {
  new: 'Newest first',
  active: 'Latest reply first',
  top: 'Most upvotes first',
};

const EMPTY: Readonly<Record<Tab, (name: string) => string>> = {
  recent: (name) => `${name} has not written anything yet.`,
  topics: (name) => `${name} has not posted a topic yet.`,
  replies: (name) => `${name} has not replied yet.`,
};

const EXCERPT_CHARACTERS = 400;

const NOTES = {
  held: 'Awaiting approval',
  hidden: 'Hidden by a moderator',
  visible: '',
  withdrawn: '',
} as const;

function replyView({ id, topicTitle, to, postedAt, score, state, bodyHtml }: ReplyRow): ReplyView {
  return {
    topic: topicTitle,
    href: paths.post(id),
    to: to === null ? '' : `to ${to}`,
    posted: momentView(postedAt),
    upvotes: counted(score, 'upvote', 'upvotes'),
    text: bodyHtml === null ? '' : excerptOf(bodyHtml, EXCERPT_CHARACTERS),
    note: NOTES[state],
  };
}

/** Without what all addresses have: "example.org/blog". */
function spellLink(link: string): string {
  return link.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}

function spell(n: number): string {
  return n.toLocaleString('en-GB');
}
