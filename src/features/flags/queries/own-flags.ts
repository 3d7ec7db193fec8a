// A member's own flags with what became of them. Of what is not there for everybody any more nothing is read but that.
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { after, type Cursor } from '../../../db/cursor.ts';
import {
  actionPosts,
  actions,
  flags,
  type FlagOutcome,
  members,
  posts,
  queueItems,
  sources,
  topics,
} from '../../../db/schema/index.ts';
import { listedTopics, standingPosts } from '../../../db/visibility.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { FlagReason, FlagSubject } from '../../../domain/flags.ts';
import type { FlagId, MemberId, PostId, SourceId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { State } from '../../../domain/state.ts';
import { undecided } from './flags.ts';

export interface OwnFlagRow {
  readonly id: FlagId;
  readonly reason: FlagReason;
  readonly note: string;
  readonly at: Date;
  readonly takenBackAt: Date | null;
  readonly outcome: FlagOutcome | null;
  /** Whether it is before the moderators, or was. */
  readonly inQueue: boolean;
  /** What was done about it; null where that is not known. */
  readonly decision: ActionKind | null;
  /** What was flagged: one of these. */
  readonly post: {
    readonly id: PostId;
    readonly state: State;
    readonly isOpening: boolean;
    /** Null: it, or its topic, is not there for everybody (any more). */
    readonly title: string | null;
    readonly author: string | null;
  } | null;
  readonly member: { readonly name: string } | null;
  readonly source: {
    readonly id: SourceId;
    readonly topicId: TopicId;
    readonly host: string;
    /** Null: it was removed, or its topic is not there for everybody (any more). */
    readonly topicTitle: string | null;
  } | null;
}

const done = alias(actions, 'done');
const authors = alias(members, 'authors');
const flagged = alias(members, 'flagged');

/** A member's flags, the newest first. */
export async function listOwnFlags(
  db: Reader,
  memberId: MemberId,
  cursor: Cursor | undefined,
): Promise<{ readonly rows: readonly OwnFlagRow[]; readonly next: Cursor | undefined }> {
  const shown = standingPosts();
  const rows = await db
    .select({
      id: flags.id,
      reason: flags.reason,
      note: flags.note,
      at: flags.flaggedAt,
      takenBackAt: flags.takenBackAt,
      outcome: flags.outcome,
      inQueue: sql<boolean>`${flags.queueItemId} is not null`,
      decision: sql<ActionKind | null>`coalesce(${actions.kind}, ${takenAwayBy()})`,
      post: {
        id: posts.id,
        state: posts.state,
        isOpening: sql<boolean>`${posts.branchId} is null`,
        title: sql<string | null>`case when ${shown} then ${topics.title} end`,
        author: sql<string | null>`case when ${shown} then ${authors.name} end`,
      },
      member: { name: flagged.name },
      source: {
        id: sources.id,
        topicId: sources.topicId,
        host: sources.publisherHost,
        topicTitle: sql<string | null>`${titleOfSourceTopic()}`,
      },
    })
    .from(flags)
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(authors, eq(authors.id, posts.authorId))
    .leftJoin(flagged, eq(flagged.id, flags.memberId))
    .leftJoin(sources, eq(sources.id, flags.sourceId))
    .leftJoin(queueItems, eq(queueItems.id, flags.queueItemId))
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .where(and(eq(flags.flaggerId, memberId), after(cursor, flags.flaggedAt, flags.id)))
    .orderBy(desc(flags.flaggedAt), desc(flags.id))
    .limit(PAGES.list + 1);
  const page = rows.slice(0, PAGES.list);
  const last = rows.length > PAGES.list ? page.at(-1) : undefined;
  return { rows: page, next: last && { key: last.at.toISOString(), id: last.id } };
}

/** What the flag of a member is on that can still be taken back; undefined when there is no such flag (any more). */
export async function findSubjectOfOwn(
  db: Reader,
  flaggerId: MemberId,
  id: FlagId,
): Promise<FlagSubject | undefined> {
  const { postId, memberId, sourceId } = flags;
  const [row] = await db
    .select({ postId, memberId, sourceId })
    .from(flags)
    .where(and(eq(flags.id, id), eq(flags.flaggerId, flaggerId), undecided()));
  if (!row) return undefined;
  if (row.postId !== null) return { postId: row.postId };
  if (row.memberId !== null) return { memberId: row.memberId };
  return row.sourceId === null ? undefined : { sourceId: row.sourceId };
}

/** The title of the topic in which a source stands for everybody. */
function titleOfSourceTopic() {
  const shows = and(eq(topics.id, sources.topicId), ne(sources.state, 'removed'), listedTopics());
  return sql`(select ${topics.title} from ${topics} where ${shows})`;
}

/** What took a post away before its flags came before the moderators. */
function takenAwayBy() {
  const takes = and(
    eq(actionPosts.postId, flags.postId),
    eq(flags.outcome, 'upheld'),
    inArray(done.kind, ['hide', 'refuse', 'suspend']),
    sql`${done.at} >= ${flags.flaggedAt}`,
  );
  return sql`(select ${done.kind} from ${actionPosts} join ${actions} as ${sql.identifier('done')}
    on ${eq(done.id, actionPosts.actionId)} where ${takes} order by ${done.id} limit 1)`;
}
