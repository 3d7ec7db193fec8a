// By which channels members are told of what, what was mailed to them for which day, and the page of each week.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { MemberId, TopicId, WeekId } from '../../domain/ids.ts';
import type { Mailing, MailTime, NoticeKind } from '../../domain/notices.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { topics } from './topics.ts';

/** A member's choice for one kind of notice; without a row the forum's own (domain/notices.ts). */
export const noticeChoices = pgTable(
  'notice_choices',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<NoticeKind>().notNull(),
    inbox: boolean().notNull(),
    /** Null: no mail. */
    mail: text().$type<MailTime>(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.kind] }),
    check(
      'notice_choices_kind',
      sql`${t.kind} in ('reply', 'mention', 'topic', 'new-topic', 'action', 'message')`,
    ),
    check('notice_choices_mail', sql`${t.mail} in ('at-once', 'daily', 'weekly')`),
  ],
);

/** That a member's gathered mail for a day or a week was ordered: written in the transaction that orders it, and so once. */
export const mailings = pgTable(
  'mailings',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<Mailing>().notNull(),
    /** The day of it, where the member lives; of the week's topics, the Monday on which that week began. */
    day: date({ mode: 'string' }).notNull(),
    orderedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.kind, t.day] }),
    index('mailings_ordered_at').on(t.orderedAt),
    check('mailings_kind', sql`${t.kind} in ('daily', 'weekly', 'week')`),
  ],
);

/** A week that is over, with its page (ISO 8601: Monday to Sunday, UTC). */
export const weeks = pgTable(
  'weeks',
  {
    id: id<WeekId>(),
    /** "2026-W47" */
    name: text().notNull(),
    startsAt: moment().notNull(),
    closedAt: moment().notNull(),
  },
  (t) => [uniqueIndex('weeks_name_unique').on(t.name), uniqueIndex('weeks_starts_at_unique').on(t.startsAt)],
);

/** What was chosen for a week's page when it was closed; what is shown of it is what is visible then. */
export const weekTopics = pgTable(
  'week_topics',
  {
    weekId: ref<WeekId>()
      .notNull()
      .references(() => weeks.id, { onDelete: 'cascade' }),
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    /** Within its section. */
    position: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.weekId, t.topicId] }), index('week_topics_topic').on(t.topicId)],
);
