// Members who have read and follow: what pages for members cost depends on it.
import type { PoolClient } from 'pg';
import { followLevels, visits } from '../../../src/db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../src/domain/ids.ts';
import { copyRows } from './copy.ts';
import type { Cast } from './discussions.ts';
import { READERS } from './plans.ts';
import { type Random, zipf } from './random.ts';

/** Of the members, those that read while logged in: each has opened so many topics, and follows so much. */
const READING = { share: 0.1, topics: 200, follows: 10 } as const;
/** Some follow far more than others: this one is for the worst case. */
const KEEN = { topics: 5_000, follows: 300 } as const;

/** They read the newest topics more than old ones. The first member is the keen one. */
export async function makeReaders(
  client: PoolClient,
  random: Random,
  cast: Cast,
  newest: number,
  now: Date,
): Promise<void> {
  const count = Math.max(READERS, Math.floor(cast.members.length * READING.share));
  for (const [n, memberId] of cast.members.slice(0, count).entries()) {
    const { topics: opened, follows } = n === 0 ? KEEN : READING;
    const seen = new Set<TopicId>();
    while (seen.size < Math.min(opened, newest / 2))
      seen.add((newest - zipf(random, newest, 500)) as TopicId);
    await addVisits(client, memberId, [...seen], now);
    await addFollows(client, random, cast, memberId, [...seen].slice(0, follows), now);
  }
}

async function addVisits(client: PoolClient, memberId: MemberId, seen: readonly TopicId[], visitedAt: Date) {
  const mark = { seenPostId: 1 as PostId, previousSeenPostId: 1 as PostId };
  await copyRows(
    client,
    visits,
    seen.map((topicId) => ({ memberId, topicId, visitedAt, ...mark })),
  );
}

/** How far they have read: all, or all but the newest one to three. */
export async function settleVisits(client: PoolClient): Promise<void> {
  await client.query(`update visits set seen_post_id = seen.id, previous_seen_post_id = seen.id
    from (select topic_id, id, row_number() over (partition by topic_id order by id desc) - 1 as left_over from posts) as seen
    where seen.topic_id = visits.topic_id and seen.left_over = (visits.topic_id + visits.member_id) % 4`);
}

async function addFollows(
  client: PoolClient,
  random: Random,
  cast: Cast,
  memberId: MemberId,
  topicIds: readonly TopicId[],
  setAt: Date,
) {
  const common = { memberId, level: 'all', setAt } as const;
  const half = topicIds.slice(0, Math.ceil(topicIds.length / 2));
  const followed = new Set(half.map(() => cast.tags[zipf(random, cast.tags.length, 8)]!));
  const muted = cast.tags.find((tag) => !followed.has(tag))!;
  const host = `site-${zipf(random, cast.hosts, 10)}.example`;
  const nothing = { ...common, level: 'nothing' } as const;
  // Each names all kinds of subject, since COPY takes the same columns of every row.
  const none = { topicId: null, tagId: null, host: null };
  await copyRows(client, followLevels, [
    ...half.map((topicId) => ({ ...common, ...none, topicId })),
    ...[...followed].map((tagId) => ({ ...common, ...none, tagId })),
    { ...nothing, ...none, tagId: muted },
    { ...nothing, ...none, host },
  ]);
}
