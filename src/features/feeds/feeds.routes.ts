// GET /feed.atom and /feed.json, of the forum, under a section, a tag and a site: the newest topics with their text; under
// the moderation log: the newest decisions; under the weeks: the newest of them.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readSiteHost } from '../../domain/site-host.ts';
import { visitor } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { listDecisions } from '../log/index.ts';
import { findTag } from '../tags/index.ts';
import { tagFeedBase } from '../tags/pages.ts';
import { listWeeksWithTopics } from '../weekly/index.ts';
import { ATOM_TYPE, atomOf } from './atom.ts';
import { decisionsFeed } from './decisions.ts';
import { type Feed, feedOf, type Followed, ofSection, ofSite, ofTag, WHOLE_FORUM } from './feed.ts';
import { JSON_FEED_TYPE, jsonFeedOf } from './json-feed.ts';
import { type FeedOf, listFeedTopics } from './queries.ts';
import { weeksFeed } from './weeks.ts';

const FORMATS = [
  { path: paths.atomFeed, type: ATOM_TYPE, write: atomOf },
  { path: paths.jsonFeed, type: JSON_FEED_TYPE, write: jsonFeedOf },
] as const;

export async function feedRoutes(app: FastifyInstance): Promise<void> {
  for (const { path, type, write } of FORMATS) {
    const send = async (reply: FastifyReply, follows: Followed, of: FeedOf) => {
      const topics = await listFeedTopics(app.db, of);
      if (of.host !== undefined && topics.length === 0)
        notFound('Nobody has posted an article from this site yet.');
      const feed = feedOf(app.site.current(), follows, topics, app.config.siteUrl);
      return answer(reply, type, feed, write(feed));
    };
    app.get(path(), async (_request, reply) => send(reply, WHOLE_FORUM, {}));
    app.get<{ Params: { slug: string } }>(path('/s/:slug'), async ({ params }, reply) => {
      const section =
        app.site.current().sections.find(({ slug }) => slug === params.slug) ??
        notFound('There is no such section.');
      return send(reply, ofSection(section), { sectionId: section.id });
    });
    app.get<{ Params: { slug: string } }>(path('/tag/:slug'), async ({ params }, reply) => {
      const tag = (await findTag(app.db, params.slug)) ?? notFound('There is no such tag.');
      if (tag.slug !== params.slug) return reply.redirect(path(tagFeedBase(tag.slug)), 301);
      return send(reply, ofTag(tag), { tagId: tag.id });
    });
    app.get<{ Params: { host: string } }>(path('/site/:host'), async ({ params }, reply) => {
      const host = readSiteHost(params.host) ?? notFound('That is not the name of a site.');
      if (host !== params.host) return reply.redirect(path(`/site/${host}`), 301);
      return send(reply, ofSite(host), { host });
    });
    app.get(path(paths.weeksFeeds()), async (_request, reply) => {
      const feed = weeksFeed(app.site.current(), await listWeeksWithTopics(app.db), app.config.siteUrl);
      return answer(reply, type, feed, write(feed));
    });
    app.get(path(paths.moderationLogFeeds()), async (_request, reply) => {
      const site = app.site.current();
      const decisions = await listDecisions(app.db, visitor);
      const feed = decisionsFeed(site, decisions, app.config.siteUrl);
      return answer(reply, type, feed, write(feed));
    });
  }
}

/**
 * Readers ask again by the ETag, which every change of the feed changes. Last-Modified only tells them an age: no date
 * of an entry can say that another one has been hidden, so no request is answered 304 by its date alone.
 */
function answer(reply: FastifyReply, type: string, feed: Feed, text: string): FastifyReply {
  return reply
    .header('cache-control', 'public, no-cache')
    .header('last-modified', feed.updated.toUTCString())
    .type(`${type}; charset=utf-8`)
    .send(text);
}
