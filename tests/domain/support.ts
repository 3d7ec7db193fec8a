// What the tests of the rules share: a moment that is now, people of every kind, and verdicts in one line.
import type { MemberId } from '../../src/domain/ids.ts';
import { DAY, HOUR } from '../../src/domain/times.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Member, Viewer } from '../../src/domain/viewer.ts';
import { visitor } from '../../src/domain/viewer.ts';

export const NOW = new Date('2026-04-03T12:00:00Z');

/** The moment `length` milliseconds before NOW; negative lengths lie ahead. */
export function ago(length: number): Date {
  return new Date(NOW.getTime() - length);
}

/** A member of a year, confirmed and free to write; say what is different. */
export function aMember(different: Partial<Member> = {}): Member {
  return {
    kind: 'member',
    id: SELF,
    name: 'kevin_h',
    role: 'member',
    joinedAt: ago(365 * DAY),
    confirmedAt: ago(364 * DAY),
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
    trust: 'member',
    ...different,
  };
}

/** Every viewer below has this id, so that "own" means the same for all of them. */
export const SELF = 1 as MemberId;
export const OTHER = 2 as MemberId;

export const VIEWERS = {
  visitor,
  unconfirmed: aMember({ confirmedAt: null, trust: 'new' }),
  newcomer: aMember({ trust: 'new' }),
  member: aMember(),
  trusted: aMember({ trust: 'trusted' }),
  silenced: aMember({ silencedUntil: ago(-HOUR) }),
  suspended: aMember({ suspendedUntil: ago(-HOUR) }),
  moderator: aMember({ role: 'moderator', trust: 'trusted' }),
  suspendedModerator: aMember({ role: 'moderator', suspendedUntil: ago(-HOUR) }),
  admin: aMember({ role: 'admin', trust: 'trusted' }),
  suspendedAdmin: aMember({ role: 'admin', suspendedUntil: ago(-HOUR) }),
} as const satisfies Record<string, Viewer>;

export type ViewerName = keyof typeof VIEWERS;

/** A verdict in one line: `allowed`, or the kind of denial and its sentence. */
export function said(verdict: Verdict): string {
  return verdict.allowed ? 'allowed' : `${verdict.because}: ${verdict.reason}`;
}

/** What mayWrite says to those who may not, which most rules repeat. */
export const NOT_WRITING = {
  visitor: 'rights: Log in to take part.',
  unconfirmed: 'rights: Confirm your e-mail address first: the mail has a link for it.',
  silenced: "rights: You can read but not write until 3 April 2026, 13:00 UTC, by a moderator's decision.",
  suspended: 'rights: Your account is suspended until 3 April 2026, 13:00 UTC. You can still read.',
} as const;

export const ONLY_MODERATORS = 'rights: Only moderators can do this.';
