// Feeds of what topics belong to, and of those who write them: sections, tags, sites, members; and of a topic its replies.
import type { FastifyInstance } from 'fastify';
import { findNamed } from '../../db/names.ts';
import { readId, type TopicId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/member-name.ts';
import { readSiteHost } from '../../domain/site-host.ts';
import { visitor } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { findTag } from '../tags/index.ts';
import { tagFeedBase } from '../tags/pages.ts';
import { openTopic, topicConditions } from '../threads/index.ts';
import { type Feed, feedWith, type Followed } from './feed.ts';
import { postEntries } from './post-entries.ts';
import { listRepliesBy, listRepliesIn } from './queries/feed-replies.ts';
import { listNewestTopics, listTopicsBy } from './queries/feed-topics.ts';
import { serveFeed } from './serve-feed.ts';

/** Registers them. */
export async function placeFeedRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;
  const feedOf = (follows: Followed, posts: Parameters<typeof postEntries>[0]): Feed =>
    feedWith(app.site.current(), follows, postEntries(posts, siteUrl), siteUrl);
  const topicsOf = (filter: Omit<Parameters<typeof topicConditions>[1], 'list'>) => {
    const now = app.clock.now();
    return listNewestTopics(app.db, topicConditions(visitor, { list: 'new', ...filter }, now), now);
  };

  serveFeed(app, '/s/:slug', async ({ params }) => {
    const { id, slug, name, description } =
      app.site.current().sections.find((section) => section.slug === params.slug) ??
      notFound('There is no such section.');
    const follows = { id: `section/${id}`, path: `/s/${slug}` as const, name, description };
    return feedOf({ ...follows, href: paths.section(slug) }, { topics: await topicsOf({ sectionId: id }) });
  });

  serveFeed(app, '/tag/:slug', async ({ params }) => {
    const tag = (await findTag(app.db, params.slug ?? '')) ?? notFound('There is no such tag.');
    const { id, slug, name, description, family } = tag;
    const path = tagFeedBase(slug);
    if (slug !== params.slug) return { movedTo: path, forGood: true };
    const topics = await topicsOf({ tagId: id, tagFamily: family });
    return feedOf({ id: `tag/${id}`, path, name, description, href: paths.tag(slug) }, { topics });
  });

  serveFeed(app, '/site/:host', async ({ params }) => {
    const host = readSiteHost(params.host ?? '') ?? notFound('That is not the name of a site.');
    const path = `/site/${host}` as const;
    if (host !== params.host) return { movedTo: path, forGood: true };
    const topics = await topicsOf({ host });
    if (topics.length === 0) notFound('Nobody has posted an article from this site yet.');
    const description = `Topics with an article from ${host}`;
    return feedOf({ id: `site/${host}`, path, name: host, description, href: paths.site(host) }, { topics });
  });

  serveFeed(app, '/u/:name', async ({ params, query }) => {
    // PostgreSQL takes no NUL, and no name has one.
    const wanted = params.name?.includes('\0') ? '' : (params.name ?? '');
    const [member] = await findNamed(app.db, [nameKey(wanted)]);
    if (!member) return notFound('There is no member of this name.');
    const path = paths.memberFeeds(member.name);
    // A former name may be taken back.
    if (member.name !== params.name) return { movedTo: path, forGood: false };
    const show = SHOWN.find((each) => each === query.show);
    const now = app.clock.now();
    const [topics, replies] = await Promise.all([
      show === 'replies' ? [] : listTopicsBy(app.db, member.id, now),
      show === 'topics' ? [] : listRepliesBy(app.db, member.id, now),
    ]);
    const follows: Followed = {
      id: `member/${member.id}${show === undefined ? '' : `/${show}`}`,
      path,
      ...(show !== undefined && { query: { show } }),
      name: show === undefined ? member.name : `${show} of ${member.name}`,
      description: `What ${member.name} posted and replied`,
      href: paths.member(member.name, { show }),
    };
    return feedOf(follows, { topics, replies });
  });

  serveFeed(app, '/t/:id', async ({ params }) => {
    const id = readId<TopicId>(params.id) ?? notFound();
    const topic = await openTopic(app.db, visitor, id);
    if (topic.mergedIntoId !== null) return { movedTo: paths.topicFeeds(topic.mergedIntoId), forGood: false };
    const follows: Followed = {
      id: `topic/${id}/replies`,
      path: paths.topicFeeds(id),
      name: topic.title,
      description: `Replies to “${topic.title}”`,
      href: paths.topic(topic),
    };
    const replies = await listRepliesIn(app.db, id, app.clock.now());
    return { ...feedOf(follows, { replies }), topicId: id };
  });
}

/** What of a member's: as the tabs of their page have it. */
const SHOWN = ['topics', 'replies'] as const;
