// The page of a list of topics: front, section, tag, site, and the lists chosen for their reader.
import { LIST_SORTS } from '../../../domain/appearance.ts';
import { isThinList } from '../../../domain/indexing.ts';
import { PERIODS, type Period } from '../../../domain/periods.ts';
import { LIST_NAMES, type ListName, paths } from '../../../web/paths.ts';
import type { Crumb, Head, PageModel } from '../../../web/views.ts';
import type { Chosen } from '../queries/list-filter.ts';
import { topicRow, type TopicRowView } from './list.ts';
import { listAddress, type ListOf, plainAddress, type TopicListFacts } from './list-facts.ts';
import { listFeedLinks } from './list-feeds.ts';
import { isNarrowed, narrowingView, type NarrowingView, sizesView } from './list-narrowing.ts';
import { sideView, type SideView } from './list-side.ts';
import { siteView, type SiteView } from './site.ts';
import { type WelcomeView, welcomeView } from './welcome.ts';
import type { FirstStepsView } from '../../site/pages.ts';
import { type TagView, tagView } from '../../tags/pages.ts';
import { type FollowView, followView } from '../../following/pages.ts';

interface Tab {
  readonly name: string;
  readonly href: string;
  readonly current: boolean;
}

export interface TopicListPage extends PageModel {
  readonly heading: string;
  /** Shown for sections, tags and sites; the front page's heading is for screen readers alone. */
  readonly headingShown: boolean;
  readonly intro: string;
  /** Figures and what to do with a site, on its page. */
  readonly siteFacts: SiteView | null;
  /** What a tag is, on its page. */
  readonly tagFacts: TagView | null;
  /** Of what the list is of, for members. */
  readonly follow: FollowView | null;
  readonly tabs: readonly Tab[];
  /** The narrower choice below the tabs: time spans, or the order of a list that is a tab itself. */
  readonly choices: readonly Tab[];
  readonly choicesLabel: string;
  readonly narrowing: NarrowingView;
  /** Asked by the open page for what has been posted since; '' where that would not stand at the top. */
  readonly newTopicsHref: string;
  readonly hereHref: string;
  /** This list, for going back to it once all is marked as read; '' where nothing is marked. */
  readonly markReadNext: string;
  readonly rows: readonly TopicRowView[];
  readonly empty: string;
  readonly order: string;
  readonly firstHref: string;
  readonly nextHref: string;
  readonly paging: ReturnType<typeof sizesView>;
  readonly about: { readonly text: string };
  readonly secondChanceHref: string;
  readonly side: SideView | null;
  /** What a visitor is told of the place, and a newcomer of where to begin; null elsewhere than on the front page. */
  readonly welcome: WelcomeView | null;
  readonly firstSteps: FirstStepsView | null;
  /** Nothing has been posted yet: the one who sees it can begin. */
  readonly begins: boolean;
}
declare module '../../../web/views.ts' {
  interface Views {
    'topics/list': TopicListPage;
  }
}

const NAMES: Readonly<Record<ListName, string>> = { hot: 'Hot', new: 'New', active: 'Active', top: 'Top' };
const ORDERS: Readonly<Record<ListName, string>> = {
  hot: 'Hottest first',
  new: 'Newest first',
  active: 'Latest reply first',
  top: 'Most upvotes first',
};
const PERIOD_NAMES: Readonly<Record<Period, string>> = {
  day: 'Day',
  week: 'Week',
  month: 'Month',
  year: 'Year',
  all: 'All time',
};
const CHOSEN: Readonly<
  Record<
    Chosen,
    { readonly name: string; readonly heading: string; readonly intro: string; readonly empty: string }
  >
> = {
  followed: {
    name: 'Followed',
    heading: 'Followed topics',
    intro: '',
    empty:
      'Nothing that you follow has a topic yet. Topics, tags, sections, sites and members are followed on their pages.',
  },
  unread: { name: 'Unread', heading: 'Unread topics', intro: '', empty: 'You have seen everything.' },
  'second-chance': {
    name: 'Second chance',
    heading: 'Topics that few saw',
    intro:
      'From the last two weeks: hardly opened or discussed, but upvoted by many of those who saw them, or about a primary document.',
    empty: 'No topic is waiting for a second look right now.',
  },
};

