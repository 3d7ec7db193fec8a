// Rules about inviting people: who answers for whom they bring in stands in public, so those may who are known here.
import { OPEN_INVITATIONS, PACE } from '../limits.ts';
import type { SignUpMode } from '../settings.ts';
import { allow, deny, denyForPace, denyForState, type Verdict } from '../verdict.ts';
import { isModerator, type Member } from '../viewer.ts';
import { DAY, SECOND, startOfDay } from '../times.ts';
import { isTrusted } from './trust.ts';
import { mayWrite } from './writing.ts';

export interface InvitingFacts {
  readonly mode: SignUpMode;
  /** Invitations of the member that nobody has used yet and that have not run out. */
  readonly open: number;
  /** Those made since midnight (UTC). */
  readonly madeToday: number;
}

/** Whether a member may make an invitation. */
export function mayInvite(member: Member, { mode, open, madeToday }: InvitingFacts, now: Date): Verdict {
  const writing = mayWrite(member, now);
  if (!writing.allowed) return writing;
  if (mode === 'closed') return deny('This forum takes no new members at present, invited ones neither.');
  if (member.trust === 'new' && member.role === 'member')
    return deny('New members cannot invite others yet. Your page says what is missing.');
  const most = mostOpenInvitations(member);
  if (open >= most)
    return denyForState(
      `${most} of your invitations are still open. Take one back, or wait until one is used.`,
    );
  if (madeToday < PACE.invitationsPerDay) return allow;
  const wait = startOfDay(now).getTime() + DAY - now.getTime();
  return denyForPace(
    `${PACE.invitationsPerDay} invitations a day is all there is. Go on tomorrow.`,
    wait / SECOND,
  );
}

/** How many invitations a member may have waiting. */
export function mostOpenInvitations(member: Member): number {
  if (isModerator(member)) return OPEN_INVITATIONS.moderator;
  return isTrusted(member) ? OPEN_INVITATIONS.trusted : OPEN_INVITATIONS.member;
}

export interface InvitationFacts {
  readonly expiresAt: Date;
  readonly used: boolean;
  /** End of the silence or suspension of who made it, whichever is later; null: free to write. */
  readonly inviterBarredUntil: Date | null;
}

/** Whether an invitation lets somebody in. One of a member who may not write lets in nobody meanwhile. */
export function mayUseInvitation(
  { expiresAt, used, inviterBarredUntil }: InvitationFacts,
  now: Date,
): Verdict {
  if (used) return denyForState('This invitation has been used.');
  if (expiresAt <= now) return denyForState('This invitation has run out.');
  if (inviterBarredUntil !== null && now < inviterBarredUntil)
    return denyForState('This invitation cannot be used at present.');
  return allow;
}
