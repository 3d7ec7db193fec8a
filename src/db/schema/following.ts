// What members want to hear of a topic, a tag, a section, a site, a member or a word: all, answers to them, or nothing; and
// the posts they keep.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { FollowLevel } from '../../domain/following.ts';
import type { FollowLevelId, MemberId, PostId, SectionId, TagId, TopicId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';
import { sections, tags } from './sections.ts';
import { topics } from './topics.ts';

/** One row a member and subject, so that nothing is followed and muted at once. Without a row: answers to oneself alone. */
export const followLevels = pgTable(
  'follow_levels',
  {
    id: id<FollowLevelId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    topicId: ref<TopicId>().references(() => topics.id, { onDelete: 'cascade' }),
    tagId: ref<TagId>().references(() => tags.id, { onDelete: 'cascade' }),
    sectionId: ref<SectionId>().references(() => sections.id, { onDelete: 'cascade' }),
    /** A site, as sources.publisher_host has it. */
    host: text(),
    /** The member who is followed or muted. */
    aboutId: ref<MemberId>().references(() => members.id, { onDelete: 'cascade' }),
    /** A word or phrase of titles, in lower case. */
    word: text(),
    /** replies: of topics alone. nothing: muted. */
    level: text().$type<FollowLevel>().notNull(),
    setAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('follow_levels_topic')
      .on(t.topicId, t.memberId)
      .where(sql`topic_id is not null`),
    uniqueIndex('follow_levels_tag')
      .on(t.tagId, t.memberId)
      .where(sql`tag_id is not null`),
    uniqueIndex('follow_levels_section')
      .on(t.sectionId, t.memberId)
      .where(sql`section_id is not null`),
    uniqueIndex('follow_levels_host')
      .on(t.host, t.memberId)
      .where(sql`host is not null`),
    uniqueIndex('follow_levels_about')
      .on(t.aboutId, t.memberId)
      .where(sql`about_id is not null`),
    uniqueIndex('follow_levels_word')
      .on(t.word, t.memberId)
      .where(sql`word is not null`),
    index('follow_levels_member').on(t.memberId, t.level),
    check(
      'follow_levels_one_subject',
      sql`num_nonnulls(${t.topicId}, ${t.tagId}, ${t.sectionId}, ${t.host}, ${t.aboutId}, ${t.word}) = 1`,
    ),
    check(
      'follow_levels_level',
      sql`${t.level} in ('all', 'nothing') or (${t.level} = 'replies' and ${t.topicId} is not null)`,
    ),
    check('follow_levels_not_oneself', sql`${t.aboutId} <> ${t.memberId}`),
    check('follow_levels_word_length', sql`char_length(${t.word}) between 2 and 50`),
  ],
);

/** Posts that members keep, each with a note of their own; a topic is kept by its opening post. Nobody else sees them. */
export const saves = pgTable(
  'saves',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    postId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    note: text().notNull().default(''),
    savedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.postId] }),
    index('saves_member').on(t.memberId, t.savedAt.desc().nullsFirst(), t.postId.desc().nullsFirst()),
    index('saves_post').on(t.postId),
    check('saves_note_length', sql`char_length(${t.note}) <= 500`),
  ],
);
