// What members do not want to see in lists.
import { sql } from 'drizzle-orm';
import { check, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MemberId } from '../../domain/ids.ts';
import { moment, ref } from './columns.ts';
import { members } from './members.ts';

export type MuteKind = 'site';

export const mutes = pgTable(
  'mutes',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    kind: text().$type<MuteKind>().notNull(),
    /** Of a site its host. */
    value: text().notNull(),
    mutedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.memberId, t.kind, t.value] }),
    check('mutes_kind', sql`${t.kind} in ('site')`),
  ],
);
