// What opens an account beside its password.
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { MemberId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';

/** Who has to agree to another address: the reader of the new one's mails, and of the old one's. */
export type EmailChangeEnd = 'change-new' | 'change-old';
export type MailLinkPurpose = 'confirm' | 'reset' | EmailChangeEnd;

export const mailLinks = pgTable(
  'mail_links',
  {
    /**
     * Random. It opens nothing by itself: the link in the mail carries a seal over it, made with the forum's secret
     * (lib/sealed-key.ts), so that neither this table nor the queue of mails holds anything to be stolen.
     */
    id: text().primaryKey(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    purpose: text().$type<MailLinkPurpose>().notNull(),
    /** The address it was sent to: once that is neither the member's nor to become theirs, it opens nothing. */
    emailKey: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('mail_links_member_purpose').on(t.memberId, t.purpose),
    index('mail_links_expires_at').on(t.expiresAt),
    check('mail_links_purpose', sql`${t.purpose} in ('confirm', 'reset', 'change-new', 'change-old')`),
  ],
);

/**
 * Addresses of members who were deleted under a sanction, until its end: signing up anew is no way around it. What stands
 * here is a digest under a key made of the forum's secret (lib/keyed-digest.ts), from which no address can be read.
 */
export const barredAddresses = pgTable(
  'barred_addresses',
  {
    digest: text().primaryKey(),
    until: moment().notNull(),
  },
  (t) => [index('barred_addresses_until').on(t.until)],
);

/** Another address for a member, until both ends have agreed to it. */
export const emailChanges = pgTable(
  'email_changes',
  {
    memberId: ref<MemberId>()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    emailKey: text().notNull(),
    newAgreedAt: moment(),
    /** Stays null for members who had no address. */
    oldAgreedAt: moment(),
    expiresAt: moment().notNull(),
  },
  (t) => [index('email_changes_expires_at').on(t.expiresAt)],
);

/** An invitation to join; once it is used, it says for good who brought whom. */
export const invitations = pgTable(
  'invitations',
  {
    /** Random. What opens it is this with a seal over it, as with mailLinks. */
    id: text().primaryKey(),
    /** Null: a member who is gone. */
    invitedById: ref<MemberId>().references(() => members.id, { onDelete: 'set null' }),
    /** Whom it is for, for the eyes of who made it. */
    note: text().notNull().default(''),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    /** Who joined by it; null as well for a member who is gone since. */
    joinedId: ref<MemberId>().references(() => members.id, { onDelete: 'set null' }),
  },
  (t) => [
    index('invitations_invited_by').on(t.invitedById, t.joinedId),
    uniqueIndex('invitations_joined').on(t.joinedId),
    index('invitations_expires_at')
      .on(t.expiresAt)
      .where(sql`${t.usedAt} is null`),
    check('invitations_used', sql`${t.joinedId} is null or ${t.usedAt} is not null`),
  ],
);
