// What a merge of two topics moved: exactly enough to give it back. The replies it moved stand in action_posts.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ActionId, MemberId, PostId, SourceId, TopicId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';
import { actions } from './moderation.ts';
import { sources } from './sources.ts';
import { topics } from './topics.ts';

export const merges = pgTable(
  'merges',
  {
    actionId: ref<ActionId>()
      .primaryKey()
      .references(() => actions.id, { onDelete: 'cascade' }),
    /** The topic that leads to the other since. */
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    intoId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    undoneAt: moment(),
  },
  (t) => [
    uniqueIndex('merges_in_force')
      .on(t.topicId)
      .where(sql`undone_at is null`),
    index('merges_topic').on(t.topicId),
    index('merges_into').on(t.intoId),
  ],
);

export const mergedSources = pgTable(
  'merged_sources',
  {
    actionId: ref<ActionId>()
      .notNull()
      .references(() => merges.actionId, { onDelete: 'cascade' }),
    sourceId: ref<SourceId>()
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.sourceId] }), index('merged_sources_source').on(t.sourceId)],
);

/** Votes and marks that members have in the other topic only because of the merge. */
export const mergedMarks = pgTable(
  'merged_marks',
  {
    actionId: ref<ActionId>()
      .notNull()
      .references(() => merges.actionId, { onDelete: 'cascade' }),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<'vote' | 'visit'>().notNull(),
    /** The mark that stood there before; null: none. */
    seenBefore: ref<PostId>(),
    previousBefore: ref<PostId>(),
  },
  (t) => [
    primaryKey({ columns: [t.actionId, t.memberId, t.kind] }),
    index('merged_marks_member').on(t.memberId),
    check('merged_marks_kind', sql`${t.kind} in ('vote', 'visit')`),
  ],
);
