// Which transactions a reader has seen the outcome of: a list's first page takes a snapshot along to the later ones, so that
// what fell in between is not shown again below (docs/decisions/019). PostgreSQL writes and reads snapshots as text.
import { type Column, type SQL, sql } from 'drizzle-orm';

/** "xmin:xmax:xip,xip": all below xmin is over, nothing from xmax on; in between, those listed were under way. */
export type Snapshot = string;

/** The snapshot that the statement itself reads by. */
export const currentSnapshot: SQL<Snapshot> = sql<Snapshot>`pg_current_snapshot()::text`;

/** Numbers in a base that keeps addresses short, all but the first as distances from it. */
const BASE = 36;

/** As it stands in an address. */
export function encodeSnapshot(snapshot: Snapshot): string {
  const [xmin = 0, ...others] = snapshot.split(/[:,]/).filter(Boolean).map(Number);
  return [xmin, ...others.map((number) => number - xmin)].map((number) => number.toString(BASE)).join('.');
}

/** @returns undefined for anything encodeSnapshot did not write: PostgreSQL refuses text that is no snapshot. */
export function decodeSnapshot(text: string): Snapshot | undefined {
  if (!/^[1-9a-z][0-9a-z]{0,9}(\.(0|[1-9a-z][0-9a-z]{0,9}))+$/.test(text)) return undefined;
  const [xmin = 0, ...distances] = text.split('.').map((number) => Number.parseInt(number, BASE));
  const [length = 0, ...underWay] = distances;
  const rising = underWay.every((distance, n) => distance < length && distance > (underWay[n - 1] ?? -1));
  if (!rising || distances.some((distance) => !Number.isSafeInteger(xmin + distance))) return undefined;
  return `${xmin}:${xmin + length}:${underWay.map((distance) => xmin + distance).join(',')}`;
}

/**
 * Whether the transaction whose number stands in a column was not over by the snapshot. Numbers that this server has not
 * given yet come out of a backup of another one and say nothing.
 */
export function isSince(column: Column, snapshot: Snapshot): SQL {
  return sql`(${column} is not null and not pg_visible_in_snapshot(${column}, ${snapshot}::pg_snapshot)
    and ${column} < pg_snapshot_xmax(pg_current_snapshot()))`;
}
