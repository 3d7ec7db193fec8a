// Where topics belong: sections (one each) and tags (0..5 each).
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { SectionId, TagId, TopicId } from '../../domain/ids.ts';
import type { TagKind } from '../../domain/tags.ts';
import { id, ref } from './columns.ts';
import { topics } from './topics.ts';

export const sections = pgTable(
  'sections',
  {
    id: id<SectionId>(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    position: smallint().notNull(),
    /** Added to the hot rank of the section's topics, -1 to +1. */
    modifier: doublePrecision().notNull().default(0),
    originKey: text(),
  },
  (t) => [
    uniqueIndex('sections_slug_unique').on(t.slug),
    uniqueIndex('sections_origin_key_unique').on(t.originKey),
    check('sections_modifier', sql`${t.modifier} between -1 and 1`),
    check('sections_name_length', sql`char_length(${t.name}) between 1 and 60`),
  ],
);

export const tags = pgTable(
  'tags',
  {
    id: id<TagId>(),
    slug: text().notNull(),
    name: text().notNull(),
    kind: text().$type<TagKind>().notNull().default('subject'),
    description: text().notNull().default(''),
    /** Other slugs that lead to this tag. */
    aliases: text()
      .array()
      .notNull()
      .default(sql`'{}'::text[]`),
    /** Its name is a word of everyday language too ("Meta", "Apple", "Gemini"): a title names it only when more says so. */
    ordinary: boolean().notNull().default(false),
    /** The tag that this one's topics and followers went to; its slug leads there. */
    mergedIntoId: ref<TagId>().references((): AnyPgColumn => tags.id),
    parentId: ref<TagId>().references((): AnyPgColumn => tags.id, { onDelete: 'set null' }),
    /** Added to the hot rank of topics with this tag, -1 to +1. */
    modifier: doublePrecision().notNull().default(0),
    originKey: text(),
  },
  (t) => [
    uniqueIndex('tags_slug_unique').on(t.slug),
    uniqueIndex('tags_origin_key_unique').on(t.originKey),
    index('tags_parent').on(t.parentId),
    index('tags_merged_into').on(t.mergedIntoId),
    index('tags_aliases').using('gin', t.aliases),
    index('tags_name_trigrams').using('gin', sql`${t.name} gin_trgm_ops`),
    check('tags_merged_elsewhere', sql`${t.mergedIntoId} <> ${t.id}`),
    check('tags_kind', sql`${t.kind} in ('company', 'model', 'person', 'subject')`),
    check('tags_modifier', sql`${t.modifier} between -1 and 1`),
  ],
);

export const topicTags = pgTable(
  'topic_tags',
  {
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    tagId: ref<TagId>()
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    position: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.topicId, t.tagId] }),
    index('topic_tags_tag').on(t.tagId, t.topicId),
    check('topic_tags_position', sql`${t.position} between 0 and 4`),
  ],
);
