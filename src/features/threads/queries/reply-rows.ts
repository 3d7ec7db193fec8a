// What a page shows of replies: the reply itself, which is the same for all where it is visible, and what the viewer did with it.
// It is read in two steps, since most replies of a page are known: where each stands, with its stamp; then those that came
// or changed.
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { byMuted } from '../../../db/following.ts';
import { isOneOf, statementFor } from '../../../db/named-statements.ts';
import { hides, members, posts } from '../../../db/schema/index.ts';
import { placedPosts, readableText } from '../../../db/visibility.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import type { PostPurpose } from '../../../domain/post-text.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { hideNotice, type HideNotice, memberIdWhere } from './blanks.ts';
import { keepRow, knownRow, type Stamped } from './known-rows.ts';
import { savedBy } from './saved.ts';
import { votedBy } from './topic-rows.ts';

/** A reply as this viewer may read it. A visible one is the same for all. */
export interface ReplyRow extends Stamped {
  readonly parentId: PostId | null;
  readonly branchId: PostId | null;
  readonly depth: number;
  readonly branchSize: number;
  readonly bestRank: number;
  /** Null: a former member, or a withdrawn reply, as the name and the role are. */
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly editedAt: Date | null;
  readonly state: State;
  /** Set below a hide or hold, too, which the state does not tell. */
  readonly withdrawnAt: Date | null;
  /** Told to its author alone, who may take it back. */
  readonly withdrawnByViewer: boolean;
  /** Set below a hide: then it was refused. */
  readonly heldAt: Date | null;
  readonly bodyHtml: SafeHtml | null;
  readonly hide: HideNotice | null;
  readonly score: number;
  readonly purpose: PostPurpose | null;
  readonly modelWritten: boolean;
}

/** What the viewer did with a reply, and with its author. */
export interface ReplyMarks {
  readonly voted: boolean;
  readonly saved: boolean;
  /** Whether the viewer has muted its author. */
  readonly muted: boolean;
}

/** By reply: of those alone with which something was done. */
export type RepliesMarks = ReadonlyMap<PostId, ReplyMarks>;

const UNMARKED: ReplyMarks = { voted: false, saved: false, muted: false };

export function marksOf(marks: RepliesMarks, id: PostId): ReplyMarks {
  return marks.get(id) ?? UNMARKED;
}

/** Where replies stand, with the viewer's marks. Columns of `posts` narrow and order it. */
export function selectPlaces(db: Reader, viewer: Viewer) {
  return db
    .select({
      id: posts.id,
      stamp: stampOf(),
      authorName: members.name,
      authorRole: members.role,
      voted: votedBy(viewer, posts.id),
      saved: savedBy(viewer, posts.id),
      muted: byMuted(viewer),
    })
    .from(posts)
    .leftJoin(members, and(eq(members.id, posts.authorId), isNamed()))
    .$dynamic();
}

/** The replies of these places, in their order; one that has lost its place meanwhile is left out. */
export async function readReplies(
  db: Reader,
  viewer: Viewer,
  places: readonly (Stamped & ReplyMarks)[],
): Promise<{ readonly rows: readonly ReplyRow[]; readonly marks: RepliesMarks }> {
  const rows = new Map<PostId, ReplyRow>();
  const marks = new Map<PostId, ReplyMarks>();
  const unknown: PostId[] = [];
  for (const place of places) {
    const row = knownRow(place);
    if (row) rows.set(place.id, row);
    else unknown.push(place.id);
    if (place.voted || place.saved || place.muted) marks.set(place.id, place);
  }
  if (unknown.length > 0) {
    const read = statementFor(db, viewer, 'replies', (asking) =>
      selectReplies(db, asking).prepare('replies'),
    );
    for (const row of await read({ ids: unknown })) {
      rows.set(row.id, row);
      keepRow(row);
    }
  }
  return { rows: places.flatMap(({ id }) => rows.get(id) ?? []), marks };
}

/**
 * PostgreSQL's own number of the transaction that wrote this version of the row: another version has another one.
 * https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
function stampOf(): SQL<string | null> {
  return sql<string | null>`case when ${posts.state} = 'visible' then ${posts}.xmin end`;
}

/** A withdrawn reply keeps its place, blank: not even whose it was is said. */
const isNamed = () => isNull(posts.withdrawnAt);

/**
 * By the parameter `ids`. Of visible replies only what the stamp covers, columns of `posts`, or what places are asked for as
 * well: a row is not read again while those are what they were.
 */
function selectReplies(db: Reader, viewer: Viewer) {
  return db
    .select({
      id: posts.id,
      stamp: stampOf(),
      parentId: posts.parentId,
      branchId: posts.branchId,
      depth: posts.depth,
      branchSize: posts.branchSize,
      bestRank: posts.bestRank,
      authorId: memberIdWhere(isNamed(), posts.authorId),
      authorName: members.name,
      authorRole: members.role,
      postedAt: posts.postedAt,
      editedAt: posts.editedAt,
      state: posts.state,
      withdrawnAt: posts.withdrawnAt,
      withdrawnByViewer: withdrawnBy(viewer),
      heldAt: posts.heldAt,
      bodyHtml: readableText(viewer, posts.bodyHtml) as SQL<SafeHtml | null>,
      hide: hideNotice(sql`${posts.state} = 'hidden' and ${hides.postId} = ${posts.id}`),
      score: posts.score,
      purpose: posts.purpose,
      modelWritten: posts.modelWritten,
    })
    .from(posts)
    .leftJoin(members, and(eq(members.id, posts.authorId), isNamed()))
    .where(and(isOneOf(posts.id, sql.placeholder('ids')), placedPosts(viewer)));
}

function withdrawnBy(viewer: Viewer): SQL<boolean> {
  if (viewer.kind === 'visitor') return sql<boolean>`false`;
  return sql<boolean>`coalesce(${posts.withdrawnAt} is not null and ${posts.authorId} = ${viewer.id}, false)`;
}
