// Where a page of the log ends: a decision, and the place within it, since what one decision touched may fill pages.
import { decodeCursor, encodeCursor } from '../../../db/cursor.ts';
import type { ActionId } from '../../../domain/ids.ts';

export interface LogCursor {
  /** An ISO moment. */
  readonly at: string;
  readonly id: ActionId;
  readonly place: number;
}

/** As it stands in `?after=`. */
export function encodeLogCursor({ at, id, place }: LogCursor): string {
  return `${encodeCursor({ key: at, id })}_${place}`;
}

/** @returns undefined for anything encodeLogCursor did not write. */
export function decodeLogCursor(text: unknown): LogCursor | undefined {
  const match = typeof text === 'string' ? /^(.{1,60})_(0|[1-9]\d{0,14})$/.exec(text) : null;
  const decision = match && decodeCursor(match[1], 'moment');
  if (!match || !decision) return undefined;
  return { at: String(decision.key), id: decision.id as ActionId, place: Number(match[2]) };
}
