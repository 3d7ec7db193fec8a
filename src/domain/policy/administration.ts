// Who runs the forum: settings, sections and roles.
import type { MemberId } from '../ids.ts';
import { MOST_SECTIONS } from '../limits.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Role, Viewer } from '../viewer.ts';
import { isAdmin, isSelf } from '../viewer.ts';
import { checkStaying, checkSuspension } from './writing.ts';

/** Whether the forum may be set up: once, while nobody administers it. */
export function maySetUp(admins: number): Verdict {
  return admins === 0
    ? allow
    : denyForState('This forum has been set up already. Its admin can change everything.');
}

/** Whether the viewer acts as an admin now: in office, not suspended and staying. */
export function mayAdminister(viewer: Viewer, now: Date): Verdict {
  if (viewer.kind === 'visitor' || !isAdmin(viewer)) return deny('Only admins can do this.');
  return firstDenial(checkSuspension(viewer, now), checkStaying(viewer));
}

export function mayChangeSettings(viewer: Viewer, now: Date): Verdict {
  return mayAdminister(viewer, now);
}

/** Whether the viewer may add a section to so many. More than the most would no longer be places but tags. */
export function mayAddSection(viewer: Viewer, sections: number, now: Date): Verdict {
  const verdict = mayAdminister(viewer, now);
  if (!verdict.allowed) return verdict;
  return sections < MOST_SECTIONS
    ? allow
    : denyForState(`There are ${MOST_SECTIONS} sections already: remove one first.`);
}

export interface SectionRemoval {
  /** Whether no topic belongs to it, in whatever state. */
  readonly empty: boolean;
  /** How many sections there are, this one included. */
  readonly sections: number;
}

/** Whether the viewer may remove a section: no topic would lose its place, and the next one still finds one. */
export function mayRemoveSection(viewer: Viewer, { empty, sections }: SectionRemoval, now: Date): Verdict {
  const verdict = mayAdminister(viewer, now);
  if (!verdict.allowed) return verdict;
  if (!empty) return denyForState('There are topics in this section: move them first.');
  return sections > 1 ? allow : denyForState('A forum needs at least one section.');
}

export interface RoleChange {
  readonly memberId: MemberId;
  readonly from: Role;
  readonly to: Role;
  /** How many admins there are, counted with their rows locked: two admins could otherwise depose each other. */
  readonly admins: number;
}

/** Whether the viewer may give a member this role. Nobody changes their own, and an admin always remains. */
export function mayChangeRole(viewer: Viewer, change: RoleChange, now: Date): Verdict {
  const verdict = mayAdminister(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, change.memberId)) return deny('Nobody changes their own role: ask another admin.');
  if (change.from === change.to) return denyForState('The member has this role already.');
  if (change.from === 'admin' && change.admins <= 1) return denyForState('A forum needs at least one admin.');
  return allow;
}
