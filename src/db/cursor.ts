// Keyset paging: a cursor holds the sort key and the id of the last row shown, so that pages neither skip nor repeat
// rows while others write. No OFFSET anywhere.
import { type Column, sql, type SQL } from 'drizzle-orm';

/** Position in a list sorted by (key descending, id descending). */
export interface Cursor {
  /** Number, or an ISO moment. */
  readonly key: number | string;
  readonly id: number;
}

/** What a list is sorted by: a number, whole or not, or a moment. */
export type CursorKind = 'number' | 'integer' | 'moment';

/** As it stands in `?after=`. */
export function encodeCursor({ key, id }: Cursor): string {
  return `${key}_${id}`;
}

/** @returns undefined for anything encodeCursor did not write: the address was tampered with or cut. */
export function decodeCursor(text: unknown, keyKind: CursorKind): Cursor | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^([^_]{1,40})_([1-9]\d{0,15})$/.exec(text);
  if (!match) return undefined;
  const [, key = '', idText = ''] = match;
  const id = Number(idText);
  if (!Number.isSafeInteger(id)) return undefined;
  if (keyKind === 'integer')
    return /^-?\d{1,10}$/.test(key) && Math.abs(Number(key)) < 2 ** 31 ? { key: Number(key), id } : undefined;
  if (keyKind === 'number') {
    return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(key) && Number.isFinite(Number(key))
      ? { key: Number(key), id }
      : undefined;
  }
  // V8 reads moments that PostgreSQL refuses, such as 30 February or the year 0: what is meant must be what is written.
  const time = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(key) ? new Date(key) : undefined;
  return time && !Number.isNaN(time.getTime()) && time.toISOString() === key ? { key, id } : undefined;
}

/**
 * Rows after the cursor: a row comparison, which the index on (key desc, id desc) answers by one descent.
 * @param cursor of the kind that fits the column: of an integer, 'integer'
 */
export function after(cursor: Cursor | undefined, key: Column, id: Column): SQL | undefined {
  if (!cursor) return undefined;
  // Of the column's own type: of another one the index knows nothing, and all before the cursor would be read.
  return sql`(${key}, ${id}) < (${cursor.key}::${sql.raw(key.getSQLType())}, ${cursor.id}::bigint)`;
}
