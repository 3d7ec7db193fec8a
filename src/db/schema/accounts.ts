// What opens an account beside its password.
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { MemberId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';

export type MailLinkPurpose = 'confirm' | 'reset';

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
    /** The address it was sent to: of a member who has changed theirs, it opens nothing. */
    emailKey: text().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('mail_links_member_purpose').on(t.memberId, t.purpose),
    index('mail_links_expires_at').on(t.expiresAt),
    check('mail_links_purpose', sql`${t.purpose} in ('confirm', 'reset')`),
  ],
);
