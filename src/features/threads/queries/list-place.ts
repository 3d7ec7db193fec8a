// Where a later page of a list begins, and what the walk through its pages must not meet again (docs/decisions/019).
import { and, type Column, not, type SQL } from 'drizzle-orm';
import { after, type Cursor, type CursorKind, decodeCursor, encodeCursor } from '../../../db/cursor.ts';
import { decodeSnapshot, encodeSnapshot, isSince, type Snapshot } from '../../../db/snapshots.ts';
import { topics } from '../../../db/schema/index.ts';
import type { TopicId } from '../../../domain/ids.ts';

export interface Place extends Cursor {
  /** What the first page was read by. */
  readonly snapshot: Snapshot;
  /** The topics that stood above the first page: whether they are still pinned or not, they have been seen. */
  readonly pinned: readonly TopicId[];
}

/** So many topics stand above a list; others that are pinned stand where they would without. */
export const PINNED_MOST = 10;

/** As it stands in `?after=`. */
export function encodePlace({ snapshot, pinned, ...cursor }: Place): string {
  return [
    encodeCursor(cursor),
    encodeSnapshot(snapshot),
    ...(pinned.length > 0 ? [pinned.join('.')] : []),
  ].join('_');
}

/** @returns undefined for anything encodePlace did not write. */
export function decodePlace(text: unknown, keyKind: CursorKind): Place | undefined {
  if (typeof text !== 'string') return undefined;
  const [key, id, snapshotText = '', pinnedText, ...more] = text.split('_');
  const cursor = decodeCursor(`${key}_${id}`, keyKind);
  const snapshot = decodeSnapshot(snapshotText);
  const pinned = pinnedText === undefined ? [] : pinnedText.split('.');
  const known = pinned.length <= PINNED_MOST && pinned.every((number) => /^[1-9]\d{0,14}$/.test(number));
  if (!cursor || snapshot === undefined || !known || more.length > 0) return undefined;
  return { ...cursor, snapshot, pinned: pinned.map((number) => Number(number) as TopicId) };
}

/** Rows of `topics` that come after a place in a list sorted by (key descending, id descending). */
export function afterPlace(place: Place | undefined, key: Column): SQL | undefined {
  return place && and(after(place, key, topics.id), not(isSince(topics.rankFellIn, place.snapshot)));
}
