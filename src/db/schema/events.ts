// The append-only record of what happened to topics, and what members are told of it.
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { EventKind } from '../../domain/events.ts';
import type {
  ActionId,
  EventId,
  FollowLevelId,
  MemberId,
  NotificationId,
  PostId,
  QueueMessageId,
  TopicId,
} from '../../domain/ids.ts';
import type { MailTime, NoticeKind } from '../../domain/notices.ts';
import type { Settings } from '../../domain/settings.ts';
import { id, moment, ref } from './columns.ts';
import { followLevels } from './following.ts';
import { members } from './members.ts';
import { actions } from './moderation.ts';
import { posts } from './posts.ts';
import { queueMessages } from './talks.ts';
import { topics } from './topics.ts';

/** Never updated, but that whoever is gone is named no more; never deleted but by the database's owner. Identity order is not commit order (DESIGN section 4). */
export const events = pgTable(
  'events',
  {
    id: id<EventId>(),
    at: moment().notNull(),
    kind: text().$type<EventKind>().notNull(),
    actorId: ref<MemberId>().references(() => members.id),
    topicId: ref<TopicId>().references(() => topics.id),
    postId: ref<PostId>().references(() => posts.id),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** What of it anyone may read; null: nothing. */
    public: jsonb().$type<Record<string, unknown>>(),
  },
  (t) => [
    index('events_topic').on(t.topicId, t.id),
    // What was done to a topic, without its replies, which are nearly all of the record.
    index('events_topic_changes')
      .on(t.topicId, t.id)
      .where(sql`kind <> 'reply-posted'`),
    index('events_post').on(t.postId),
    index('events_actor').on(t.actorId),
  ],
);

export const notifications = pgTable(
  'notifications',
  {
    id: id<NotificationId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<NoticeKind>().notNull(),
    at: moment().notNull(),
    actorId: ref<MemberId>().references(() => members.id),
    topicId: ref<TopicId>().references(() => topics.id),
    postId: ref<PostId>().references(() => posts.id),
    actionId: ref<ActionId>().references(() => actions.id),
    messageId: ref<QueueMessageId>().references(() => queueMessages.id, { onDelete: 'cascade' }),
    /** Of a new topic: by what the member follows; null once that is followed no more. */
    followLevelId: ref<FollowLevelId>().references(() => followLevels.id, { onDelete: 'set null' }),
    readAt: moment(),
    /** False: told by mail alone. */
    inInbox: boolean().notNull().default(true),
    /** When a mail is to tell of it; null: none is. */
    mail: text().$type<MailTime>(),
    /** When that mail was ordered: in one transaction with it, and so once. */
    mailedAt: moment(),
  },
  (t) => [
    // Each is told once, whatever happens to the job that tells: a reply that also mentions is one notification.
    uniqueIndex('notifications_post_unique')
      .on(t.memberId, t.postId)
      .where(sql`action_id is null`),
    uniqueIndex('notifications_action_unique')
      .on(t.memberId, t.actionId)
      .where(sql`action_id is not null`),
    uniqueIndex('notifications_message_unique')
      .on(t.memberId, t.messageId)
      .where(sql`message_id is not null`),
    // Of these three most notices have none, and each index costs whoever is told of a reply.
    index('notifications_message')
      .on(t.messageId)
      .where(sql`message_id is not null`),
    index('notifications_action')
      .on(t.actionId)
      .where(sql`action_id is not null`),
    index('notifications_follow_level')
      .on(t.followLevelId)
      .where(sql`follow_level_id is not null`),
    index('notifications_member').on(t.memberId, t.id.desc().nullsFirst()),
    index('notifications_unread')
      .on(t.memberId, t.topicId)
      .where(sql`read_at is null and in_inbox`),
    // What of a topic is newer, and all of it: an entry of the inbox.
    index('notifications_entry')
      .on(t.memberId, t.topicId, t.id.desc().nullsFirst())
      .where(sql`in_inbox`),
    index('notifications_to_mail')
      .on(t.memberId, t.mail)
      .where(sql`mail is not null and mailed_at is null`),
    index('notifications_actor').on(t.actorId),
    index('notifications_topic').on(t.topicId),
    index('notifications_post').on(t.postId),
    check(
      'notifications_kind',
      sql`${t.kind} in ('reply', 'mention', 'topic', 'new-topic', 'action', 'message')`,
    ),
    check('notifications_mail', sql`${t.mail} in ('at-once', 'daily', 'weekly')`),
  ],
);

/** What an admin changes at run time: one row. */
export const settings = pgTable(
  'settings',
  {
    id: integer().primaryKey().default(1),
    values: jsonb().$type<Settings>().notNull(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
    /** Names this forum in the origin keys of its rows (db/origin-keys.ts), wherever they are taken. */
    forumKey: text()
      .notNull()
      .default(sql`left(md5(gen_random_uuid()::text), 16)`),
  },
  (t) => [check('settings_one_row', sql`${t.id} = 1`)],
);
