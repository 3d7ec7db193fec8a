// Words and domains that moderators watch, and the posts in which they were found.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { MemberId, PostId, WatchRuleId } from '../../domain/ids.ts';
import type { WatchEffect, WatchKind } from '../../domain/watch.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';

export const watchRules = pgTable(
  'watch_rules',
  {
    id: id<WatchRuleId>(),
    kind: text().$type<WatchKind>().notNull(),
    /** As domain/watch.ts writes it in one spelling: words and phrases folded, of a domain its host. */
    pattern: text().notNull(),
    /** As it was typed. */
    shown: text().notNull(),
    effect: text().$type<WatchEffect>().notNull(),
    /** Told to whoever's post it refuses or holds. */
    reason: text().notNull(),
    /** Number of the house rule it stands for. */
    rule: smallint(),
    /** Null: a former member. */
    madeById: ref<MemberId>().references(() => members.id),
    madeAt: moment().notNull(),
    endedAt: moment(),
    endedById: ref<MemberId>().references(() => members.id),
  },
  (t) => [
    uniqueIndex('watch_rules_in_force')
      .on(t.kind, t.pattern)
      .where(sql`ended_at is null`),
    index('watch_rules_made_by').on(t.madeById),
    index('watch_rules_ended_by').on(t.endedById),
    check('watch_rules_kind', sql`${t.kind} in ('word', 'domain')`),
    check('watch_rules_effect', sql`${t.effect} in ('refuse', 'hold', 'flag', 'mark')`),
    check('watch_rules_reason_length', sql`char_length(${t.reason}) between 1 and 1000`),
    check('watch_rules_pattern_length', sql`char_length(${t.pattern}) between 1 and 200`),
    check('watch_rules_end', sql`${t.endedById} is null or ${t.endedAt} is not null`),
  ],
);

/** What was found in a post when it was written or edited. What a rule refuses is not written, and leaves nothing here. */
export const watchHits = pgTable(
  'watch_hits',
  {
    ruleId: ref<WatchRuleId>()
      .notNull()
      .references(() => watchRules.id, { onDelete: 'cascade' }),
    postId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.ruleId, t.postId] }), index('watch_hits_post').on(t.postId)],
);
