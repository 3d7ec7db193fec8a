// Rules about putting a reply, with all that stands below it, where it belongs, and about putting it back.
import type { PostId, TopicId } from '../ids.ts';
import { NESTING } from '../limits.ts';
import type { State } from '../state.ts';
import { allow, deny, denyForState, firstDenial, type Verdict } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { mayModerate } from './moderation.ts';

/** Where a reply stands, or is to stand: below another one, or (null) at the top level of its topic. */
export interface Place {
  readonly topicId: TopicId;
  readonly parentId: PostId | null;
}

export interface MovedReply extends Place {
  readonly isOpening: boolean;
  readonly state: State;
  /** Set also on one that was refused: others do not know of it. */
  readonly heldAt: Date | null;
  readonly depth: number;
  /** Depth of the deepest one below it; its own when there is none. */
  readonly deepest: number;
}

export interface Destination extends Place {
  readonly topicState: State;
  readonly topicLockedAt: Date | null;
  readonly topicMergedIntoId: TopicId | null;
  /** Null: at the top level. */
  readonly parent: {
    /** Where it stands itself. */
    readonly topicId: TopicId;
    readonly depth: number;
    readonly heldAt: Date | null;
    /** It is the moved reply itself, or stands below it. */
    readonly isBelow: boolean;
  } | null;
}

/** Whether the viewer may look for a place for this reply: what a page asks before it offers to. */
export function mayStartMove(
  viewer: Viewer,
  reply: Pick<MovedReply, 'isOpening' | 'state'>,
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (reply.isOpening) return deny('An opening post stays with its topic. Merge the topics instead.');
  if (reply.state === 'held') return denyForState('This reply awaits approval: approve or refuse it.');
  return allow;
}

/** Whether the viewer may move the reply, with all below it, to that place. */
export function mayMoveReply(viewer: Viewer, reply: MovedReply, to: Destination, now: Date): Verdict {
  const away = reply.topicId !== to.topicId;
  return firstDenial(
    mayStartMove(viewer, reply, now),
    reply.heldAt === null ? allow : denyForState('This reply was never approved.'),
    to.topicMergedIntoId === null
      ? allow
      : denyForState('That topic was merged into another one. Give the one it leads to.'),
    to.topicState === 'visible'
      ? allow
      : denyForState('A reply is moved only to a topic that everybody can see.'),
    away && to.topicLockedAt !== null
      ? denyForState('That topic is locked: it takes no more replies.')
      : allow,
    !away && reply.parentId === to.parentId ? denyForState('It stands there already.') : allow,
    fits(reply, to),
  );
}

/**
 * Whether the viewer may put a moved reply back, whatever became of either topic since.
 * @param reply.movedTo where the move put it
 */
export function mayMoveBack(
  viewer: Viewer,
  reply: MovedReply & { readonly movedTo: Place },
  to: Destination,
  now: Date,
): Verdict {
  const { movedTo } = reply;
  return firstDenial(
    mayModerate(viewer, now),
    reply.topicId === movedTo.topicId && reply.parentId === movedTo.parentId
      ? allow
      : denyForState('The reply has been moved on since. Undo that first, or move it by hand.'),
    to.topicMergedIntoId === null
      ? allow
      : denyForState('The topic it came from was merged into another one since. Undo that first.'),
    fits(reply, to),
  );
}

/** What holds of the place itself. */
function fits(reply: MovedReply, { topicId, parent }: Destination): Verdict {
  if (parent !== null) {
    if (parent.isBelow) return denyForState('A reply cannot stand below itself.');
    if (parent.topicId !== topicId) return denyForState('What it is to answer stands in another topic.');
    if (parent.heldAt !== null) return denyForState('What it is to answer was never approved.');
  }
  const depth = parent === null ? 0 : parent.depth + 1;
  return reply.deepest - reply.depth + depth > NESTING.deepest
    ? denyForState(`Replies stand at most ${NESTING.deepest} deep: choose a place further up.`)
    : allow;
}
