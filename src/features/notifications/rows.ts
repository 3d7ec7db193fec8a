// Notifications with all that is said about them, for the inbox and for mails that gather them.
import { and, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import {
  actions,
  followLevels,
  members,
  notifications,
  posts,
  queueMessages,
  sections,
  tags,
  topics,
} from '../../db/schema/index.ts';
import { noticesForReading } from '../../db/notices.ts';
import { listedTopics, standingTopics } from '../../db/visibility.ts';
import type { ActionKind } from '../../domain/actions.ts';
import type { ActionId, MemberId, NotificationId, PostId, QueueItemId, TopicId } from '../../domain/ids.ts';
import type { NoticeKind } from '../../domain/notices.ts';
import type { Role } from '../../domain/viewer.ts';
import type { SafeHtml } from '../../lib/html.ts';

export interface NotificationRow {
  readonly id: NotificationId;
  readonly kind: NoticeKind;
  readonly at: Date;
  readonly readAt: Date | null;
  /** Null: a former member, or the forum itself. */
  readonly actor: { readonly name: string; readonly role: Role } | null;
  /** Null when the notification is about none, or none the member can open. */
  readonly topic: { readonly id: TopicId; readonly title: string; readonly slug: string } | null;
  readonly post: {
    readonly id: PostId;
    readonly isOpening: boolean;
    readonly isTopLevel: boolean;
    readonly bodyHtml: SafeHtml;
  } | null;
  /** Of a new topic: what the member follows, by which it was told; nothing of it once that is followed no more. */
  readonly followed: {
    readonly tag: string | null;
    readonly section: string | null;
    readonly host: string | null;
    readonly member: string | null;
    readonly word: string | null;
  };
  readonly action: {
    readonly id: ActionId;
    readonly kind: ActionKind;
    readonly rule: number | null;
    readonly reason: string;
    /** As the log tells it: of a source, which one and what about it. */
    readonly data: Readonly<Record<string, unknown>>;
    /** Of a merge: the title of the topic that stays, while it can be read. */
    readonly into: string | null;
  } | null;
  /** What a moderator wrote to the member inside a queue item. */
  readonly message: { readonly itemId: QueueItemId; readonly body: string } | null;
}

const actors = alias(members, 'actors');
const followedMembers = alias(members, 'followed_members');

/** These notifications of a member, while they are for reading, the newest first. */
export async function loadNotifications(
  db: Reader,
  memberId: MemberId,
  ids: readonly NotificationId[],
): Promise<NotificationRow[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      at: notifications.at,
      readAt: notifications.readAt,
      actor: { name: actors.name, role: actors.role },
      topic: { id: topics.id, title: topics.title, slug: topics.slug, isOpen: openTo(memberId) },
      post: {
        id: posts.id,
        isOpening: sql<boolean>`${posts.branchId} is null`,
        isTopLevel: sql<boolean>`${posts.parentId} is null`,
        // Only the text of posts that stand is told of; decisions are told of without it.
        bodyHtml: sql<SafeHtml>`case when ${posts.state} = 'visible' then ${posts.bodyHtml} else '' end`,
      },
      followed: {
        tag: sql<string | null>`${tags.name}`,
        section: sql<string | null>`${sections.name}`,
        host: sql<string | null>`${followLevels.host}`,
        member: sql<string | null>`${followedMembers.name}`,
        word: sql<string | null>`${followLevels.word}`,
      },
      action: {
        id: actions.id,
        kind: actions.kind,
        rule: actions.rule,
        reason: actions.reason,
        data: actions.data,
        into: titleOfTarget(),
      },
      message: { itemId: queueMessages.queueItemId, body: queueMessages.body },
    })
    .from(notifications)
    .leftJoin(actors, eq(actors.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    // What is about no post of the member's names its topic itself.
    .leftJoin(topics, eq(topics.id, sql`coalesce(${posts.topicId}, ${notifications.topicId})`))
    .leftJoin(followLevels, eq(followLevels.id, notifications.followLevelId))
    .leftJoin(tags, eq(tags.id, followLevels.tagId))
    .leftJoin(sections, eq(sections.id, followLevels.sectionId))
    .leftJoin(followedMembers, eq(followedMembers.id, followLevels.aboutId))
    .leftJoin(actions, eq(actions.id, notifications.actionId))
    .leftJoin(queueMessages, eq(queueMessages.id, notifications.messageId))
    .where(
      and(
        eq(notifications.memberId, memberId),
        inArray(notifications.id, [...ids]),
        noticesForReading(memberId),
      ),
    )
    .orderBy(desc(notifications.id));
  return rows.map(({ topic, ...row }) => ({ ...row, topic: topic?.isOpen ? topic : null }));
}

/** Whether the topic of the row can be opened by the member: its title is told then, and not else. */
function openTo(memberId: MemberId): SQL<boolean> {
  const stays = and(eq(topics.state, 'withdrawn'), sql`${topics.replierCount} > 0`);
  return sql<boolean>`coalesce(${or(standingTopics(), stays, eq(topics.authorId, memberId))}, false)`;
}

/** Where a merge led, as it is called now. */
function titleOfTarget(): SQL<string | null> {
  const target = sql`select ${topics.title} from ${topics} where ${and(listedTopics(), sql`${topics.id} = (${actions.data} ->> 'other')::bigint`)}`;
  return sql<string | null>`case when ${actions.kind} = 'merge' then (${target}) end`;
}
