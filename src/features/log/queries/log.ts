// The public log of what moderators and admins did. Titles are read only of topics that everybody can see, and texts of
// posts not at all: what was hidden for its words must not be found here.
import { and, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { after, type Cursor } from '../../../db/cursor.ts';
import { actionPosts, actions, members, posts, topics } from '../../../db/schema/index.ts';
import { idOfNamed } from '../../../db/names.ts';
import { standingTopics } from '../../../db/visibility.ts';
import { LOGGED_KINDS, type ActionKind } from '../../../domain/actions.ts';
import type { ActionId, PostId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';

export interface LogFilter {
  readonly kind: ActionKind | undefined;
  /** Name of whoever acted. */
  readonly by: string | undefined;
}

export interface LogRow {
  readonly id: ActionId;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly automatic: boolean;
  readonly by: string | null;
  /** Null: the topic as a whole, or something that is no topic. */
  readonly postId: PostId | null;
  readonly topicId: TopicId | null;
  /** Null when not everybody can see the topic. */
  readonly title: string | null;
  /** Author of the reply acted upon; null when that is nobody's business (withdrawn, refused) or there is none any more. */
  readonly author: string | null;
  /** The member acted upon. */
  readonly member: string | null;
  /** How many posts it changed. */
  readonly posts: number;
  /** The other topic of a merge, or of undoing one. */
  readonly other: { readonly id: TopicId; readonly title: string | null } | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly undone: { readonly at: string; readonly by: string | null } | null;
}

export interface LogPageRows {
  readonly rows: readonly LogRow[];
  readonly next: Cursor | undefined;
}

const actor = alias(members, 'actor');
const author = alias(members, 'author');
const subject = alias(members, 'subject');

/** One page of the log, newest first. */
export async function listLog(
  db: Reader,
  filter: LogFilter,
  cursor: Cursor | undefined,
): Promise<LogPageRows> {
  const rows = await db
    .select({
      id: actions.id,
      kind: actions.kind,
      at: actions.at,
      rule: actions.rule,
      reason: actions.reason,
      automatic: actions.automatic,
      by: actor.name,
      postId: actions.postId,
      topicId: topics.id,
      title: sql<string | null>`case when ${standingTopics()} then ${topics.title} end`,
      other: sql<
        LogRow['other']
      >`(select json_build_object('id', other.id, 'title', case when other.state = 'visible' then other.title end)
        from ${topics} as other
        where other.id = case when ${inArray(actions.kind, ['merge', 'unmerge'])} then (${actions.data}->>'other')::bigint end)`,
      author: author.name,
      member: subject.name,
      posts: sql<number>`(select count(*)::int from ${actionPosts} where ${actionPosts.actionId} = ${actions.id})`,
      data: actions.data,
      undone: sql<
        LogRow['undone']
      >`(select json_build_object('at', undoing.at, 'by', undoer.name) from ${actions} as undoing
        left join ${members} as undoer on undoer.id = undoing.actor_id where undoing.id = ${actions.undoneById})`,
    })
    .from(actions)
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .leftJoin(posts, eq(posts.id, actions.postId))
    .leftJoin(topics, eq(topics.id, sql`coalesce(${actions.topicId}, ${posts.topicId})`))
    .leftJoin(
      author,
      and(eq(author.id, posts.authorId), sql`${posts.withdrawnAt} is null`, ne(actions.kind, 'refuse')),
    )
    .leftJoin(subject, eq(subject.id, actions.memberId))
    .where(
      and(
        filter.kind === undefined ? inArray(actions.kind, [...LOGGED_KINDS]) : eq(actions.kind, filter.kind),
        filter.by === undefined ? undefined : eq(actions.actorId, idOfNamed(filter.by)),
        after(cursor, actions.at, actions.id),
      ),
    )
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(PAGES.list + 1);
  const shown = rows.slice(0, PAGES.list);
  const last = rows.length > PAGES.list ? shown.at(-1) : undefined;
  return { rows: shown, next: last && { key: last.at.toISOString(), id: last.id } };
}

/** Who can have acted: the names of moderators and admins. */
export async function listModerators(db: Reader): Promise<string[]> {
  const rows = await db
    .select({ name: members.name })
    .from(members)
    .where(ne(members.role, 'member'))
    .orderBy(members.nameKey);
  return rows.map(({ name }) => name);
}
