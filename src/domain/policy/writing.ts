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
  const silenced = checkSilence(viewer, now);
  if (!silenced.allowed) return silenced;
  if (viewer.confirmedAt === null)
    return deny('Confirm your e-mail address first: the mail has a link for it.');
  return allow;
}

/** Whether a member is free of suspension. Ends are compared with `now`: nothing has to run when they come. */
export function checkSuspension(member: Member, now: Date): Verdict {
  if (!isInForce(member.suspendedUntil, now)) return allow;
  return deny(sanctionSentence('suspension', member.suspendedUntil));
}

function checkSilence({ silencedUntil }: Member, now: Date): Verdict {
  if (!isInForce(silencedUntil, now)) return allow;
  return deny(sanctionSentence('silence', silencedUntil));
}

/** What a member is told of a sanction. @param until FOREVER: for good */
export function sanctionSentence(kind: 'warning' | 'silence' | 'suspension', until: Date): string {
  switch (kind) {
    case 'warning':
      return 'A moderator has warned you.';
    case 'silence':
      return `You can read but not write ${spellUntil(until)}, by a moderator's decision.`;
    case 'suspension':
      return `Your account is suspended ${spellUntil(until)}. You can still read.`;
  }
}

/** Whether a member has not asked for the account to be deleted: what is counted and decided on then must not change. */
export function checkStaying({ leavingAt }: Member): Verdict {
  if (leavingAt === null) return allow;
  return deny('Your account is about to be deleted. Keep it, and you can take part again.');
}

function isInForce(until: Date | null, now: Date): until is Date {
  return until !== null && now.getTime() < until.getTime();
}
