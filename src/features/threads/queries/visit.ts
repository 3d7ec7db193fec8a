// What a member has read of a topic and what has happened to it since, as one column of the query for its page.
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { branchVisits, events, members, posts, topics, visits } from '../../../db/schema/index.ts';
import { SUMMED_UP } from '../../../domain/changes.ts';
import type { EventKind } from '../../../domain/events.ts';
import type { PostId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { unseen } from './unseen.ts';

/** As JSON has it: moments are texts. */
export interface TopicVisit {
  readonly seen: PostId;
  readonly previous: PostId;
  readonly at: string;
  /** When the visit before that one began; null: it was the first. */
  readonly before: string | null;
  readonly readUpTo: PostId;
  readonly branches: readonly (readonly [branch: PostId, seen: PostId, previous: PostId])[];
  /** Of a topic that may be longer than a page: the new replies of all its pages, as many as one page could hold and one more. */
  readonly unseen: readonly PostId[];
  /** What others did, by kind: how often since `at`, and since `before`. */
  readonly happened: readonly Happened[];
}

export interface Happened {
  readonly kind: EventKind;
  /** Done to the opening post. */
  readonly opening: boolean;
  readonly sinceAt: number;
  readonly sinceBefore: number;
}

/** Null for visitors, without a look at the marks. For a row of `topics`. */
export function visitOf(viewer: Viewer): SQL<TopicVisit | null> {
  if (viewer.kind !== 'member') return sql<null>`null`;
  const branches = sql`select json_agg(json_build_array(top.id, ${branchVisits.seenPostId}, ${branchVisits.previousSeenPostId}))
    from ${posts} as top join ${branchVisits} on ${branchVisits.branchId} = top.id and ${branchVisits.memberId} = ${viewer.id}
    where top.topic_id = ${visits.topicId} and top.parent_id is null and top.branch_id is not null`;
  const news = sql`select json_agg(id) from (select ${posts.id} as id from ${posts} where ${unseen(viewer)}
    order by ${posts.id} limit ${PAGES.replies + 1}) as fresh`;
  return sql<TopicVisit | null>`(select json_build_object(
      'seen', ${visits.seenPostId}, 'previous', ${visits.previousSeenPostId},
      'at', ${visits.visitedAt}, 'before', ${visits.previousVisitedAt},
      'readUpTo', (select ${members.readUpToPostId} from ${members} where ${members.id} = ${viewer.id}),
      'branches', coalesce((${branches}), '[]'::json),
      'unseen', case when ${topics.replyCount} > ${PAGES.replies} then coalesce((${news}), '[]'::json) else '[]'::json end,
      'happened', coalesce((${happened(viewer.id)}), '[]'::json))
    from ${visits} where ${and(eq(visits.topicId, topics.id), eq(visits.memberId, viewer.id))})`;
}

/** By others, in public, and to posts that have a place for everyone. */
function happened(viewerId: number): SQL {
  const kinds = sql.join(
    SUMMED_UP.map((kind) => sql`${kind}`),
    sql`, `,
  );
  const told = and(
    sql`${events.topicId} in (select ${visits.topicId} union all
      select merged.id from ${topics} as merged where merged.merged_into_id = ${visits.topicId})`,
    sql`${events.kind} in (${kinds})`,
    // No reply is among them: said as the index of the others has it.
    sql`${events.kind} <> 'reply-posted'`,
    isNotNull(events.public),
    sql`${events.actorId} is distinct from ${viewerId}`,
    sql`${events.at} > coalesce(${visits.previousVisitedAt}, ${visits.visitedAt})`,
    sql`about.held_at is null`,
  );
  return sql`select json_agg(json_build_object('kind', kind, 'opening', opening, 'sinceAt', since_at, 'sinceBefore', since_before))
    from (select ${events.kind} as kind, about.id is not null and about.branch_id is null as opening,
        count(*) filter (where ${events.at} > ${visits.visitedAt})::int as since_at, count(*)::int as since_before
      from ${events} left join ${posts} as about on about.id = ${events.postId}
      where ${told} group by 1, 2 order by min(${events.id})) as counted`;
}
