// A feed at its two addresses: as Atom and as JSON Feed.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { TopicId } from '../../domain/ids.ts';
import { type FeedBase, paths } from '../../web/paths.ts';
import { queryOf } from '../../web/query-of.ts';
import { ATOM_TYPE, atomOf } from './atom.ts';
import type { Feed } from './feed.ts';
import { JSON_FEED_TYPE, jsonFeedOf } from './json-feed.ts';

const FORMATS = [
  { path: paths.atomFeed, type: ATOM_TYPE, write: atomOf },
  { path: paths.jsonFeed, type: JSON_FEED_TYPE, write: jsonFeedOf },
] as const;

/** What there is at a feed's addresses: itself, of a topic perhaps, or where it is now. */
export type Found =
  (Feed & { readonly topicId?: TopicId }) | { readonly movedTo: FeedBase; readonly forGood: boolean };

/** What a request asks for, as Fastify reads it. */
export interface FeedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/**
 * Answers requests for a feed.
 * @param base what its addresses begin with, with names for its pieces
 * @param load makes the feed, or throws a Problem
 * @param options of the routes; `seenBy` one member alone: kept by no cache that others read from
 */
export function serveFeed(
  app: FastifyInstance,
  base: FeedBase,
  load: (request: FeedRequest) => Promise<Found>,
  { seenBy = 'everyone', ...options }: RouteShorthandOptions & { readonly seenBy?: 'everyone' | 'one' } = {},
): void {
  for (const { path, type, write } of FORMATS) {
    app.get(path(base), options, async (request: FastifyRequest, reply: FastifyReply) => {
      // The pages are what search engines are to show.
      reply.header('x-robots-tag', 'noindex');
      reply.header('cache-control', `${seenBy === 'one' ? 'private' : 'public'}, no-cache`);
      const found = await load(request as FeedRequest);
      if ('movedTo' in found)
        return reply.redirect(path(found.movedTo) + queryOf(request.url), found.forGood ? 301 : 302);
      request.aboutTopic = found.topicId;
      // Readers ask again by the ETag, which every change of the feed changes. Last-Modified only tells them an age: no date
      // of an entry can say that another one has been hidden, so no request is answered 304 by its date alone.
      return reply
        .header('last-modified', found.updated.toUTCString())
        .type(`${type}; charset=utf-8`)
        .send(write(found));
    });
  }
}
