// The feed of what a member follows, at an address with a key. Whatever the member mutes is left out, as in their lists.
import type { FastifyInstance } from 'fastify';
import { followsWidely } from '../../db/following.ts';
import { checkSuspension } from '../../domain/policy/writing.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { topicConditions } from '../threads/index.ts';
import { feedWith, type Followed } from './feed.ts';
import { openOwnFeedKey } from './own-key.ts';
import { postEntries } from './post-entries.ts';
import { listFollowedReplies } from './queries/feed-replies.ts';
import { listNewestTopics } from './queries/feed-topics.ts';
import { findReader } from './queries/readers.ts';
import { serveFeed } from './serve-feed.ts';

export interface OwnFeedOptions {
  /** The first seals keys; those of earlier secrets open, since readers keep addresses for years. */
  readonly secrets: readonly string[];
}

/** Whoever asks with the address holds a key: it is in no line of the log. */
const config = { hidesAddress: true } as const;

/** Registers it. */
export async function ownFeedRoutes(app: FastifyInstance, { secrets }: OwnFeedOptions): Promise<void> {
  const { siteUrl } = app.config;
  const readerOf = async (key: unknown) => {
    const now = app.clock.now();
    const opened = openOwnFeedKey(secrets, key);
    const reader = opened && (await findReader(app.db, opened, now));
    return reader && checkSuspension(reader, now).allowed ? reader : notFound(NOTHING_OPENS);
  };

  serveFeed(
    app,
    paths.ownFeeds(':key'),
    async ({ params: { key = '' } }) => {
      const reader = await readerOf(key);
      const now = app.clock.now();
      const widely = await followsWidely(app.db, reader);
      const conditions = topicConditions(reader, { list: 'new', chosen: 'followed', widely }, now);
      const [topics, replies] = await Promise.all([
        listNewestTopics(app.db, conditions, now),
        listFollowedReplies(app.db, reader, now),
      ]);
      const follows: Followed = {
        // Not the key: another one leads to the same feed.
        id: `followed/${reader.id}`,
        path: paths.ownFeeds(key),
        name: `what ${reader.name} follows`,
        description: `New topics, and the replies in topics, that ${reader.name} follows`,
        href: paths.followed(),
      };
      return feedWith(app.site.current(), follows, postEntries({ topics, replies }, siteUrl), siteUrl);
    },
    { seenBy: 'one', config },
  );
  // An address that was cut off or mistyped holds a key as well.
  app.get(paths.ownFeeds('*'), { config }, async () => notFound(NOTHING_OPENS));
}

const NOTHING_OPENS =
  'There is no feed at this address. Its key was replaced by a new one, or the address was cut off.';
