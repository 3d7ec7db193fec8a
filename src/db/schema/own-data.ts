// What members ask for with their data: a copy of it, and that the account be deleted.
import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DataExportId, MemberId } from '../../domain/ids.ts';
import type { TextsLeft } from '../../domain/policy/own-data.ts';
import { bytea, id, moment, ref } from './columns.ts';
import { members } from './members.ts';

export type ExportState = 'waiting' | 'ready' | 'failed';

/** The one copy of a member's data that was ordered last. */
export const dataExports = pgTable(
  'data_exports',
  {
    id: id<DataExportId>(),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    state: text().$type<ExportState>().notNull().default('waiting'),
    orderedAt: moment().notNull(),
    /** Of what is ready. */
    bytes: bigint({ mode: 'number' }),
    expiresAt: moment(),
  },
  (t) => [
    uniqueIndex('data_exports_member').on(t.memberId),
    index('data_exports_expires_at').on(t.expiresAt),
    check('data_exports_state', sql`${t.state} in ('waiting', 'ready', 'failed')`),
    check(
      'data_exports_ready',
      sql`(${t.state} = 'ready') = (${t.bytes} is not null and ${t.expiresAt} is not null)`,
    ),
  ],
);

/** The ZIP in pieces, so that neither writing nor sending it holds the whole in memory. */
export const dataExportParts = pgTable(
  'data_export_parts',
  {
    exportId: ref<DataExportId>()
      .notNull()
      .references(() => dataExports.id, { onDelete: 'cascade' }),
    n: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.exportId, t.n] }),
    check('data_export_parts_size', sql`octet_length(${t.bytes}) between 1 and 1048576`),
  ],
);

/** Accounts that are to be deleted. A row goes with its member, or when the member keeps the account. */
export const deletions = pgTable(
  'deletions',
  {
    memberId: ref<MemberId>()
      .primaryKey()
      .references(() => members.id, { onDelete: 'cascade' }),
    texts: text().$type<TextsLeft>().notNull(),
    askedAt: moment().notNull(),
    dueAt: moment().notNull(),
    /** Set when it has begun: there is no way back any more. */
    begunAt: moment(),
  },
  (t) => [
    index('deletions_due_at').on(t.dueAt),
    check('deletions_texts', sql`${t.texts} in ('withdraw', 'leave')`),
  ],
);
