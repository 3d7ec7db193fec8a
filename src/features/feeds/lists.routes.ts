// Feeds of the lists of the whole forum. Each list has the stream that its readers mean: what is new; what stands on the
// front page; what is most upvoted; and of the list by latest reply the replies, since a topic does not begin anew.
import type { FastifyInstance } from 'fastify';
import { type Period, PERIODS } from '../../domain/periods.ts';
import { FEEDS } from '../../domain/feeds.ts';
import { PAGES } from '../../domain/limits.ts';
import { visitor } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { listTopics } from '../threads/index.ts';
import { type Feed, feedWith, type Followed } from './feed.ts';
import { postEntries, topicEntry } from './post-entries.ts';
import { listNewestReplies } from './queries/feed-replies.ts';
import { listNewestTopics, listTopicsInOrder } from './queries/feed-topics.ts';
import { serveFeed } from './serve-feed.ts';

const NEW: Followed = {
  id: 'topics',
  path: paths.listFeeds('new'),
  name: '',
  description: '',
  href: paths.list('new'),
};
const FRONT: Followed = {
  id: 'front',
  path: paths.listFeeds('hot'),
  name: 'front page',
  description: 'The topics that stand on the front page',
  href: paths.front(),
};
const REPLIES: Followed = {
  id: 'replies',
  path: paths.listFeeds('active'),
  name: 'replies',
  description: 'Every reply, in whichever topic',
  href: paths.list('active'),
};
const SECOND_CHANCE: Followed = {
  id: 'second-chance',
  path: paths.secondChanceFeeds(),
  name: 'second chance',
  description: 'Good topics that few saw',
  href: paths.secondChance(),
};
const SPANS: Readonly<Record<Period, string>> = {
  day: 'of the day',
  week: 'of the week',
  month: 'of the month',
  year: 'of the year',
  all: 'of all time',
};

function top(t: Period): Followed {
  const name = `top topics ${SPANS[t]}`;
  const description = 'The topics with the most upvotes';
  return {
    id: `top/${t}`,
    path: paths.listFeeds('top'),
    query: { t },
    name,
    description,
    href: paths.list('top', { t }),
  };
}

/** Registers them. */
export async function listFeedRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;
  const feedOf = (follows: Followed, posts: Parameters<typeof postEntries>[0]): Feed =>
    feedWith(app.site.current(), follows, postEntries(posts, siteUrl), siteUrl);
  // What stands by rank stays in the order of the list.
  const ranked = async (follows: Followed, filter: Parameters<typeof listTopics>[2]) => {
    const { rows } = await listTopics(app.db, visitor, filter, undefined, app.clock.now());
    const topics = await listTopicsInOrder(
      app.db,
      rows.map(({ id }) => id),
    );
    const entries = topics.map((topic) => topicEntry(topic, siteUrl));
    return feedWith(app.site.current(), follows, entries, siteUrl);
  };

  serveFeed(app, NEW.path, async () =>
    feedOf(NEW, { topics: await listNewestTopics(app.db, [], app.clock.now()) }),
  );
  serveFeed(app, REPLIES.path, async () =>
    feedOf(REPLIES, { replies: await listNewestReplies(app.db, app.clock.now()) }),
  );
  serveFeed(app, FRONT.path, () => ranked(FRONT, { list: 'hot', limit: FEEDS.ranked }));
  serveFeed(app, SECOND_CHANCE.path, () =>
    ranked(SECOND_CHANCE, { list: 'new', limit: FEEDS.ranked, chosen: 'second-chance' }),
  );
  serveFeed(app, paths.listFeeds('top'), ({ query: { t } }) => {
    const period = typeof t === 'string' && Object.hasOwn(PERIODS, t) ? (t as Period) : 'week';
    return ranked(top(period), { list: 'top', limit: PAGES.list, period });
  });
}
