// What a merge of two tags moved: exactly enough to give it back.
import { boolean, index, pgTable, primaryKey, smallint, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { ActionId, TagId, TopicId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { actions } from './moderation.ts';
import { tags } from './sections.ts';
import { topics } from './topics.ts';

export const tagMerges = pgTable(
  'tag_merges',
  {
    actionId: ref<ActionId>()
      .primaryKey()
      .references(() => actions.id, { onDelete: 'cascade' }),
    /** The tag that leads to the other since. */
    tagId: ref<TagId>()
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    intoId: ref<TagId>()
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    undoneAt: moment(),
  },
  (t) => [
    uniqueIndex('tag_merges_in_force')
      .on(t.tagId)
      .where(sql`undone_at is null`),
    index('tag_merges_tag').on(t.tagId),
    index('tag_merges_into').on(t.intoId),
  ],
);

export const mergedTopicTags = pgTable(
  'merged_topic_tags',
  {
    actionId: ref<ActionId>()
      .notNull()
      .references(() => tagMerges.actionId, { onDelete: 'cascade' }),
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    position: smallint().notNull(),
    /** Whether the topic had both tags before. */
    hadBoth: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.topicId] }), index('merged_topic_tags_topic').on(t.topicId)],
);
