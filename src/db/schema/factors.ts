// What is asked beside a password: the key of an authenticator app, and the codes for the day that it is lost.
import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MemberId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';

export const totpFactors = pgTable(
  'totp_factors',
  {
    memberId: ref<MemberId>()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** The key, encrypted for this member (lib/sealed-text.ts), and which of the forum's secrets opens it. */
    box: text().notNull(),
    keyId: text().notNull(),
    createdAt: moment().notNull(),
    /** Null: nobody has shown yet that an app has the key. It counts for nothing. */
    confirmedAt: moment(),
    /** The time step of the last code that was taken: neither it nor an earlier one is taken again. */
    lastStep: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [
    // Those that are swept.
    index('totp_factors_unfinished')
      .on(t.createdAt)
      .where(sql`${t.confirmedAt} is null`),
  ],
);

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** See lib/recovery-codes.ts. A code that is used is deleted. */
    codeHash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.codeHash] })],
);
