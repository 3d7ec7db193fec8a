// Members and what belongs to one member alone: sessions and sanctions.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Density, ListSort, PageSize, TextSize } from '../../domain/appearance.ts';
import type { ActionId, MemberId, PostId } from '../../domain/ids.ts';
import type { ReplySort } from '../../domain/thread.ts';
import type { Role } from '../../domain/viewer.ts';
import { id, moment, ref } from './columns.ts';
import { actions } from './moderation.ts';

export type Theme = 'auto' | 'light' | 'dark';

export const members = pgTable(
  'members',
  {
    id: id<MemberId>(),
    name: text().notNull(),
    /** The name in lower case: two members never differ by case alone. */
    nameKey: text().notNull(),
    /** The name with look-alike characters folded (domain/member-name.ts). */
    nameSkeleton: text().notNull(),
    /** Null for imported members and those who never gave one. Never shown. */
    email: text(),
    emailKey: text(),
    /** PHC string (argon2id); null: this member cannot log in by password. */
    passwordHash: text(),
    role: text().$type<Role>().notNull().default('member'),
    joinedAt: moment().notNull(),
    confirmedAt: moment(),
    /** When the name was last changed; null: it is the first one. */
    renamedAt: moment(),
    about: text().notNull().default(''),
    affiliation: text().notNull().default(''),
    /** An http(s) address, as URL writes it; '' when none is given. */
    link: text().notNull().default(''),
    pronouns: text().notNull().default(''),
    theme: text().$type<Theme>().notNull().default('auto'),
    textSize: text().$type<TextSize>().notNull().default('medium'),
    /** Whether single keys act (j, k, r …). Off for whom they surprise: voice control and some keyboards send them. */
    usesKeys: boolean().notNull().default(true),
    density: text().$type<Density>().notNull().default('comfortable'),
    pageSize: smallint().$type<PageSize>().notNull().default(30),
    replySort: text().$type<ReplySort>().notNull().default('best'),
    listSort: text().$type<ListSort>().notNull().default('hot'),
    /** Whether search engines are asked to leave the member's page out. */
    hiddenFromSearchEngines: boolean().notNull().default(false),
    /** Whether visits are noted (`visits`). */
    remembersReading: boolean().notNull().default(true),
    /** Counters the trust step is computed from (domain/policy/trust.ts), changed by deltas. */
    topicsRead: integer().notNull().default(0),
    /** Of these, topics that the member let the forum forget: so many that are opened next may be the same, and do not count. */
    topicsForgotten: integer().notNull().default(0),
    repliesKept: integer().notNull().default(0),
    flagsDecided: integer().notNull().default(0),
    flagsUpheld: integer().notNull().default(0),
    /** Whether posts that their authors marked as written with a model are left out or folded. */
    hidesModelWritten: boolean().notNull().default(false),
    /** All that was posted up to here counts as seen: "mark all read". */
    readUpToPostId: ref<PostId>()
      .notNull()
      .default(0 as PostId),
    /** Where the member's days begin and end: an IANA name, "Europe/Vienna". */
    timeZone: text().notNull().default('UTC'),
    /** At which hour of their day gathered mails are sent, and on which day those of the week (ISO 8601: 1 Monday … 7 Sunday). */
    mailHour: smallint().notNull().default(8),
    mailDay: smallint().notNull().default(1),
    /** Since when the week's topics are asked for by mail: no week that was over then is sent. Null: they are not. */
    weekByMailSince: moment(),
    /** In the key of the feed of what the member follows; each new key is one higher, and the ones before open nothing. 0: none. */
    feedKeyVersion: integer().notNull().default(0),
    /** "Moderator 2": how the public log names whoever ever was a moderator, where the forum shows no names. Never given again. */
    moderatorNumber: integer(),
    originKey: text(),
  },
  (t) => [
    uniqueIndex('members_name_key_unique').on(t.nameKey),
    // Whoever has not confirmed an address has not shown that it is theirs, and keeps nobody from it.
    uniqueIndex('members_email_key_confirmed')
      .on(t.emailKey)
      .where(sql`${t.confirmedAt} is not null`),
    index('members_email_key').on(t.emailKey),
    uniqueIndex('members_origin_key_unique').on(t.originKey),
    uniqueIndex('members_moderator_number_unique').on(t.moderatorNumber),
    index('members_name_skeleton').on(t.nameSkeleton),
    index('members_staff')
      .on(t.role)
      .where(sql`${t.role} <> 'member'`),
    index('members_week_by_mail')
      .on(t.id)
      .where(sql`week_by_mail_since is not null`),
    index('members_name_trigrams').using('gin', sql`${t.name} gin_trgm_ops`),
    check('members_role', sql`${t.role} in ('member', 'moderator', 'admin')`),
    check('members_density', sql`${t.density} in ('comfortable', 'compact')`),
    check('members_text_size', sql`${t.textSize} in ('small', 'medium', 'large')`),
    check('members_feed_key_version', sql`${t.feedKeyVersion} >= 0`),
    check('members_page_size', sql`${t.pageSize} in (15, 30, 60)`),
    check('members_reply_sort', sql`${t.replySort} in ('best', 'new', 'old')`),
    check('members_list_sort', sql`${t.listSort} in ('hot', 'new', 'active')`),
    check('members_theme', sql`${t.theme} in ('auto', 'light', 'dark')`),
    check('members_name_length', sql`char_length(${t.name}) between 1 and 60`),
    check('members_mail_hour', sql`${t.mailHour} between 0 and 23`),
    check('members_mail_day', sql`${t.mailDay} between 1 and 7`),
    check('members_email_pair', sql`(${t.email} is null) = (${t.emailKey} is null)`),
  ],
);

