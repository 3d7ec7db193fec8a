// Who members are at other sites by which they log in.
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { IdentityId, MemberId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';

export const identities = pgTable(
  'identities',
  {
    id: id<IdentityId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** The pair by which a person is known again, and nothing else is: an e-mail address may pass to somebody else. */
    issuer: text().notNull(),
    subject: text().notNull(),
    /** Under which the configuration has the site (config-providers.ts). */
    providerKey: text().notNull(),
    /** "octocat", or an e-mail address: as the site said last. Shown to the member alone. */
    label: text().notNull(),
    createdAt: moment().notNull(),
    lastUsedAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('identities_issuer_subject').on(t.issuer, t.subject),
    index('identities_member').on(t.memberId),
  ],
);
