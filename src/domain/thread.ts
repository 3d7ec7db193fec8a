// The discussion under a topic: from flat rows, as the database gives them, to the tree that a page shows.
import type { PostId } from './ids.ts';
import { NESTING } from './limits.ts';

/** What arranging needs to know of a reply; any row that has it will do. */
export interface ThreadRow {
  readonly id: number;
  /** Null for a top-level reply. */
  readonly parentId: number | null;
  /** 0 for a top-level reply. */
  readonly depth: number;
  readonly bestRank: number;
}

export interface ThreadNode<Row extends ThreadRow> {
  readonly row: Row;
  readonly replies: readonly ThreadNode<Row>[];
  /** How many replies stand below this one, at all depths. */
  readonly below: number;
}

export const REPLY_SORTS = ['best', 'new', 'old'] as const;
export type ReplySort = (typeof REPLY_SORTS)[number];

// Ids ascend with time, and unlike times they are never equal: an order that cannot flicker.
const ORDERS: Record<ReplySort, (a: ThreadRow, b: ThreadRow) => number> = {
  best: (a, b) => b.bestRank - a.bestRank || a.id - b.id,
  new: (a, b) => b.id - a.id,
  old: (a, b) => a.id - b.id,
};

interface GrowingNode<Row extends ThreadRow> extends ThreadNode<Row> {
  readonly replies: GrowingNode<Row>[];
  below: number;
}

/**
 * Builds the trees of replies in display order. A row whose parent is missing (a page that shows one branch) or not
 * above it (damaged data) becomes a top-level one: no row is ever lost, and no cycle can arise.
 */
export function arrangeThread<Row extends ThreadRow>(
  rows: readonly Row[],
  { sort }: { readonly sort: ReplySort },
): ThreadNode<Row>[] {
  const nodes = new Map(
    rows.map((row): [number, GrowingNode<Row>] => [row.id, { row, replies: [], below: 0 }]),
  );
  // Siblings are met in the order of this one sort, so each list of them grows in display order.
  const inOrder = [...nodes.values()].sort((a, b) => ORDERS[sort](a.row, b.row));
  const top: GrowingNode<Row>[] = [];
  for (const node of inOrder) {
    const parent = node.row.parentId === null ? undefined : nodes.get(node.row.parentId);
    const siblings = parent !== undefined && parent.row.depth < node.row.depth ? parent.replies : top;
    siblings.push(node);
  }
  countBelow(top);
  return top;
}

/** Fills in `below` without recursion: parents first into a list, then the list backwards. */
function countBelow<Row extends ThreadRow>(top: readonly GrowingNode<Row>[]): void {
  const parentsFirst = [...top];
  // The list grows while it is walked: every node appends its replies.
  for (const node of parentsFirst) for (const reply of node.replies) parentsFirst.push(reply);
  for (const node of parentsFirst.reverse()) {
    for (const reply of node.replies) node.below += 1 + reply.below;
  }
}

export interface ReplyPlace {
  readonly parentId: PostId | null;
  /** Null when the reply begins a branch: its branch is then its own id. */
  readonly branchId: PostId | null;
  readonly depth: number;
}

/**
 * Where a reply to `parent` stands; `parent` is null for a reply to the topic. Beyond the deepest level a reply
 * stands beside the one it answers.
 */
export function placeReply(parent: (ReplyPlace & { readonly id: PostId }) | null): ReplyPlace {
  if (parent === null) return { parentId: null, branchId: null, depth: 0 };
  const { branchId } = parent;
  if (parent.depth < NESTING.deepest) return { parentId: parent.id, branchId, depth: parent.depth + 1 };
  return { parentId: parent.parentId, branchId, depth: parent.depth };
}

/** A reply as others list it: `parent` is the place of the answered one in the same list. */
export interface ListedReply {
  readonly parent: number | null;
  readonly postedAt: Date;
}

/**
 * Puts the replies of another forum into the order in which they came to be: by time, but each behind the one it
 * answers, since clocks stood wrong at times.
 * @returns the list with `parent` as it is now; undefined when replies answer each other in a circle, or one that is not there.
 */
export function sortByTime<Reply extends ListedReply>(replies: readonly Reply[]): Reply[] | undefined {
  const placed = new Map<number | null, { time: number; depth: number }>();
  placed.set(null, { time: -Infinity, depth: -1 });
  for (const start of replies.keys()) {
    const path: number[] = [];
    for (let at: number | null = start; !placed.has(at); at = replies[at]!.parent) {
      if (at === null || !replies[at] || path.length === replies.length) return undefined;
      path.push(at);
    }
    for (const at of path.reverse()) {
      const { parent, postedAt } = replies[at]!;
      const above = placed.get(parent)!;
      placed.set(at, { time: Math.max(postedAt.getTime(), above.time), depth: above.depth + 1 });
    }
  }
  const order = [...replies.keys()].sort((a, b) => {
    const [one, other] = [placed.get(a)!, placed.get(b)!];
    return one.time - other.time || one.depth - other.depth || a - b;
  });
  const newPlace = new Map(order.map((was, is) => [was, is]));
  return order.map((was) => {
    const reply = replies[was]!;
    return { ...reply, parent: reply.parent === null ? null : newPlace.get(reply.parent)! };
  });
}
