// What moderators decided about a member and about what they posted, and the flags on both and by them.
import { and, desc, eq, isNull, lt, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  actionPosts,
  actions,
  flags,
  members,
  posts,
  sources,
  topics,
  type FlagOutcome,
} from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { FlagReason } from '../../../domain/flags.ts';
import type { ActionId, FlagId, MemberId, PostId } from '../../../domain/ids.ts';
import type { Viewer } from '../../../domain/viewer.ts';

export interface HistoryRow {
  readonly id: ActionId;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly automatic: boolean;
  readonly by: string | null;
  /** Of theirs, that it touched. */
  readonly posts: number;
  /** The first of these; null: it was about the member. */
  readonly postId: PostId | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly undone: { readonly at: string; readonly by: string | null } | null;
}

export interface History {
  readonly rows: readonly HistoryRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: ActionId | undefined;
}

/** One page of the decisions about a member and their posts, newest first. Notes have a place of their own. */
export async function listHistory(
  db: Reader,
  memberId: MemberId,
  { before, limit }: { readonly before: ActionId | undefined; readonly limit: number },
): Promise<History> {
  const actor = alias(members, 'actor');
  const theirs = sql`from ${actionPosts} join ${posts} on ${posts.id} = ${actionPosts.postId}
    where ${actionPosts.actionId} = ${actions.id} and ${posts.authorId} = ${memberId}`;
  const rows = await db
    .select({
      id: actions.id,
      kind: actions.kind,
      at: actions.at,
      rule: actions.rule,
      reason: actions.reason,
      automatic: actions.automatic,
      by: actor.name,
      posts: sql<number>`(select count(*)::int ${theirs})`,
      postId: sql`coalesce((select min(${posts.id}) ${theirs}), ${actions.postId},
        (select opened.opening_post_id from ${topics} as opened where opened.id = ${actions.topicId}))`.mapWith(
        posts.id,
      ),
      data: actions.data,
      undone: sql<
        HistoryRow['undone']
      >`(select json_build_object('at', undoing.at, 'by', undoer.name) from ${actions} as undoing
        left join ${members} as undoer on undoer.id = undoing.actor_id where undoing.id = ${actions.undoneById})`,
    })
    .from(actions)
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .where(
      and(
        sql`${actions.id} in (${idsAbout(memberId)})`,
        ne(actions.kind, 'note'),
        before === undefined ? undefined : lt(actions.id, before),
      ),
    )
    .orderBy(desc(actions.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return { rows: shown, next: rows.length > limit ? shown.at(-1)?.id : undefined };
}

/** By each index that leads from the member to an action. */
function idsAbout(memberId: MemberId) {
  return sql`select about.id from ${actions} as about where about.member_id = ${memberId}
    union select touched.action_id from ${actionPosts} as touched
      join ${posts} as post on post.id = touched.post_id where post.author_id = ${memberId}
    union select about.id from ${actions} as about join ${posts} as post on post.id = about.post_id
      where post.author_id = ${memberId}
    union select about.id from ${actions} as about join ${topics} as topic on topic.id = about.topic_id
      where about.post_id is null and topic.author_id = ${memberId}`;
}

export interface FlagShown {
  readonly id: FlagId;
  readonly reason: FlagReason;
  readonly note: string;
  readonly at: Date;
  readonly outcome: FlagOutcome | null;
  readonly takenBackAt: Date | null;
  readonly postId: PostId | null;
  /** Of a flag on them, who made it (null: a visitor, or a former member); of one by them, whom it is on. */
  readonly other: string | null;
}

/** The newest flags on a member and their posts. */
export async function listFlagsOn(db: Reader, memberId: MemberId, limit: number): Promise<FlagShown[]> {
  const { id, reason, note, flaggedAt: at, outcome, takenBackAt, postId } = flags;
  return db
    .select({ id, reason, note, at, outcome, takenBackAt, postId, other: members.name })
    .from(flags)
    .leftJoin(members, eq(members.id, flags.flaggerId))
    .where(and(sql`${flags.id} in (${flagIdsOn(memberId)})`, isNull(takenBackAt)))
    .orderBy(desc(id))
    .limit(limit);
}

/** By each index that leads from the member to a flag. */
function flagIdsOn(memberId: MemberId) {
  return sql`select flag.id from ${flags} as flag where flag.member_id = ${memberId}
    union all select flag.id from ${posts} as post join ${flags} as flag on flag.post_id = post.id
      where post.author_id = ${memberId}`;
}

/** The newest flags that a member made; of those on the viewer or on what they wrote nobody tells them. */
export async function listFlagsBy(
  db: Reader,
  viewer: Viewer,
  memberId: MemberId,
  limit: number,
): Promise<FlagShown[]> {
  const own =
    viewer.kind === 'visitor'
      ? sql`false`
      : sql`coalesce(${flags.memberId}, ${posts.authorId}, ${sources.addedById}) = ${viewer.id}`;
  const { id, reason, note, flaggedAt: at, outcome, takenBackAt, postId } = flags;
  return db
    .select({ id, reason, note, at, outcome, takenBackAt, postId, other: members.name })
    .from(flags)
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(sources, eq(sources.id, flags.sourceId))
    .leftJoin(members, eq(members.id, sql`coalesce(${flags.memberId}, ${posts.authorId})`))
    .where(and(eq(flags.flaggerId, memberId), sql`${own} is not true`))
    .orderBy(desc(id))
    .limit(limit);
}
