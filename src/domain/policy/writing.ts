// Who may write at all. Every rule by which members change something asks this first.
import { spellUntil } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny } from '../verdict.ts';
import type { Member, Viewer } from '../viewer.ts';

/** Whether the viewer may write, vote and flag: a confirmed member who stays, and is neither suspended nor silenced. */
export function mayWrite(viewer: Viewer, now: Date): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to take part.');
  const suspended = checkSuspension(viewer, now);
  if (!suspended.allowed) return suspended;
  const staying = checkStaying(viewer);
  if (!staying.allowed) return staying;
  if (isInForce(viewer.silencedUntil, now)) {
    return deny(`You can read but not write ${spellUntil(viewer.silencedUntil)}, by a moderator's decision.`);
  }
  if (viewer.confirmedAt === null)
    return deny('Confirm your e-mail address first: the mail has a link for it.');
  return allow;
}

/** Whether a member is free of suspension. Ends are compared with `now`: nothing has to run when they come. */
export function checkSuspension(member: Member, now: Date): Verdict {
  if (!isInForce(member.suspendedUntil, now)) return allow;
  return deny(`Your account is suspended ${spellUntil(member.suspendedUntil)}. You can still read.`);
}

/** Whether a member has not asked for the account to be deleted: what is counted and decided on then must not change. */
export function checkStaying({ leavingAt }: Member): Verdict {
  if (leavingAt === null) return allow;
  return deny('Your account is about to be deleted. Keep it, and you can take part again.');
}

function isInForce(until: Date | null, now: Date): until is Date {
  return until !== null && now.getTime() < until.getTime();
}
