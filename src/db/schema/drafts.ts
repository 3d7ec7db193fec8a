// Texts that were begun and not sent, kept so that no line is lost: of one's own, and seen by nobody else.
import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DraftFields } from '../../domain/drafts.ts';
import type { DraftId, MemberId, PostId, TopicId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';
import { topics } from './topics.ts';

/** Without a place: a new topic. With a topic: a reply to it, or to `parentId`. With a post: an edit of it. */
export const drafts = pgTable(
  'drafts',
  {
    id: id<DraftId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** The composer's random id, which the post it becomes carries too: whichever of the two comes last changes nothing. */
    formId: text().notNull(),
    topicId: ref<TopicId>().references(() => topics.id, { onDelete: 'cascade' }),
    parentId: ref<PostId>().references(() => posts.id, { onDelete: 'cascade' }),
    postId: ref<PostId>().references(() => posts.id, { onDelete: 'cascade' }),
    /** The form as it was filled in, right or not. */
    fields: jsonb().$type<DraftFields>().notNull(),
    savedAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('drafts_form').on(t.memberId, t.formId),
    // One text a place: opening the composer again goes on with it.
    uniqueIndex('drafts_reply')
      .on(t.memberId, t.topicId, sql`coalesce(parent_id, 0)`)
      .where(sql`topic_id is not null`),
    uniqueIndex('drafts_edit')
      .on(t.memberId, t.postId)
      .where(sql`post_id is not null`),
    index('drafts_member').on(t.memberId, t.savedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('drafts_topic').on(t.topicId),
    index('drafts_parent').on(t.parentId),
    index('drafts_post').on(t.postId),
    index('drafts_saved_at').on(t.savedAt),
    check('drafts_place', sql`${t.postId} is null or (${t.topicId} is null and ${t.parentId} is null)`),
    check('drafts_parent_place', sql`${t.parentId} is null or ${t.topicId} is not null`),
    check('drafts_size', sql`octet_length(${t.fields}::text) <= 1048576`),
  ],
);
