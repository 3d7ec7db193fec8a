// What is said inside a queue item: by moderators among themselves, and with the member whom it concerns.
import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { MemberId, QueueItemId, QueueMessageId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { queueItems } from './moderation.ts';

export const queueMessages = pgTable(
  'queue_messages',
  {
    id: id<QueueMessageId>(),
    queueItemId: ref<QueueItemId>()
      .notNull()
      .references(() => queueItems.id, { onDelete: 'cascade' }),
    /** Null: a former member. */
    authorId: ref<MemberId>().references(() => members.id),
    at: moment().notNull(),
    body: text().notNull(),
    /** Whether the member whom the item concerns can read it; else it is a note among moderators. */
    toMember: boolean().notNull(),
  },
  (t) => [
    index('queue_messages_item').on(t.queueItemId, t.id),
    index('queue_messages_author').on(t.authorId),
    check('queue_messages_body_length', sql`char_length(${t.body}) between 1 and 2000`),
  ],
);
