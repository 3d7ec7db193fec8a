// What members report and what moderators do about it: flags, queue items, actions, hides, appeals.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { ActionKind } from '../../domain/actions.ts';
import type { FlagReason } from '../../domain/flags.ts';
import type { ActionId, FlagId, MemberId, PostId, QueueItemId, SourceId, TopicId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';
import { sources } from './sources.ts';
import { topics } from './topics.ts';

/** One decision of a moderator, of an admin, or of the forum itself. It stands in the public log for good. */
export const actions = pgTable(
  'actions',
  {
    id: id<ActionId>(),
    kind: text().$type<ActionKind>().notNull(),
    /** Null: the forum itself (`automatic`), or a former member. */
    actorId: ref<MemberId>().references((): AnyPgColumn => members.id),
    automatic: boolean().notNull().default(false),
    at: moment().notNull(),
    /** Number of the house rule, when one was broken. */
    rule: smallint(),
    reason: text().notNull(),
    topicId: ref<TopicId>().references((): AnyPgColumn => topics.id),
    postId: ref<PostId>().references((): AnyPgColumn => posts.id),
    memberId: ref<MemberId>().references((): AnyPgColumn => members.id),
    queueItemId: ref<QueueItemId>().references((): AnyPgColumn => queueItems.id),
    /** What changed, for actions on settings, sections and roles. */
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    undoneById: ref<ActionId>().references((): AnyPgColumn => actions.id),
  },
  (t) => [
    index('actions_at').on(t.at.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('actions_actor').on(t.actorId),
    index('actions_topic').on(t.topicId),
    index('actions_post').on(t.postId),
    index('actions_member').on(t.memberId),
    index('actions_queue_item').on(t.queueItemId),
    index('actions_kind').on(t.kind, t.at.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('actions_undone_by').on(t.undoneById),
    check('actions_reason_length', sql`char_length(${t.reason}) between 1 and 1000`),
  ],
);

/** The posts an action touched: exactly enough to undo it. */
export const actionPosts = pgTable(
  'action_posts',
  {
    actionId: ref<ActionId>()
      .notNull()
      .references(() => actions.id, { onDelete: 'cascade' }),
    postId: ref<PostId>()
      .notNull()
      .references((): AnyPgColumn => posts.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.actionId, t.postId] }), index('action_posts_post').on(t.postId)],
);

/** A post or topic is hidden while it has a row here that is not lifted; two hides do not undo each other. */
export const hides = pgTable(
  'hides',
  {
    id: id<number>(),
    actionId: ref<ActionId>()
      .notNull()
      .references(() => actions.id, { onDelete: 'cascade' }),
    postId: ref<PostId>().references((): AnyPgColumn => posts.id, { onDelete: 'cascade' }),
    topicId: ref<TopicId>().references((): AnyPgColumn => topics.id, { onDelete: 'cascade' }),
    liftedAt: moment(),
    liftedById: ref<ActionId>().references((): AnyPgColumn => actions.id),
  },
  (t) => [
    index('hides_action').on(t.actionId),
    index('hides_post')
      .on(t.postId)
      .where(sql`post_id is not null`),
    index('hides_topic')
      .on(t.topicId)
      .where(sql`topic_id is not null`),
    index('hides_lifted_by').on(t.liftedById),
    check('hides_one_subject', sql`num_nonnulls(${t.postId}, ${t.topicId}) = 1`),
    check('hides_lifted', sql`(${t.liftedAt} is null) = (${t.liftedById} is null)`),
  ],
);

/**
 * consent: another moderator has proposed to suspend a member for good. newcomer: somebody signed up where a suspended
 * member was. link: an aggregator's link whose publisher nobody has found.
 */
export type QueueItemKind =
  'flagged' | 'held' | 'appeal' | 'consent' | 'link' | 'suggestion' | 'watched' | 'newcomer';

export const queueItems = pgTable(
  'queue_items',
  {
    id: id<QueueItemId>(),
    kind: text().$type<QueueItemKind>().notNull(),
    postId: ref<PostId>().references((): AnyPgColumn => posts.id, { onDelete: 'cascade' }),
    memberId: ref<MemberId>().references((): AnyPgColumn => members.id, { onDelete: 'cascade' }),
    sourceId: ref<SourceId>().references((): AnyPgColumn => sources.id, { onDelete: 'cascade' }),
    /** Of suggestions: all that are open about a topic are one item. */
    topicId: ref<TopicId>().references((): AnyPgColumn => topics.id, { onDelete: 'cascade' }),
    appealedActionId: ref<ActionId>().references((): AnyPgColumn => actions.id, { onDelete: 'cascade' }),
    openedAt: moment().notNull(),
    /** What its undecided flags weigh together, illegal ones far above all others: the order "heaviest first". */
    weight: doublePrecision().notNull().default(0),
    claimedById: ref<MemberId>().references((): AnyPgColumn => members.id),
    claimedUntil: moment(),
    /** Raised by everything that changes what a decision would be about; a decision names the version it saw. */
    version: integer().notNull().default(1),
    closedAt: moment(),
    closedByActionId: ref<ActionId>().references((): AnyPgColumn => actions.id),
  },
  (t) => [
    uniqueIndex('queue_items_open_post')
      .on(t.postId, t.kind)
      .where(sql`closed_at is null and post_id is not null`),
    uniqueIndex('queue_items_open_member')
      .on(t.memberId, t.kind)
      .where(sql`closed_at is null and member_id is not null`),
    uniqueIndex('queue_items_open_source')
      .on(t.sourceId, t.kind)
      .where(sql`closed_at is null and source_id is not null`),
    uniqueIndex('queue_items_open_topic')
      .on(t.topicId, t.kind)
      .where(sql`closed_at is null and topic_id is not null`),
    uniqueIndex('queue_items_open_appeal')
      .on(t.appealedActionId)
      .where(sql`closed_at is null and appealed_action_id is not null`),
    index('queue_items_open')
      .on(t.openedAt, t.id)
      .where(sql`closed_at is null`),
    index('queue_items_heaviest')
      .on(t.weight.desc().nullsFirst(), t.openedAt, t.id)
      .where(sql`closed_at is null`),
    index('queue_items_closed_at')
      .on(t.closedAt)
      .where(sql`closed_at is not null`),
    index('queue_items_topic').on(t.topicId),
    index('queue_items_post').on(t.postId),
    index('queue_items_member').on(t.memberId),
    index('queue_items_source').on(t.sourceId),
    index('queue_items_appealed_action').on(t.appealedActionId),
    index('queue_items_claimed_by').on(t.claimedById),
    index('queue_items_closed_by').on(t.closedByActionId),
    check(
      'queue_items_kind',
      sql`${t.kind} in ('flagged', 'held', 'appeal', 'consent', 'link', 'suggestion', 'watched', 'newcomer')`,
    ),
    check(
      'queue_items_one_subject',
      sql`num_nonnulls(${t.postId}, ${t.memberId}, ${t.sourceId}, ${t.topicId}, ${t.appealedActionId}) = 1`,
    ),
    check('queue_items_claim', sql`(${t.claimedById} is null) = (${t.claimedUntil} is null)`),
  ],
);

export type FlagOutcome = 'upheld' | 'rejected';

export const flags = pgTable(
  'flags',
  {
    id: id<FlagId>(),
    postId: ref<PostId>().references((): AnyPgColumn => posts.id, { onDelete: 'cascade' }),
    memberId: ref<MemberId>().references((): AnyPgColumn => members.id, { onDelete: 'cascade' }),
    sourceId: ref<SourceId>().references((): AnyPgColumn => sources.id, { onDelete: 'cascade' }),
    /** Null: a visitor reporting illegal content, or a former member. */
    flaggerId: ref<MemberId>().references((): AnyPgColumn => members.id, { onDelete: 'cascade' }),
    reason: text().$type<FlagReason>().notNull(),
    note: text().notNull().default(''),
    /** Of a visitor who reports illegal content: whom to answer. Erased some time after the decision. */
    reporterName: text(),
    reporterEmail: text(),
    weight: doublePrecision().notNull(),
    flaggedAt: moment().notNull(),
    takenBackAt: moment(),
    queueItemId: ref<QueueItemId>().references(() => queueItems.id),
    outcome: text().$type<FlagOutcome>(),
  },
  (t) => [
    uniqueIndex('flags_post_unique')
      .on(t.flaggerId, t.postId)
      .where(sql`taken_back_at is null and outcome is null and post_id is not null`),
    uniqueIndex('flags_member_unique')
      .on(t.flaggerId, t.memberId)
      .where(sql`taken_back_at is null and outcome is null and member_id is not null`),
    uniqueIndex('flags_source_unique')
      .on(t.flaggerId, t.sourceId)
      .where(sql`taken_back_at is null and outcome is null and source_id is not null`),
    index('flags_post').on(t.postId),
    index('flags_member').on(t.memberId),
    index('flags_source').on(t.sourceId),
    index('flags_flagger').on(t.flaggerId, t.flaggedAt),
    index('flags_queue_item').on(t.queueItemId),
    index('flags_waiting')
      .on(t.flaggedAt)
      .where(sql`queue_item_id is null and taken_back_at is null and outcome is null`),
    check('flags_one_subject', sql`num_nonnulls(${t.postId}, ${t.memberId}, ${t.sourceId}) = 1`),
    check('flags_outcome', sql`${t.outcome} in ('upheld', 'rejected')`),
    check(
      'flags_reporter',
      sql`${t.flaggerId} is null or num_nonnulls(${t.reporterName}, ${t.reporterEmail}) = 0`,
    ),
    check('flags_weight', sql`${t.weight} >= 0`),
  ],
);

export type AppealOutcome = 'upheld' | 'reversed';

export const appeals = pgTable(
  'appeals',
  {
    id: id<number>(),
    actionId: ref<ActionId>()
      .notNull()
      .references(() => actions.id, { onDelete: 'cascade' }),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    text: text().notNull(),
    openedAt: moment().notNull(),
    decidedAt: moment(),
    decidedById: ref<MemberId>().references(() => members.id),
    outcome: text().$type<AppealOutcome>(),
    /** The decision about it, with its reason, in the log. */
    decisionId: ref<ActionId>().references(() => actions.id),
  },
  (t) => [
    uniqueIndex('appeals_action_unique').on(t.actionId),
    index('appeals_member').on(t.memberId),
    index('appeals_decided_by').on(t.decidedById),
    index('appeals_decision').on(t.decisionId),
    check('appeals_outcome', sql`${t.outcome} in ('upheld', 'reversed')`),
  ],
);
