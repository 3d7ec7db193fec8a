// Replies that were read before come as the same object again. What was made of one, its part of a page above all, holds for
// it wherever it is shown: it is kept beside the object, and need not be asked for anything (docs/decisions/027).
import type { PostId } from '../../../domain/ids.ts';
import { isSame } from '../../../lib/same.ts';
import type { ReplyRow } from './replies.ts';

/** So many rows, and at most as many before them. With what is made of one for two or three places, 10 KB each. */
const MOST = 1_500;
const MOST_OF_ONE = 4;

let young = new Map<PostId, ReplyRow[]>();
let old = young;
let room = MOST;

/** The rows as they were read before, where they were and every value in them is what it was. */
export function knownRows(rows: readonly ReplyRow[]): readonly ReplyRow[] {
  return rows.map((row) => (row.hide === null ? known(row) : row));
}

/** One reply is several rows: viewers voted for it, or saved it, or not. The last ones that were read stand first. */
function known(row: ReplyRow): ReplyRow {
  const before = young.get(row.id) ?? old.get(row.id) ?? [];
  const same = before.find((one) => isSame(one, row));
  if (!same) takeRoom();
  if (same && same === young.get(row.id)?.[0]) return same;
  const others = before.filter((one) => one !== same);
  young.set(row.id, [same ?? row, ...others].slice(0, MOST_OF_ONE));
  return same ?? row;
}

function takeRoom() {
  room -= 1;
  if (room > 0) return;
  old = young;
  young = new Map();
  room = MOST;
}