/** When the first of the topics shown will be too old for the list. */
function endOfPeriod({ rows, period }: TopicListFacts): Date | undefined {
  const span = PERIODS[period];
  if (span === undefined || rows.length === 0) return undefined;
  return new Date(Math.min(...rows.map(({ postedAt }) => postedAt.getTime())) + span + 1);
}

export function topicListPage(facts: TopicListFacts): TopicListPage {
  const { viewer, list, of, after, next } = facts;
  const chosen = chosenOf(of);
  const nextHref = next === undefined ? '' : listAddress(facts, { after: next });
  const member = viewer.kind === 'member';
  return {
    head: { ...headOf(facts), ...(nextHref !== '' && { next: nextHref }) },
    freshUntil: endOfPeriod(facts),
    heading: headingOf(facts),
    headingShown: of !== undefined && (chosen === undefined || chosen === 'second-chance'),
    intro: isUnknownSite(of) ? '' : introOf(of),
    siteFacts: of?.kind === 'site' ? siteView(of.slug, of.site) : null,
    tagFacts: of?.kind === 'tag' ? tagView(of.tag, viewer) : null,
    follow: followOf(facts),
    tabs: tabsOf(facts),
    ...choicesOf(facts),
    narrowing: narrowingView(facts),
    newTopicsHref: newTopicsHref(facts),
    hereHref: listAddress(facts),
    markReadNext: member && (of === undefined || chosen === 'unread') ? listAddress(facts) : '',
    rows: [
      ...facts.pinned.map((row) => topicRow(row, viewer, { pinned: true })),
      ...facts.rows.map((row) => topicRow(row, viewer)),
    ],
    empty: emptyText(facts),
    order: ORDERS[list],
    firstHref: after === undefined ? '' : listAddress(facts),
    nextHref,
    paging: sizesView(facts),
    about: { text: facts.tagline },
    secondChanceHref: chosen === 'second-chance' ? '' : paths.secondChance(),
    side: facts.side ? sideView(facts.side) : null,
    welcome: facts.front ? welcomeView(facts) : null,
    firstSteps: facts.firstSteps,
    begins: emptyText(facts) === NOTHING_YET,
  };
}

function followOf(facts: TopicListFacts): FollowView | null {
  const { of, viewer } = facts;
  if (!of || of.kind === 'chosen' || viewer.kind !== 'member') return null;
  const follow = { section: paths.sectionFollow, tag: paths.tagFollow, site: paths.siteFollow }[of.kind];
  const what = `${of.kind} ${of.name}`;
  return followView({ action: follow(of.slug), next: listAddress(facts), what, level: of.level });
}

function headOf(facts: TopicListFacts): Head {
  const { siteName, list, of, after } = facts;
  const sorted = `${NAMES[list]} topics`;
  const own = chosenOf(of);
  const front = list === 'hot' && after === undefined ? siteName : sorted;
  const ofOwn = own && CHOSEN[own].heading;
  return {
    title: ofOwn ?? (of && 'slug' in of ? `${of.name}: ${sorted.toLowerCase()}` : front),
    description: introOf(of) || describe(facts),
    canonical: plainAddress(facts),
    // A page of a list that moves is of no use in a search engine, nor is one that few will ask for.
    noindex:
      after !== undefined || isNarrowed(facts) || isThin(facts) || own === 'followed' || own === 'unread',
    ...(of && 'slug' in of && { trail: trailOf(of, facts) }),
    section: of?.kind === 'section' ? of.slug : of ? 'none' : '',
    feeds: listFeedLinks(facts),
    openGraph: { type: 'website' },
  };
}

function headingOf({ of, list }: TopicListFacts): string {
  if (!of) return `${NAMES[list]} topics`;
  return of.kind === 'chosen' ? CHOSEN[of.chosen].heading : of.name;
}

function introOf(of: ListOf | undefined): string {
  if (!of) return '';
  return of.kind === 'chosen' ? CHOSEN[of.chosen].intro : of.description;
}

