// GET /feed.atom and /feed.json, of the forum and under a section: the newest topics with their text.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import type { Section } from '../../web/site.ts';
import { ATOM_TYPE, atomOf } from './atom.ts';
import { type Feed, feedOf } from './feed.ts';
import { JSON_FEED_TYPE, jsonFeedOf } from './json-feed.ts';
import { listFeedTopics } from './queries.ts';

const FORMATS = [
  { path: paths.atomFeed, type: ATOM_TYPE, write: atomOf },
  { path: paths.jsonFeed, type: JSON_FEED_TYPE, write: jsonFeedOf },
] as const;

export async function feedRoutes(app: FastifyInstance): Promise<void> {
  for (const { path, type, write } of FORMATS) {
    const send = async (reply: FastifyReply, section: Section | undefined) => {
      const topics = await listFeedTopics(app.db, section?.id);
      const feed = feedOf(app.site.current(), section, topics, app.config.siteUrl);
      return answer(reply, type, feed, write(feed));
    };
    app.get(path(), async (_request, reply) => send(reply, undefined));
    app.get<{ Params: { slug: string } }>(path('/s/:slug'), async ({ params }, reply) => {
      const section = app.site.current().sections.find(({ slug }) => slug === params.slug);
      return send(reply, section ?? notFound('There is no such section.'));
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
