// Passkeys: keys that members' devices keep, by which they log in without a password.
import { bigint, boolean, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { MemberId, PasskeyId } from '../../domain/ids.ts';
import { bytea, id, moment, ref } from './columns.ts';
import { members, sessions } from './members.ts';

export const passkeys = pgTable(
  'passkeys',
  {
    id: id<PasskeyId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** By which the device knows it, in base64url. */
    credentialId: text().notNull(),
    /** COSE_Key; the private one never leaves the device. */
    publicKey: bytea().notNull(),
    /** How often the device has signed with it; 0 for the many that do not count. */
    counter: bigint({ mode: 'number' }).notNull(),
    /** How a browser reaches the device: "internal", "usb" … */
    transports: text().array().notNull(),
    /** What its member calls it. */
    label: text().notNull(),
    /** Whether a copy of it is kept elsewhere, so that it outlives the device. */
    backedUp: boolean().notNull(),
    createdAt: moment().notNull(),
    /** Null: it has not been used since it was added. */
    lastUsedAt: moment(),
    /** When its counter last went back, as that of a copy does. */
    copiedAt: moment(),
  },
  (t) => [
    uniqueIndex('passkeys_credential_id_unique').on(t.credentialId),
    index('passkeys_member').on(t.memberId),
  ],
);

/** By which devices know whose passkey one is: random, since they give it away to whoever holds them. */
export const passkeyHandles = pgTable(
  'passkey_handles',
  {
    memberId: ref<MemberId>()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    handle: text().notNull(),
  },
  (t) => [uniqueIndex('passkey_handles_handle_unique').on(t.handle)],
);

/** What a passkey is asked for. */
export type PasskeyPurpose = 'sign-in' | 'sign-up' | 'prove' | 'add';

/** What a device was asked to sign and has not signed yet. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    /** Random, in base64url. */
    challenge: text().primaryKey(),
    /** Who was asked: it goes with the session. */
    sessionHash: text()
      .notNull()
      .references(() => sessions.idHash, { onDelete: 'cascade' }),
    purpose: text().$type<PasskeyPurpose>().notNull(),
    /** Of whoever is to have the passkey that is to be made; null where one is to be shown. */
    handle: text(),
    createdAt: moment().notNull(),
  },
  (t) => [
    index('passkey_challenges_session').on(t.sessionHash),
    index('passkey_challenges_created_at').on(t.createdAt),
    check('passkey_challenges_purpose', sql`${t.purpose} in ('sign-in', 'sign-up', 'prove', 'add')`),
    check('passkey_challenges_handle', sql`(${t.handle} is not null) = (${t.purpose} in ('sign-up', 'add'))`),
  ],
);