/** The orders of a list; of the whole forum also what is chosen for its reader. */
function tabsOf(facts: TopicListFacts): Tab[] {
  const { viewer, list, of } = facts;
  const chosen = chosenOf(of);
  // The same lists of the whole forum, not narrowed as the chosen one is.
  const forum: TopicListFacts = chosen
    ? { ...facts, of: undefined, preferred: 'hot', list: 'hot', period: 'all', tags: [] }
    : facts;
  const orders = LIST_NAMES.map((name) => ({
    name: NAMES[name],
    href: listAddress(forum, { list: name }),
    current: chosen === undefined && name === list,
  }));
  if (viewer.kind !== 'member' || (of && chosen === undefined)) return orders;
  const own = (['followed', 'unread'] as const).map((which) => ({
    name: CHOSEN[which].name,
    href: paths[which](),
    current: which === chosen,
  }));
  return [...orders, ...own];
}

function choicesOf(facts: TopicListFacts): Pick<TopicListPage, 'choices' | 'choicesLabel'> {
  const { list, period, of } = facts;
  if (list === 'top') {
    const spans = (Object.keys(PERIODS) as Period[]).map((each) => ({
      name: PERIOD_NAMES[each],
      href: listAddress(facts, { period: each }),
      current: each === period,
    }));
    return { choices: spans, choicesLabel: 'Time span' };
  }
  const chosen = chosenOf(of);
  if (chosen === undefined || chosen === 'second-chance') return { choices: [], choicesLabel: '' };
  const sorts = LIST_SORTS.map((name) => ({
    name: NAMES[name],
    href: listAddress(facts, { list: name }),
    current: name === list,
  }));
  return { choices: sorts, choicesLabel: 'Order of these topics' };
}

/** Where new topics come in at the top, and the list says what it is of in a few words. */
function newTopicsHref({ list, of, after, newest, tags }: TopicListFacts): string {
  if (newest === null || after !== undefined || list === 'top' || of?.kind === 'chosen') return '';
  const own = of?.kind === 'tag' ? [of.slug] : [];
  return paths.newTopics({
    since: newest,
    section: of?.kind === 'section' ? of.slug : undefined,
    site: of?.kind === 'site' ? of.slug : undefined,
    tag: [...own, ...tags.map(({ slug, without }) => (without ? `-${slug}` : slug))],
  });
}

const NOTHING_YET = 'Nothing has been posted here yet.';

function emptyText(facts: TopicListFacts): string {
  const { list, of, after, tags } = facts;
  if (of?.kind === 'site' && isUnknownSite(of)) return of.description;
  if (after !== undefined) return 'There are no more topics.';
  if (tags.length > 0 || (list !== 'top' && isNarrowed(facts)))
    return 'No topic here fits what you narrowed the list to.';
  if (of?.kind === 'chosen') return CHOSEN[of.chosen].empty;
  return list === 'top' ? 'Nothing was posted in this time.' : NOTHING_YET;
}

function chosenOf(of: ListOf | undefined): Chosen | undefined {
  return of?.kind === 'chosen' ? of.chosen : undefined;
}

/** Whether nobody is to be sent to a list by a search engine: for it holds too little, or another one's topics in another order. */
function isThin({ of, list, preferred, rows, pinned }: TopicListFacts): boolean {
  if (of === undefined || of.kind === 'chosen') return false;
  if (list !== preferred) return true;
  if (of.kind === 'section') return isThinList(rows.length + pinned.length);
  return isThinList(of.kind === 'tag' ? of.tag.topics : of.site.topics);
}

/** What a list is, where nobody has described it. */
function describe({ of, list, siteName, tagline }: TopicListFacts): string {
  if (of && 'slug' in of) return `Topics about ${of.name} on ${siteName}, with their discussions.`;
  return list === 'hot' ? tagline : `${ORDERS[list]}: the topics of ${siteName}. ${tagline}`;
}

/** Of a section, tag or site. All tags have a page of their own, which stands before each of them. */
function trailOf(of: Exclude<ListOf, { readonly kind: 'chosen' }>, facts: TopicListFacts): Crumb[] {
  const here = { name: of.name, href: plainAddress(facts) };
  return of.kind === 'tag' ? [{ name: 'Tags', href: paths.tags() }, here] : [here];
}

/** A site that is not known says so once, where its topics would stand. */
function isUnknownSite(of: ListOf | undefined): boolean {
  return of?.kind === 'site' && of.site.topics === 0;
}
