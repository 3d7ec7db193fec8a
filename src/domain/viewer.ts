// Who is looking: every rule and every query takes a Viewer, so none can forget to ask.
import type { MemberId } from './ids.ts';

export type Role = 'member' | 'moderator' | 'admin';

export interface Visitor {
  readonly kind: 'visitor';
}

export interface Member {
  readonly kind: 'member';
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly joinedAt: Date;
  /** Null while the e-mail address is unconfirmed: such a member reads and saves only (DESIGN section 7). */
  readonly confirmedAt: Date | null;
  /** End of the silence or suspension in force, whichever the member is under; null when free to write. */
  readonly silencedUntil: Date | null;
  readonly suspendedUntil: Date | null;
  /** When the account will be deleted, as its member has asked; null: it stays. Until then it reads only. */
  readonly leavingAt: Date | null;
  /** New members have small limits and held first posts; see domain/policy/trust.ts. */
  readonly trust: Trust;
}

export type Trust = 'new' | 'member' | 'trusted';
export type Viewer = Visitor | Member;

export const visitor: Visitor = Object.freeze({ kind: 'visitor' });

/** Moderators and admins: whoever works the queue. */
export function isModerator(viewer: Viewer): boolean {
  return viewer.kind === 'member' && viewer.role !== 'member';
}

export function isAdmin(viewer: Viewer): boolean {
  return viewer.kind === 'member' && viewer.role === 'admin';
}

/** Whether the viewer is this member; false for a post without an author (a former member's). */
export function isSelf(viewer: Viewer, memberId: MemberId | null): boolean {
  return viewer.kind === 'member' && memberId !== null && viewer.id === memberId;
}
