// Who works the queue, and the rules of working in it together.
import type { MemberId } from '../ids.ts';
import { APPEALS } from '../moderation-limits.ts';
import { spellUntil } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Role, Viewer } from '../viewer.ts';
import { isAdmin, isModerator, isSelf } from '../viewer.ts';
import { checkStaying, checkSuspension } from './writing.ts';

/** Whether the viewer acts as a moderator now: in office, not suspended and staying. Every moderators' rule asks this first. */
export function mayModerate(viewer: Viewer, now: Date): Verdict {
  if (viewer.kind === 'visitor' || !isModerator(viewer)) return deny('Only moderators can do this.');
  return firstDenial(checkSuspension(viewer, now), checkStaying(viewer));
}

export interface QueueItemFacts {
  readonly closedAt: Date | null;
  readonly claimedById: MemberId | null;
  /** The claimer's name, for the sentence. */
  readonly claimedByName: string | null;
  readonly claimedUntil: Date | null;
  /** Raised by everything that changes what a decision would be about. */
  readonly version: number;
}

/** Whether an item is free for the viewer: nobody else holds it. Claiming again prolongs an own claim. */
export function mayClaim(viewer: Viewer, item: QueueItemFacts, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (item.closedAt !== null) return denyForState('This has been decided meanwhile.');
  const held = item.claimedUntil !== null && now.getTime() < item.claimedUntil.getTime();
  if (held && !isSelf(viewer, item.claimedById)) {
    return denyForState(`${item.claimedByName ?? 'Another moderator'} is looking at this one.`);
  }
  return allow;
}

/** Whether the viewer may take an item up: nobody keeps others from one about themselves. */
export function mayTakeUp(
  viewer: Viewer,
  item: QueueItemFacts & {
    /** The member whom the item concerns. */
    readonly concernedId: MemberId | null;
  },
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, item.concernedId)) return deny('This is about you: another moderator decides.');
  return mayClaim(viewer, item, now);
}

/** Whether the viewer may decide an item as they saw it: nobody else holds it, and it is still what it was. */
export function mayDecide(viewer: Viewer, item: QueueItemFacts, seenVersion: number, now: Date): Verdict {
  const verdict = mayClaim(viewer, item, now);
  if (!verdict.allowed) return verdict;
  if (item.version !== seenVersion) {
    return denyForState('This has changed since you opened it. Look at what is there now, then decide.');
  }
  return allow;
}

/**
 * Whether the viewer may decide an item at all, whoever holds it: nobody decides about themselves, or their own decision
 * (mayDecideAppeal and mayDecideBan say when that is waited for: where nobody else is in office, a day).
 */
export function mayWorkOn(
  viewer: Viewer,
  item: {
    /** The member whom the item concerns. */
    readonly concernedId: MemberId | null;
    /** Of appeals: who took the decision. Of proposals: who made it. */
    readonly decidedById: MemberId | null;
    readonly openedAt: Date;
    /** Whether anybody else is in office. */
    readonly othersInOffice: boolean;
  },
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, item.concernedId)) return deny('This is about you: another moderator decides.');
  if (!isSelf(viewer, item.decidedById)) return allow;
  if (item.othersInOffice) return deny('This is about your own decision: another moderator decides.');
  const from = new Date(item.openedAt.getTime() + APPEALS.alone);
  if (now < from) return denyForState(`This is about your own decision: wait ${spellUntil(from)}.`);
  return allow;
}

/** Whether the viewer may warn, silence or suspend a member, or lift it: no moderators among themselves. */
export function maySanction(
  viewer: Viewer,
  member: { readonly memberId: MemberId; readonly role: Role },
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, member.memberId)) return deny('Nobody decides about themselves.');
  if (member.role !== 'member' && !isAdmin(viewer)) return deny('Only an admin can do this to a moderator.');
  return allow;
}
