// Rules about sanctions: who imposes and lifts them, and who decides that one is for good.
import type { MemberId } from '../ids.ts';
import { SANCTIONS } from '../moderation-limits.ts';
import { spellDuration, spellUntil } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Role, Viewer } from '../viewer.ts';
import { isSelf } from '../viewer.ts';
import { mayModerate, maySanction } from './moderation.ts';

export interface SanctionedFacts {
  readonly memberId: MemberId;
  readonly role: Role;
}

/**
 * Whether the viewer may impose a sanction that ends then.
 * @param until null: a warning, which has no end
 * @param inForceUntil when those of the same kind end that are in force; null: there is none
 */
export function mayImpose(
  viewer: Viewer,
  member: SanctionedFacts,
  { until, inForceUntil }: { readonly until: Date | null; readonly inForceUntil: Date | null },
  now: Date,
): Verdict {
  const verdict = maySanction(viewer, member, now);
  if (!verdict.allowed) return verdict;
  const isLonger = (end: Date) => end.getTime() - (inForceUntil?.getTime() ?? 0) >= SANCTIONS.longerBy;
  if (until !== null && inForceUntil !== null && !isLonger(until)) {
    return denyForState(
      `Such a decision is in force already, ${spellUntil(inForceUntil)}. Choose a longer one, or leave it.`,
    );
  }
  return allow;
}

/** Whether the viewer may lift a sanction, also one that is over: it then no longer counts against the member. */
export function mayLift(
  viewer: Viewer,
  member: SanctionedFacts,
  { liftedAt }: { readonly liftedAt: Date | null },
  now: Date,
): Verdict {
  const verdict = maySanction(viewer, member, now);
  if (!verdict.allowed) return verdict;
  if (liftedAt !== null) return denyForState('This has been lifted already.');
  return allow;
}

/** Whether the viewer may propose that a member be suspended for good: once at a time. */
export function mayProposeBan(
  viewer: Viewer,
  member: SanctionedFacts,
  { isProposed }: { readonly isProposed: boolean },
  now: Date,
): Verdict {
  const verdict = maySanction(viewer, member, now);
  if (!verdict.allowed) return verdict;
  if (isProposed) return denyForState('That they are suspended for good has been proposed already.');
  return allow;
}

export interface ProposedBanFacts {
  /** Null: a former member. */
  readonly proposerId: MemberId | null;
  readonly proposedAt: Date;
  /** Moderators and admins in office beside the viewer and the member whom it is about. */
  readonly othersInOffice: number;
}

/**
 * Whether the viewer may consent to a suspension for good, or decline it: a second moderator. Where there is none, the
 * same one after a night's sleep.
 */
export function mayDecideBan(
  viewer: Viewer,
  member: SanctionedFacts,
  { proposerId, proposedAt, othersInOffice }: ProposedBanFacts,
  now: Date,
): Verdict {
  const verdict = maySanction(viewer, member, now);
  if (!verdict.allowed || !isSelf(viewer, proposerId)) return verdict;
  if (othersInOffice > 0) return deny('You have proposed this: another moderator decides.');
  const from = new Date(proposedAt.getTime() + SANCTIONS.consentAlone);
  if (now < from) {
    return denyForState(
      `You have proposed this, and nobody else is in office: sleep on it. You can decide it in ${spellDuration(from.getTime() - now.getTime())}.`,
    );
  }
  return allow;
}

/** Whether the viewer may read and write what moderators know of a member: flags, notes, traces. Nobody their own. */
export function maySeeMemberFile(viewer: Viewer, memberId: MemberId, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, memberId)) return deny('This page is about you: it is for the other moderators.');
  return allow;
}
