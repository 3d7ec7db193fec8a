// What members suggest: a better title, other tags, an article's real address, another role for a source.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { MemberId, SourceId, SuggestionId, TopicId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { sources } from './sources.ts';
import { topics } from './topics.ts';

export type SuggestionKind = 'title' | 'tags' | 'address' | 'role';
export type SuggestionOutcome = 'applied' | 'outdated' | 'declined' | 'taken_back';

export const suggestions = pgTable(
  'suggestions',
  {
    id: id<SuggestionId>(),
    kind: text().$type<SuggestionKind>().notNull(),
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    /** The source it is about: of addresses and roles. */
    sourceId: ref<SourceId>().references(() => sources.id, { onDelete: 'cascade' }),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** What is suggested in one spelling: two suggestions are the same when these are. */
    value: text().notNull(),
    /** As it was typed. */
    shown: text().notNull(),
    suggestedAt: moment().notNull(),
    closedAt: moment(),
    outcome: text().$type<SuggestionOutcome>(),
  },
  (t) => [
    // A member suggests one thing of a kind at a time; another suggestion takes its place.
    uniqueIndex('suggestions_open_topic')
      .on(t.topicId, t.kind, t.memberId)
      .where(sql`closed_at is null and source_id is null`),
    uniqueIndex('suggestions_open_source')
      .on(t.sourceId, t.kind, t.memberId)
      .where(sql`closed_at is null and source_id is not null`),
    index('suggestions_topic').on(t.topicId),
    index('suggestions_source').on(t.sourceId),
    index('suggestions_member').on(t.memberId),
    check('suggestions_kind', sql`${t.kind} in ('title', 'tags', 'address', 'role')`),
    check('suggestions_source_kind', sql`(${t.sourceId} is not null) = (${t.kind} in ('address', 'role'))`),
    check('suggestions_outcome', sql`${t.outcome} in ('applied', 'outdated', 'declined', 'taken_back')`),
    check('suggestions_closed', sql`(${t.closedAt} is null) = (${t.outcome} is null)`),
  ],
);
