// What members keep out of their own lists: nobody else is concerned, so that all they need is an account.
import { MOST_MUTES } from '../limits.ts';
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';

/** Whether the viewer may mute one more. @param muted how many they have muted */
export function mayMute(viewer: Viewer, muted: number): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to mute a site.');
  if (muted < MOST_MUTES) return allow;
  return denyForState(`You have muted ${MOST_MUTES} sites, which is the most. Unmute one first.`);
}
