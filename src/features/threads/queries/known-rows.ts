// Replies that were read before are not read again: a page asks for their stamps alone. They come as the same objects, so that
// what was made of one, its part of a page above all, is found by it and need not be asked for anything (docs/decisions/027).
import type { PostId } from '../../../domain/ids.ts';
import type { Role } from '../../../domain/viewer.ts';
import type { ReplyRow } from './reply-rows.ts';

/** So many rows, and at most as many before them. With what is made of one for two or three places, 10 KB each. */
const MOST = 1_500;

/** All by which a visible reply is known, as it is at this moment. */
export interface Stamped {
  readonly id: PostId;
  /** Which version of its row it is; null: it is not visible, so that what can be read of it depends on who reads. */
  readonly stamp: string | null;
  readonly authorName: string | null;
  readonly authorRole: Role | null;
}

let young = new Map<PostId, ReplyRow>();
let old = young;

/** The reply as it was read before; undefined where it was not, or is not what it was, or is not visible. */
export function knownRow({ id, stamp, authorName, authorRole }: Stamped): ReplyRow | undefined {
  const row = young.get(id) ?? old.get(id);
  if (stamp === null || row?.stamp !== stamp) return undefined;
  if (row.authorName !== authorName || row.authorRole !== authorRole) return undefined;
  if (!young.has(id)) keep(row);
  return row;
}

/** For those who read it next. */
export function keepRow(row: ReplyRow): void {
  if (row.stamp !== null) keep(row);
}

function keep(row: ReplyRow) {
  if (young.size >= MOST) {
    old = young;
    young = new Map();
  }
  young.set(row.id, row);
}
