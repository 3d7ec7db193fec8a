// What a member is told, as the inbox shows it. What is not for reading any more is neither listed nor counted.
import { and, desc, eq, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { actions, members, notifications, posts, queueMessages, topics } from '../../db/schema/index.ts';
import { readableText, standingPosts } from '../../db/visibility.ts';
import type { ActionKind } from '../../domain/actions.ts';
import type { ActionId, NotificationId, PostId, QueueItemId } from '../../domain/ids.ts';
import type { NoticeKind } from '../../domain/notices.ts';
import { maySeeTopic } from '../../domain/policy/topics.ts';
import type { Member, Role } from '../../domain/viewer.ts';
import type { SafeHtml } from '../../lib/html.ts';

export interface NotificationRow {
  readonly id: NotificationId;
  readonly kind: NoticeKind;
  readonly at: Date;
  readonly readAt: Date | null;
  /** Null: a former member, or the forum itself. */
  readonly actor: { readonly name: string; readonly role: Role } | null;
  /** Null when the notification is about none, or none the member can open. */
  readonly topicTitle: string | null;
  readonly post: {
    readonly id: PostId;
    readonly isOpening: boolean;
    readonly isTopLevel: boolean;
    /** Null when the member may not read it. */
    readonly bodyHtml: SafeHtml | null;
  } | null;
  readonly action: {
    readonly id: ActionId;
    readonly kind: ActionKind;
    readonly rule: number | null;
    readonly reason: string;
    /** As the log tells it: of a source, which one and what about it. */
    readonly data: Readonly<Record<string, unknown>>;
  } | null;
  /** What a moderator wrote to the member inside a queue item. */
  readonly message: { readonly itemId: QueueItemId; readonly body: string } | null;
}

export interface InboxPage {
  readonly rows: readonly NotificationRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: NotificationId | undefined;
}

const actors = alias(members, 'actors');
const targets = alias(topics, 'targets');

/** One page of a member's notifications, newest first. */
export async function listNotifications(
  db: Reader,
  member: Member,
  {
    unread,
    after,
    limit,
  }: { readonly unread: boolean; readonly after: NotificationId | undefined; readonly limit: number },
): Promise<InboxPage> {
  const rows = await db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      at: notifications.at,
      readAt: notifications.readAt,
      actor: { name: actors.name, role: actors.role },
      topic: {
        title: topics.title,
        state: topics.state,
        authorId: topics.authorId,
        othersReplied: sql<boolean>`${topics.replierCount} > 0`,
      },
      target: { state: targets.state },
      post: {
        id: posts.id,
        isOpening: sql<boolean>`${posts.branchId} is null`,
        isTopLevel: sql<boolean>`${posts.parentId} is null`,
        bodyHtml: readableText(member, posts.bodyHtml) as SQL<SafeHtml | null>,
      },
      action: {
        id: actions.id,
        kind: actions.kind,
        rule: actions.rule,
        reason: actions.reason,
        data: actions.data,
      },
      message: { itemId: queueMessages.queueItemId, body: queueMessages.body },
    })
    .from(notifications)
    .leftJoin(actors, eq(actors.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    // What is about no post of the member's names its topic itself.
    .leftJoin(topics, eq(topics.id, sql`coalesce(${posts.topicId}, ${notifications.topicId})`))
    .leftJoin(targets, eq(targets.id, topics.mergedIntoId))
    .leftJoin(actions, eq(actions.id, notifications.actionId))
    .leftJoin(queueMessages, eq(queueMessages.id, notifications.messageId))
    .where(
      and(
        eq(notifications.memberId, member.id),
        isForReading(),
        unread ? isNull(notifications.readAt) : undefined,
        after === undefined ? undefined : lt(notifications.id, after),
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).map(({ topic, target, ...row }) => ({
    ...row,
    topicTitle:
      topic && maySeeTopic(member, { ...topic, mergedIntoState: target?.state ?? null }).allowed
        ? topic.title
        : null,
  }));
  return { rows: shown, next: rows.length > limit ? shown.at(-1)?.id : undefined };
}

/** How many unread notifications the member of the given column has, as a part of another query. */
export function countUnread(memberId: typeof members.id): SQL<number> {
  return sql<number>`(select count(*)::int from ${notifications}
    left join ${posts} on ${posts.id} = ${notifications.postId} left join ${topics} on ${topics.id} = ${posts.topicId}
    where ${notifications.memberId} = ${memberId} and ${isNull(notifications.readAt)} and ${isForReading()})`;
}

/** What moderators did and said concerns its author whatever became of the post; anything else goes with the post. */
function isForReading(): SQL {
  return sql`(${notifications.kind} in ('action', 'message') or ${standingPosts()})`;
}
