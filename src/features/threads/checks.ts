// Before the same story is posted twice: what stands in the way of a topic. One function for the form that is opened,
// for what is typed, and, under the lock of its address, for the topic that is posted.
import { and, eq, exists, inArray, ne, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { sources, topics } from '../../db/schema/index.ts';
import type { TopicId } from '../../domain/ids.ts';
import { CITATIONS, WINDOWS } from '../../domain/limits.ts';
import { takesReplies } from '../../domain/policy/replies.ts';
import { repostOf } from '../../domain/policy/topics.ts';
import { checkTitle, type TopicKind } from '../../domain/post-text.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { hostsOf } from '../../domain/watch-hosts.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import {
  type CitingReply,
  type EarlierTopic,
  findCitingReplies,
  findReading,
  findRecentTopicByKey,
  lockKey,
} from '../links/index.ts';
import { findSimilarTopics } from './queries/writing.ts';

/** What is to be posted, as far as it has been typed. */
export interface Draft {
  readonly kind: TopicKind;
  readonly title: string;
  /** Null while there is none that can be read. */
  readonly address: UrlKey | null;
}

export interface Obstacles {
  /** The topic that has this article under discussion: a second one is refused. */
  readonly refused: NamedTopic | undefined;
  /** A topic about this article, some months old. */
  readonly sameAddress: NamedTopic | undefined;
  /** Replies elsewhere that link to it. */
  readonly cited: readonly CitingReply[];
  /** Recent topics with titles like this one. */
  readonly similar: readonly NamedTopic[];
  /** The address is an aggregator's, and nothing says yet whose article it leads to. */
  readonly hidesPublisher: boolean;
}

/** An earlier topic, and what can be done there with what was typed. */
export interface NamedTopic extends EarlierTopic {
  readonly takesReplies: boolean;
  /** This very address stands among its sources already. */
  readonly hasAddress: boolean;
}

/** Topics and replies of which a writer is told before posting besides. */
export async function findObstacles(db: Reader, draft: Draft, now: Date): Promise<Obstacles> {
  const { kind, title, address } = draft;
  const keys = address ? await keysOfArticle(db, address) : [];
  const earlier = await findEarlierTopic(db, keys, now);
  const cited = await findCitations(db, keys, now);
  // Digests of two weeks have titles that are alike on purpose; what is no title yet is like nothing.
  const alike =
    kind === 'digest' || checkTitle(title) !== undefined ? [] : await findSimilarTopics(db, title, now);
  const similar = alike.filter(({ id }) => id !== earlier?.id);
  const name = await namer(db, [...(earlier ? [earlier] : []), ...similar], address, now);
  const refused = earlier !== undefined && repostOf(earlier.postedAt, now) === 'refused';
  return {
    refused: earlier && refused ? name(earlier) : undefined,
    sameAddress: earlier && !refused ? name(earlier) : undefined,
    cited: cited.filter(({ topicId }) => topicId !== earlier?.id),
    similar: similar.map(name),
    hidesPublisher: address !== null && keys.every((key) => isWrapper(`https://${key}`)),
  };
}

/** The obstacles that a writer may pass once they were shown: everything but a refusal. */
export function topicsToShow({ sameAddress, cited, similar }: Obstacles): TopicId[] {
  const named = [...(sameAddress ? [sameAddress] : []), ...similar].map(({ id }) => id);
  return [...new Set([...named, ...cited.map(({ topicId }) => topicId)])];
}

/**
 * The keys by which an article is known: its address's, and those of the addresses where the page led and which it calls
 * its own, once it was read. The first is the address's.
 */
export async function keysOfArticle(db: Reader, address: UrlKey): Promise<string[]> {
  const reading = await findReading(db, address.key);
  const others = [reading?.finalUrl, reading?.canonicalUrl].flatMap((url) => keyOfArticle(url ?? '') ?? []);
  return [...new Set([address.key, ...others])];
}

/** The hosts that an article is found at, its publisher's among them when the address is an aggregator's. */
export async function hostsOfArticle(db: Reader, address: UrlKey): Promise<string[]> {
  const keys = await keysOfArticle(db, address);
  return [...new Set([address.shown, ...keys.map((key) => `https://${key}`)].flatMap(hostsOf))];
}

/** Keeps everyone else from posting an article, by any of its keys, until the transaction ends. */
export async function lockArticle(tx: Tx, address: UrlKey): Promise<void> {
  // In one order, so that two who post it by different addresses do not wait for each other.
  for (const key of (await keysOfArticle(tx, address)).sort()) await lockKey(tx, key);
}

/** A page that leads to a site's front has not led to an article. */
function keyOfArticle(address: string): string | undefined {
  const read = urlKey(address);
  return read.ok && /[/?]/.test(read.key) ? read.key : undefined;
}

/** The newest topic about an article, by any of its keys, as far back as anything is said of it. */
export async function findEarlierTopic(
  db: Reader,
  keys: readonly string[],
  now: Date,
  except?: TopicId,
): Promise<EarlierTopic | undefined> {
  const since = new Date(now.getTime() - WINDOWS.sameAddressWarned);
  let newest: EarlierTopic | undefined;
  for (const key of keys) {
    const found = await findRecentTopicByKey(db, key, since, except);
    if (found && (!newest || found.postedAt > newest.postedAt)) newest = found;
  }
  return newest;
}

async function findCitations(db: Reader, keys: readonly string[], now: Date): Promise<CitingReply[]> {
  const found = new Map<number, CitingReply>();
  for (const key of keys)
    for (const reply of await findCitingReplies(db, key, now)) found.set(reply.id, reply);
  return [...found.values()]
    .sort((a, b) => b.postedAt.getTime() - a.postedAt.getTime())
    .slice(0, CITATIONS.shown);
}

async function namer(
  db: Reader,
  found: readonly EarlierTopic[],
  address: UrlKey | null,
  now: Date,
): Promise<(topic: EarlierTopic) => NamedTopic> {
  const facts = new Map<TopicId, { lockedAt: Date | null; hasAddress: boolean }>();
  if (found.length > 0) {
    const listed = db
      .select({ one: sql`1` })
      .from(sources)
      .where(
        and(
          eq(sources.topicId, topics.id),
          eq(sources.urlKey, address?.key ?? ''),
          ne(sources.state, 'removed'),
        ),
      );
    const rows = await db
      .select({ id: topics.id, lockedAt: topics.lockedAt, hasAddress: sql<boolean>`${exists(listed)}` })
      .from(topics)
      .where(
        inArray(
          topics.id,
          found.map(({ id }) => id),
        ),
      );
    for (const { id, ...known } of rows) facts.set(id, known);
  }
  return (topic) => {
    const { lockedAt = null, hasAddress = false } = facts.get(topic.id) ?? {};
    const target = { topicState: 'visible', topicLockedAt: lockedAt, topicPostedAt: topic.postedAt } as const;
    return {
      ...topic,
      hasAddress,
      takesReplies: takesReplies({ ...target, parentState: null }, now).allowed,
    };
  };
}
