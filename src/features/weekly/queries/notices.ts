// What a member was told and has not read, for a mail of it: of what is hidden or muted by now, nothing.
import { and, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { unmutedPosts, unmutedTopics } from '../../../db/following.ts';
import { actions, members, notifications, posts, queueMessages, topics } from '../../../db/schema/index.ts';
import { readableText, standingPosts } from '../../../db/visibility.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { ActionId, NotificationId, PostId, QueueItemId, TopicId } from '../../../domain/ids.ts';
import type { NoticeKind } from '../../../domain/notices.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export interface Notice {
  readonly id: NotificationId;
  readonly kind: NoticeKind;
  readonly at: Date;
  /** Null: a former member, or the forum itself. */
  readonly actorName: string | null;
  /** Where a post stands: its topic, or what that was merged into. Null for what is about no post. */
  readonly topic: { readonly id: TopicId; readonly title: string } | null;
  readonly post: {
    readonly id: PostId;
    readonly isTopLevel: boolean;
    readonly bodyHtml: SafeHtml | null;
  } | null;
  readonly action: { readonly id: ActionId; readonly kind: ActionKind } | null;
  readonly talkId: QueueItemId | null;
}

const actors = alias(members, 'actors');
const targets = alias(topics, 'targets');

/** Those of the notifications that are still to be told, newest first. */
export async function listNotices(
  db: Reader,
  member: Member,
  ids: readonly NotificationId[],
): Promise<Notice[]> {
  const aboutPosts = and(standingPosts(), unmutedPosts(member), unmutedTopics(member));
  const told = or(inArray(notifications.kind, ['action', 'message']), aboutPosts);
  const rows = await db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      at: notifications.at,
      actorName: actors.name,
      topic: {
        id: sql<TopicId>`coalesce(${targets.id}, ${topics.id})`.mapWith(topics.id),
        title: sql<string>`coalesce(${targets.title}, ${topics.title})`,
        stands: sql<boolean>`coalesce(${standingPosts()}, false)`,
      },
      post: {
        id: posts.id,
        isTopLevel: sql<boolean>`${posts.parentId} is null`,
        bodyHtml: readableText(member, posts.bodyHtml) as SQL<SafeHtml | null>,
      },
      action: { id: actions.id, kind: actions.kind },
      talkId: queueMessages.queueItemId,
    })
    .from(notifications)
    .leftJoin(actors, eq(actors.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .leftJoin(topics, eq(topics.id, posts.topicId))
    .leftJoin(targets, eq(targets.id, topics.mergedIntoId))
    .leftJoin(actions, eq(actions.id, notifications.actionId))
    .leftJoin(queueMessages, eq(queueMessages.id, notifications.messageId))
    .where(
      and(
        eq(notifications.memberId, member.id),
        inArray(notifications.id, [...ids]),
        isNull(notifications.readAt),
        told,
      ),
    )
    .orderBy(desc(notifications.id));
  return rows.map(({ topic, ...row }) => ({ ...row, topic: topic?.stands ? topic : null }));
}