/** Names that members have given up: they lead to their member, and nobody else gets them. */
export const formerNames = pgTable(
  'former_names',
  {
    nameKey: text().primaryKey(),
    nameSkeleton: text().notNull(),
    /** Null: a member who is gone. The name stays reserved. */
    memberId: ref<MemberId>().references(() => members.id, { onDelete: 'set null' }),
    usedUntil: moment().notNull(),
  },
  (t) => [
    index('former_names_name_skeleton').on(t.nameSkeleton),
    index('former_names_member').on(t.memberId),
  ],
);

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session id, in hex: a stolen table opens no session. */
    idHash: text().primaryKey(),
    memberId: ref<MemberId>().references(() => members.id, { onDelete: 'cascade' }),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** "Firefox on Windows", of a closed list (lib/device-name.ts); '' for sessions older than this column. */
    device: text().notNull().default(''),
    /** The network it was last seen in; the whole address is not stored. */
    addressPrefix: text().notNull().default(''),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [index('sessions_member').on(t.memberId), index('sessions_expires_at').on(t.expiresAt)],
);

/** From where a member has logged in: what is not here, nor an open session's, is told by mail. Kept as long as a session. */
export const signIns = pgTable(
  'sign_ins',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    device: text().notNull(),
    addressPrefix: text().notNull(),
    /** The last time. */
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.device, t.addressPrefix] }), index('sign_ins_at').on(t.at)],
);

export type SanctionKind = 'warning' | 'silence' | 'suspension';

export const sanctions = pgTable(
  'sanctions',
  {
    id: id<number>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<SanctionKind>().notNull(),
    actionId: ref<ActionId>()
      .notNull()
      .references(() => actions.id),
    startsAt: moment().notNull(),
    /** Null: without end. Ends are compared with the clock; nothing has to run at that moment. */
    endsAt: moment(),
    liftedAt: moment(),
    liftedById: ref<ActionId>().references(() => actions.id),
  },
  (t) => [
    index('sanctions_member').on(t.memberId),
    index('sanctions_action').on(t.actionId),
    index('sanctions_lifted_by').on(t.liftedById),
    check('sanctions_kind', sql`${t.kind} in ('warning', 'silence', 'suspension')`),
    check('sanctions_order', sql`${t.endsAt} is null or ${t.endsAt} > ${t.startsAt}`),
  ],
);
