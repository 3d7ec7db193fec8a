// What moderators need to know of their own work and of who comes back under another name.
import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MemberId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';

/** When a moderator was last at work: "what changed since my last shift". */
export const shifts = pgTable('shifts', {
  memberId: ref<MemberId>()
    .primaryKey()
    .references(() => members.id, { onDelete: 'cascade' }),
  beganAt: moment().notNull(),
  seenAt: moment().notNull(),
  /** When the shift before this one ended; null: this is the first. */
  previousEndedAt: moment(),
});

/** Browsers in which a member was logged in, by the hash of a random cookie. Swept, but for suspended members'. */
export const memberBrowsers = pgTable(
  'member_browsers',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** SHA-256 of the cookie, in hex. */
    browserHash: text().notNull(),
    seenAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.browserHash] }),
    index('member_browsers_hash').on(t.browserHash),
    index('member_browsers_seen').on(t.seenAt),
  ],
);

export type SignUpTrace = 'browser' | 'address';

/** New members who signed up where a suspended member was: shown to moderators, blocked by nobody. */
export const signUpTraces = pgTable(
  'sign_up_traces',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    suspendedId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    trace: text().$type<SignUpTrace>().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.suspendedId, t.trace] }),
    index('sign_up_traces_suspended').on(t.suspendedId),
    check('sign_up_traces_trace', sql`${t.trace} in ('browser', 'address')`),
  ],
);
