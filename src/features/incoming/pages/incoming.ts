// GET /incoming: the news by story, each with the outlets that have it and the way to discuss it.
import type { NewsFeedId } from '../../../domain/ids.ts';
import { isAdmin, type Viewer } from '../../../domain/viewer.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { FeedName, NewsItemRow, StoryRow } from '../queries.ts';

export interface StoryView {
  readonly title: string;
  readonly href: string;
  readonly summary: string;
  readonly outlets: readonly {
    readonly host: string;
    readonly href: string;
    readonly title: string;
    readonly posted: MomentView;
  }[];
  /** "3 outlets"; '' for one. */
  readonly count: string;
  /** Of the link that is shown the publisher is not known. */
  readonly wrapper: boolean;
  readonly topic: { readonly title: string; readonly href: string; readonly replies: string } | null;
  readonly submitHref: string;
}

interface Choice {
  readonly name: string;
  readonly href: string;
  readonly current: boolean;
}

export interface IncomingPage {
  readonly head: Head;
  readonly tabs: readonly Choice[];
  readonly feeds: readonly Choice[];
  readonly stories: readonly StoryView[];
  readonly empty: string;
  readonly firstHref: string;
  readonly nextHref: string;
  /** Where feeds are configured; '' for those who may not. */
  readonly adminHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'incoming/list': IncomingPage;
  }
}

export interface IncomingFacts {
  readonly rows: readonly StoryRow[];
  /** Where the next page begins. */
  readonly next: string | undefined;
  readonly feeds: readonly FeedName[];
  /** The one whose stories are shown. */
  readonly feed: FeedName | undefined;
  readonly undiscussed: boolean;
  readonly isFirst: boolean;
  readonly viewer: Viewer;
}

/** More stand in the story than in its line. */
const MOST_OUTLETS = 8;

export function incomingPage(facts: IncomingFacts): IncomingPage {
  const { rows, next, feeds, feed, undiscussed, isFirst, viewer } = facts;
  const here = (
    change: { feed?: NewsFeedId | undefined; undiscussed?: boolean; after?: string } = {},
  ): string => {
    const wanted = { feed: feed?.id, undiscussed, ...change };
    return paths.incoming({
      feed: wanted.feed,
      show: wanted.undiscussed ? 'new' : undefined,
      after: change.after,
    });
  };
  const choices = (): Choice[] => [
    { name: 'All feeds', href: here({ feed: undefined }), current: feed === undefined },
    ...feeds.map(({ id, title }) => ({ name: title, href: here({ feed: id }), current: id === feed?.id })),
  ];
  return {
    head: {
      title: feed ? `Incoming news from ${feed.title}` : 'Incoming news',
      noindex: true,
      section: 'none',
    },
    tabs: [
      { name: 'All', href: here({ undiscussed: false }), current: !undiscussed },
      { name: 'Not yet discussed', href: here({ undiscussed: true }), current: undiscussed },
    ],
    feeds: feeds.length === 0 ? [] : choices(),
    stories: rows.map(storyView),
    empty: emptyText(facts),
    firstHref: isFirst ? '' : here(),
    nextHref: next === undefined ? '' : here({ after: next }),
    adminHref: viewer.kind === 'member' && isAdmin(viewer) ? paths.adminFeeds() : '',
  };
}

function emptyText({ feeds, isFirst, undiscussed }: IncomingFacts): string {
  if (feeds.length === 0) return 'No feeds are read yet. Admins choose them.';
  if (!isFirst) return 'There is no earlier news.';
  return undiscussed ? 'There is no news that is not discussed yet.' : 'No news in the last two weeks.';
}

function storyView({ items, topic }: StoryRow): StoryView {
  const best = bestOf(items);
  const outlets = [...new Map(items.toReversed().map((item) => [item.host, item])).values()].reverse();
  return {
    title: best.title,
    href: best.url,
    summary: best.summary || (items.find(({ summary }) => summary !== '')?.summary ?? ''),
    outlets: outlets.slice(0, MOST_OUTLETS).map(({ host, url, title, at }) => ({
      ...{ host, href: url, title },
      posted: momentView(at),
    })),
    count: outlets.length > 1 ? counted(outlets.length, 'outlet', 'outlets') : '',
    wrapper: best.wrapper,
    topic: topic && {
      title: topic.title,
      href: paths.topic(topic),
      replies: counted(topic.replyCount, 'reply', 'replies'),
    },
    submitHref: paths.submit({ url: best.url, title: best.title }),
  };
}

/** The first to report it, where its publisher is known. */
function bestOf(items: readonly NewsItemRow[]): NewsItemRow {
  const best = items.find(({ wrapper }) => !wrapper) ?? items[0];
  if (!best) throw new Error('A story without items was shown.');
  return best;
}
