// Column builders every table uses, so that keys, times and references are written one way.
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** A bigint identity key. "By default" lets a command take the number first (a branch is named after its first reply). */
export const id = <T extends number>() =>
  bigint({ mode: 'number' }).generatedByDefaultAsIdentity().primaryKey().$type<T>();

/** A reference to another table's key. */
export const ref = <T extends number>() => bigint({ mode: 'number' }).$type<T>();

/** A moment, to the millisecond: what a JavaScript Date holds, so that keyset cursors compare exactly. */
export const moment = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 });

/** Bytes, as a Buffer. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/**
 * What full-text search looks in. The "<" is taken out, since PostgreSQL's parser takes "<script>" for a tag whose
 * content is no text, and drops all that follows.
 */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** The number of a transaction, in text: only PostgreSQL compares two of them. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/** The week of a moment by its number (features/search/queries/weeks.ts has the same for a Date): what an index of words can hold of it. */
export const weekOf = (column: AnyPgColumn): SQL<number> =>
  sql<number>`(((${column} at time zone 'UTC')::date - '2000-01-01'::date) / 7)`;
