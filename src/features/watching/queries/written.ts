// What members wrote of late that a rule would have met: all of it is compared as it would be on posting, a few posts at a
// time, so that a large forum's other readers do not wait for it.
import { and, desc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import {
  citedAddresses,
  members,
  posts,
  queueItems,
  sources,
  tags,
  topics,
  topicTags,
} from '../../../db/schema/index.ts';
import { endOfSanction, trustFacts } from '../../../db/standing.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { WATCH } from '../../../domain/moderation-limits.ts';
import { trustOf } from '../../../domain/policy/trust.ts';
import type { Role } from '../../../domain/viewer.ts';
import { type WatchPattern, watcherOf } from '../../../domain/watch.ts';
import { hostsOf } from '../../../domain/watch-hosts.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export interface WrittenPost {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly isOpening: boolean;
  readonly state: 'visible' | 'held';
  readonly title: string;
  readonly bodyHtml: SafeHtml;
  readonly postedAt: Date;
  readonly author: {
    readonly id: MemberId;
    readonly name: string;
    readonly role: Role;
    readonly isNew: boolean;
    readonly isSuspended: boolean;
  };
}

export interface Written {
  /** Newest first, what is seen before what awaits approval. */
  readonly posts: readonly WrittenPost[];
  /** How many were compared. */
  readonly tried: number;
  /** Whether there was more than could be compared: then these are the newest. */
  readonly cut: boolean;
}

/** Finds posts that everyone can read, and those that await approval. What was imported is bound by no rule. */
export async function findWritten(db: Reader, rule: WatchPattern, now: Date): Promise<Written> {
  const watcher = watcherOf([rule]);
  const found: WrittenPost[] = [];
  let tried = 0;
  for (const state of ['visible', 'held'] as const) {
    let last: Candidate | undefined;
    do {
      const batch = await listBatch(db, state, last, now);
      for (const candidate of batch) if (isMet(watcher, candidate)) found.push(writtenOf(candidate, now));
      tried += batch.length;
      last = batch.length === WATCH.batch ? batch.at(-1) : undefined;
    } while (last && tried < WATCH.triedMost);
    if (last) return { posts: found, tried, cut: true };
  }
  return { posts: found, tried, cut: false };
}

type Candidate = Awaited<ReturnType<typeof listBatch>>[number];

function listBatch(
  db: Reader,
  state: 'visible' | 'held',
  last: { id: PostId; postedAt: Date } | undefined,
  now: Date,
) {
  const since = new Date(now.getTime() - WATCH.triedAgainst);
  const opens = isNull(posts.branchId);
  const urls = sql<
    string[]
  >`array(select ${citedAddresses.url} from ${citedAddresses} where ${citedAddresses.postId} = ${posts.id}
    union all select ${sources.url} from ${sources} where ${opens} and ${sources.topicId} = ${posts.topicId} and ${sources.state} <> 'removed')`;
  const tagNames = sql<string>`case when ${opens} then (select string_agg(${tags.name}, ', ') from ${topicTags}
    join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${posts.topicId}) end`;
  return db
    .select({
      ...{ id: posts.id, topicId: posts.topicId, postedAt: posts.postedAt },
      ...{ bodyMd: posts.bodyMd, bodyHtml: posts.bodyHtml },
      ...{ isOpening: sql<boolean>`${opens}`, state: posts.state, title: topics.title, urls, tagNames },
      ...{ authorId: members.id, authorName: members.name, role: members.role, trust: trustFacts },
      suspendedUntil: endOfSanction('suspension', now),
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(
      and(
        state === 'visible' ? eq(posts.state, 'visible') : awaitsApproval(),
        gte(posts.postedAt, since),
        isNull(posts.originKey),
        isNull(posts.withdrawnAt),
        last &&
          or(
            lt(posts.postedAt, last.postedAt),
            and(eq(posts.postedAt, last.postedAt), lt(posts.id, last.id)),
          ),
      ),
    )
    .orderBy(desc(posts.postedAt), desc(posts.id))
    .limit(WATCH.batch);
}

/** By the moderators' work list, which is short. */
function awaitsApproval() {
  const open = and(eq(queueItems.kind, 'held'), isNull(queueItems.closedAt));
  return and(
    eq(posts.state, 'held'),
    sql`${posts.id} in (select ${queueItems.postId} from ${queueItems} where ${open})`,
  );
}

function isMet(
  watcher: ReturnType<typeof watcherOf>,
  { isOpening, title, tagNames, bodyMd, urls }: Candidate,
): boolean {
  // Part by part, as on posting: a phrase does not begin in one and end in another.
  const texts = isOpening ? [bodyMd, title, tagNames] : [bodyMd];
  return texts.some((text) => watcher({ text: text ?? '', hosts: urls.flatMap(hostsOf) }).length > 0);
}

function writtenOf(candidate: Candidate, now: Date): WrittenPost {
  const { id, topicId, isOpening, state, title, bodyHtml, postedAt } = candidate;
  const { authorId, authorName, role, trust, suspendedUntil } = candidate;
  return {
    ...{ id, topicId, isOpening, title, bodyHtml, postedAt },
    state: state === 'held' ? 'held' : 'visible',
    author: {
      ...{ id: authorId, name: authorName, role },
      isNew: role === 'member' && trustOf(trust, now) === 'new',
      isSuspended: suspendedUntil !== null,
    },
  };
}
