// Lists of topics as pages show them.
import type { FollowLevel } from '../../../domain/following.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths, type ListName } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { Period, TopicRow } from '../queries/lists.ts';
import type { SiteFacts } from '../queries/sites.ts';
import { type FollowView, followView } from '../../following/pages.ts';
import { siteView, type SiteView } from './site.ts';

export interface TopicRowView {
  readonly anchor: string;
  readonly voteHref: string;
  readonly score: string;
  readonly voted: boolean;
  /** False for one's own: nobody votes for themselves. */
  readonly canVote: boolean;
  readonly pinned: boolean;
  readonly locked: boolean;
  readonly title: string;
  /** The article for link topics, else the discussion. */
  readonly titleHref: string;
  readonly external: boolean;
  readonly domain: { readonly host: string; readonly href: string } | null;
  readonly section: { readonly name: string; readonly href: string };
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly posted: MomentView;
  readonly tags: readonly { readonly slug: string; readonly href: string }[];
  readonly href: string;
  readonly replies: string;
  /** For visitors, whose browser knows what they have read; '' for members. */
  readonly readTopic: string;
  /** "3 new"; '' when nothing is, or nobody knows. */
  readonly fresh: string;
  /** What its author and moderators are told; '' for what everybody sees. */
  readonly note: string;
  readonly modelWritten: boolean;
  /** Where a merged topic leads, for its author. */
  readonly merged: { readonly title: string; readonly href: string } | null;
}

const NOTES = {
  visible: '',
  held: 'Awaiting approval',
  hidden: 'Hidden by a moderator',
  withdrawn: 'Withdrawn',
} as const;

export function topicRow(
  row: TopicRow,
  viewer: Viewer,
  { pinned = false }: { pinned?: boolean } = {},
): TopicRowView {
  const href = paths.topic(row);
  return {
    anchor: paths.postAnchor(row.openingPostId),
    voteHref: paths.postVote(row.openingPostId),
    score: row.score.toLocaleString('en-GB'),
    voted: row.voted,
    canVote: viewer.kind !== 'member' || viewer.id !== row.authorId,
    pinned,
    locked: row.lockedAt !== null,
    title: row.title,
    titleHref: row.kind === 'link' && row.source ? row.source.url : href,
    external: row.kind === 'link' && row.source !== null,
    domain: row.source ? { host: row.source.host, href: paths.site(row.source.host) } : null,
    section: { name: row.sectionName, href: paths.section(row.sectionSlug) },
    author: row.authorName === null ? null : { name: row.authorName, href: paths.member(row.authorName) },
    posted: momentView(row.postedAt),
    tags: row.tags.map(({ slug }) => ({ slug, href: paths.tag(slug) })),
    href,
    replies: counted(row.replyCount, 'reply', 'replies'),
    readTopic: viewer.kind === 'visitor' ? String(row.id) : '',
    fresh: row.unseen ? `${row.unseen} new` : '',
    note: NOTES[row.state],
    modelWritten: row.modelWritten && row.state === 'visible',
    merged: row.mergedInto && {
      title: row.mergedInto.title ?? 'a topic that is gone',
      href: paths.topicById(row.mergedInto.id),
    },
  };
}

export interface TopicListPage {
  readonly head: Head;
  readonly heading: string;
  /** Shown for sections, tags and sites; the front page's heading is for screen readers alone. */
  readonly headingShown: boolean;
  readonly intro: string;
  /** Figures and what to do with a site, on its page. */
  readonly siteFacts: SiteView | null;
  /** Of what the list is of, for members. */
  readonly follow: FollowView | null;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  /** This list, for going back to it once all is marked as read; '' for visitors. */
  readonly markReadNext: string;
  readonly periods: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly rows: readonly TopicRowView[];
  readonly empty: string;
  readonly order: string;
  readonly firstHref: string;
  readonly nextHref: string;
  readonly about: { readonly text: string };
  readonly digest: {
    readonly title: string;
    readonly href: string;
    readonly replies: string;
    readonly posted: MomentView;
  } | null;
}
declare module '../../../web/views.ts' {
  interface Views {
    'topics/list': TopicListPage;
  }
}

const LIST_NAMES: Record<ListName, string> = { hot: 'Hot', new: 'New', active: 'Active', top: 'Top' };
const ORDERS: Record<ListName, string> = {
  hot: 'Hottest first',
  new: 'Newest first',
  active: 'Latest reply first',
  top: 'Most upvotes first',
};
const PERIOD_NAMES: Record<Period, string> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  year: 'Year',
  all: 'All time',
};

interface Listed {
  readonly name: string;
  readonly description: string;
  readonly slug: string;
  /** What the viewer has chosen to hear of it. */
  readonly level: FollowLevel | null;
}

