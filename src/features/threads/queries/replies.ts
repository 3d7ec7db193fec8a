// The replies of a topic by whole branches: which branches a page holds, then where their posts stand, then those that are not
// known. Three queries, whatever the size; of most topics one page holds all, and two do. (Of a few both are asked: where
// replies that are not counted make a short topic too long for one page.)
import { and, asc, desc, eq, isNotNull, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import type { Cursor } from '../../../db/cursor.ts';
import { fixedLimit, isOneOf, parameter, statementFor } from '../../../db/named-statements.ts';
import { posts } from '../../../db/schema/index.ts';
import { openableTopics, placedPosts } from '../../../db/visibility.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { ReplySort } from '../../../domain/thread.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { readReplies, type RepliesMarks, type ReplyRow, selectPlaces } from './reply-rows.ts';

export interface RepliesPage {
  readonly rows: readonly ReplyRow[];
  readonly marks: RepliesMarks;
  /** Top-level replies whose branch has a page of its own: only they themselves are in `rows`. */
  readonly oversized: ReadonlySet<PostId>;
  readonly next: Cursor | undefined;
}

/** One page of a topic's replies: whole branches in the given order, up to PAGES.replies posts. */
export async function loadReplies(
  db: Reader,
  viewer: Viewer,
  topic: { readonly id: TopicId; readonly replyCount: number },
  { sort, cursor }: { sort: ReplySort; cursor: Cursor | undefined },
): Promise<RepliesPage> {
  const isShort = cursor === undefined && topic.replyCount <= PAGES.replies;
  const all = isShort ? await loadAll(db, viewer, topic.id) : undefined;
  if (all) return all;
  const placed = cursor ? `${sort} further` : sort;
  const findBranches = statementFor(db, viewer, `branches ${placed}`, (asking) =>
    db
      .select({ id: posts.id, bestRank: posts.bestRank, size: posts.branchSize })
      .from(posts)
      .where(
        and(
          eq(posts.topicId, parameter('topic')),
          isNull(posts.parentId),
          isNotNull(posts.branchId),
          placedPosts(asking),
          cursor && branchesAfter(sort),
        ),
      )
      .orderBy(...BRANCH_ORDER[sort])
      .limit(PAGES.replies + 1)
      .prepare('branches'),
  );
  const branches = await findBranches({ topic: topic.id, afterKey: cursor?.key, afterId: cursor?.id });

  const oversized = new Set<PostId>();
  const whole: PostId[] = [];
  let taken = 0;
  let next: Cursor | undefined;
  for (const [index, branch] of branches.entries()) {
    const size = branch.size > PAGES.replies ? 1 : Math.max(1, branch.size);
    const before = branches[index - 1];
    if (before && taken + size > PAGES.replies) {
      next = { key: before.bestRank, id: before.id };
      break;
    }
    taken += size;
    if (branch.size > PAGES.replies) oversized.add(branch.id);
    else whole.push(branch.id);
  }
  if (branches.length === 0) return { rows: [], marks: new Map(), oversized, next };
  const inBranches = or(
    isOneOf(posts.branchId, sql.placeholder('whole')),
    isOneOf(posts.id, sql.placeholder('alone')),
  );
  const findPlaces = statementFor(db, viewer, 'places', (asking) =>
    selectPlaces(db, asking)
      .where(and(inBranches, placedPosts(asking)))
      .prepare('places'),
  );
  const places = await findPlaces({ whole, alone: [...oversized] });
  return { ...(await readReplies(db, viewer, places)), oversized, next };
}

/** All replies of a topic; undefined where those that are not counted make it too long for one page. */
async function loadAll(db: Reader, viewer: Viewer, topicId: TopicId): Promise<RepliesPage | undefined> {
  const findAll = statementFor(db, viewer, 'all places', (asking) =>
    selectPlaces(db, asking)
      .where(and(eq(posts.topicId, parameter('topic')), isNotNull(posts.branchId), placedPosts(asking)))
      .limit(PAGES.replies + 1)
      .prepare('all places'),
  );
  const places = await findAll({ topic: topicId });
  if (places.length > PAGES.replies) return undefined;
  const { rows, marks } = await readReplies(db, viewer, places);
  // As below: a branch whose first reply has no place has none either.
  const first = new Set(rows.flatMap(({ id, parentId }) => (parentId === null ? id : [])));
  const standing = rows.filter(({ branchId }) => branchId !== null && first.has(branchId));
  return { rows: standing, marks, oversized: new Set(), next: undefined };
}

/** One branch in the order it was written, PAGES.replies posts a page. Its topic must be the given one. */
export async function loadBranch(
  db: Reader,
  viewer: Viewer,
  topicId: TopicId,
  branchId: PostId,
  cursor: Cursor | undefined,
): Promise<RepliesPage> {
  const places = await selectPlaces(db, viewer)
    .where(
      and(
        eq(posts.topicId, topicId),
        eq(posts.branchId, branchId),
        placedPosts(viewer),
        cursor ? sql`${posts.id} > ${cursor.id}` : undefined,
      ),
    )
    .orderBy(asc(posts.id))
    .limit(fixedLimit(PAGES.replies + 1))
    .prepare('branch')
    .execute();
  const shown = places.slice(0, PAGES.replies);
  const last = shown.at(-1);
  return {
    ...(await readReplies(db, viewer, shown)),
    oversized: new Set(),
    next: last && places.length > PAGES.replies ? { key: 0, id: last.id } : undefined,
  };
}

const BRANCH_ORDER: Record<ReplySort, SQL[]> = {
  best: [desc(posts.bestRank), asc(posts.id)],
  new: [desc(posts.id)],
  old: [asc(posts.id)],
};

/** By the parameters `afterKey` and `afterId`. */
function branchesAfter(sort: ReplySort): SQL {
  const [key, id] = [sql.placeholder('afterKey'), sql.placeholder('afterId')];
  if (sort === 'new') return sql`${posts.id} < ${id}`;
  if (sort === 'old') return sql`${posts.id} > ${id}`;
  return sql`(${posts.bestRank} < ${key}::float8 or (${posts.bestRank} = ${key}::float8 and ${posts.id} > ${id}))`;
}

export interface PostPlace {
  readonly topicId: TopicId;
  /** False: the topic's page will say why it is not there, and its address may not tell the title. */
  readonly openable: boolean;
  readonly topicSlug: string;
  /** It opens a topic that was merged into this one. */
  readonly merged: boolean;
  /** Whether the topic's page holds the whole topic. */
  readonly whole: boolean;
  readonly branchId: PostId | null;
  /** Where the page of the branch that holds the post begins: the last id before it; null on the first page. */
  readonly pageAfter: PostId | null;
}

/** Where a post stands, for its permalink; undefined when it does not exist or has no place for this viewer. */
export async function findPlace(db: Reader, viewer: Viewer, id: PostId): Promise<PostPlace | undefined> {
  const { rows } = await db.execute<{
    topic_id: string;
    slug: string;
    whole: boolean;
    branch_id: string | null;
    page_after: string | null;
    openable: boolean;
    merged: boolean;
  }>(sql`
    select coalesce(target.id, topics.id) as topic_id, coalesce(target.slug, topics.slug) as slug, ${posts.branchId}, (
      select coalesce(sum(greatest(branch_size, 1)), 0) <= ${PAGES.replies} from (select top.branch_size from ${posts} top
        where top.topic_id = ${posts.topicId} and top.parent_id is null and top.branch_id is not null
        limit ${PAGES.replies + 1}) as counted
    ) as whole, (
      select max(id) from (select earlier.id, row_number() over (order by earlier.id) as place from ${posts} earlier
        where earlier.branch_id = ${posts.branchId} and earlier.id < ${posts.id}) as numbered where place % ${PAGES.replies} = 0
    ) as page_after, ${openableTopics(viewer)} and coalesce(target.state = 'visible', true) as openable,
      target.id is not null as merged
    from ${posts} join topics on topics.id = ${posts.topicId} left join topics as target on target.id = topics.merged_into_id
    where ${posts.id} = ${id} and ${placedPosts(viewer)}`);
  const [row] = rows;
  if (!row) return undefined;
  const asPost = (text: string | null) => (text === null ? null : (Number(text) as PostId));
  return {
    topicId: Number(row.topic_id) as TopicId,
    openable: row.openable,
    topicSlug: row.slug,
    merged: row.merged,
    whole: row.whole,
    branchId: asPost(row.branch_id),
    pageAfter: asPost(row.page_after),
  };
}
