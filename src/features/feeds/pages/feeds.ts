// The page that says which feeds there are.
import { type FeedBase, paths } from '../../../web/paths.ts';
import { feedLinks } from '../../../web/feed-links.ts';
import type { Site } from '../../../web/site.ts';
import type { Head } from '../../../web/views.ts';

interface FeedView {
  readonly name: string;
  readonly description: string;
  readonly href: string;
  readonly atomHref: string;
  readonly jsonHref: string;
}

interface FeedsPage {
  readonly head: Head;
  /** Null for visitors. */
  readonly own: {
    /** Whole, to be copied; '' while there is no key. */
    readonly atom: string;
    readonly json: string;
  } | null;
  readonly keyHref: string;
  readonly followsHref: string;
  readonly signInHref: string;
  readonly groups: readonly {
    readonly id: string;
    readonly heading: string;
    readonly feeds: readonly FeedView[];
  }[];
}

declare module '../../../web/views.ts' {
  interface Views {
    'feeds/list': FeedsPage;
  }
}

export function feedsPage(facts: {
  readonly site: Site;
  readonly siteUrl: string;
  /** Null: nobody is logged in. Without a key the member has made none yet. */
  readonly own: { readonly key: string | undefined } | null;
}): FeedsPage {
  const { site, siteUrl, own } = facts;
  const { name } = site.settings;
  const base = own?.key === undefined ? undefined : paths.ownFeeds(own.key);
  return {
    head: {
      title: 'Feeds',
      description: `What can be read of ${name} in a feed reader, with the text of every post.`,
      canonical: paths.feeds(),
      section: 'none',
      feeds: feedLinks(name, paths.listFeeds('new')),
    },
    own: own && {
      atom: base === undefined ? '' : siteUrl + paths.atomFeed(base),
      json: base === undefined ? '' : siteUrl + paths.jsonFeed(base),
    },
    keyHref: paths.feedKey(),
    followsHref: paths.follows(),
    signInHref: paths.signIn(paths.feeds()),
    groups: [
      { id: 'forum', heading: 'The whole forum', feeds: FORUM },
      {
        id: 'sections',
        heading: 'Sections',
        feeds: site.sections.map((section) =>
          feedView(section.name, section.description, paths.section(section.slug), `/s/${section.slug}`),
        ),
      },
    ].filter(({ feeds }) => feeds.length > 0),
  };
}

const FORUM: readonly FeedView[] = [
  feedView('New topics', 'Every topic, once, when it is posted', paths.list('new'), paths.listFeeds('new')),
  feedView('Front page', 'Only the topics that come to stand there', paths.front(), paths.listFeeds('hot')),
  feedView(
    'Top topics',
    'The most upvoted of a week, as they come among them',
    paths.list('top'),
    paths.listFeeds('top'),
  ),
  feedView('Replies', 'Every reply, in whichever topic', paths.list('active'), paths.listFeeds('active')),
  feedView('Second chance', 'Good topics that few saw', paths.secondChance(), paths.secondChanceFeeds()),
  feedView('The week', 'The topics of each week, once a week', paths.weeks(), paths.weeksFeeds()),
  feedView(
    'Moderation log',
    'What moderators decided, and why',
    paths.moderationLog(),
    paths.moderationLogFeeds(),
  ),
];

function feedView(name: string, description: string, href: string, base: FeedBase): FeedView {
  return { name, description, href, atomHref: paths.atomFeed(base), jsonHref: paths.jsonFeed(base) };
}