export interface TopicListFacts {
  readonly viewer: Viewer;
  readonly siteName: string;
  readonly tagline: string;
  readonly list: ListName;
  /** What the viewer gets where an address names no list. */
  readonly preferred: ListName;
  readonly period: Period;
  /** What the list is of: undefined for the whole forum. */
  readonly of:
    | (Listed & { readonly kind: 'section' | 'tag' })
    | (Listed & { readonly kind: 'site'; readonly site: SiteFacts })
    | undefined;
  readonly pinned: readonly TopicRow[];
  readonly rows: readonly TopicRow[];
  readonly after: string | undefined;
  readonly next: string | undefined;
  readonly digest: TopicRow | undefined;
}

export function topicListPage(facts: TopicListFacts): TopicListPage {
  const { viewer, list, preferred, period, of, after, next, digest } = facts;
  const address = (name: ListName, more: { t?: Period; after?: string } = {}): string => {
    const query = { sort: name === preferred ? undefined : name, ...more };
    if (!of && name === 'hot') return paths.list('hot', query);
    if (!of) return paths.list(name, more);
    return { section: paths.section, tag: paths.tag, site: paths.site }[of.kind](of.slug, query);
  };
  const sorted = `${LIST_NAMES[list]} topics`;
  const here = address(list, list === 'top' && period !== 'week' ? { t: period } : {});
  const nextHref =
    next === undefined ? '' : address(list, { ...(list === 'top' && { t: period }), after: next });
  const feedBase = feedBaseOf(of);
  // A site that is not known says so once, where its topics would stand.
  const unknown = of?.kind === 'site' && of.site.topics === 0;
  return {
    head: {
      title: of
        ? `${of.name}: ${sorted.toLowerCase()}`
        : list === 'hot' && after === undefined
          ? facts.siteName
          : sorted,
      description: of?.description ?? facts.tagline,
      canonical: here,
      // A page of a list that moves is of no use in a search engine.
      noindex: after !== undefined || unknown,
      section: of?.kind === 'section' ? of.slug : of ? 'none' : '',
      feeds:
        feedBase === undefined
          ? []
          : [
              {
                type: 'atom',
                href: paths.atomFeed(feedBase),
                title: of ? `${facts.siteName}: ${of.name}` : facts.siteName,
              },
              {
                type: 'json',
                href: paths.jsonFeed(feedBase),
                title: of ? `${facts.siteName}: ${of.name}` : facts.siteName,
              },
            ],
      openGraph: { type: 'website' },
      ...(nextHref !== '' && { next: nextHref }),
    },
    heading: of ? of.name : sorted,
    headingShown: of !== undefined,
    intro: unknown ? '' : (of?.description ?? ''),
    siteFacts: of?.kind === 'site' ? siteView(of.slug, of.site) : null,
    follow: followOf(of, viewer, here),
    tabs: (Object.keys(LIST_NAMES) as ListName[]).map((name) => ({
      name: LIST_NAMES[name],
      href: address(name),
      current: name === list,
    })),
    markReadNext: viewer.kind === 'member' ? here : '',
    periods:
      list !== 'top'
        ? []
        : (Object.keys(PERIOD_NAMES) as Period[]).map((t) => ({
            name: PERIOD_NAMES[t],
            href: address('top', { t }),
            current: t === period,
          })),
    rows: [
      ...facts.pinned.map((row) => topicRow(row, viewer, { pinned: true })),
      ...facts.rows.map((row) => topicRow(row, viewer)),
    ],
    empty: unknown
      ? of.description
      : after !== undefined
        ? 'There are no more topics.'
        : list === 'top'
          ? 'Nothing was posted in this time.'
          : 'Nothing has been posted here yet.',
    order: ORDERS[list],
    firstHref: after === undefined ? '' : here,
    nextHref,
    about: { text: facts.tagline },
    digest: digest
      ? {
          title: digest.title,
          href: paths.topic(digest),
          replies: counted(digest.replyCount, 'reply', 'replies'),
          posted: momentView(digest.postedAt),
        }
      : null,
  };
}

function followOf(of: TopicListFacts['of'], viewer: Viewer, next: string): FollowView | null {
  if (!of || viewer.kind !== 'member') return null;
  const action = { section: paths.sectionFollow, tag: paths.tagFollow, site: paths.siteFollow }[of.kind](
    of.slug,
  );
  return followView({ action, next, what: `${of.kind} ${of.name}`, level: of.level });
}

/** What the addresses of a list's feeds begin with; undefined where it has none. */
function feedBaseOf(of: TopicListFacts['of']): '' | `/${string}` | undefined {
  if (of === undefined) return '';
  if (of.kind === 'section') return `/s/${of.slug}`;
  return of.kind === 'site' && of.site.topics > 0 ? `/site/${of.slug}` : undefined;
}
