// Rules about accounts.
import type { SignUpMode } from '../settings.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';

/** Whether the viewer may open an account. */
export function maySignUp(viewer: Viewer, mode: SignUpMode): Verdict {
  if (viewer.kind === 'member') return denyForState('You have an account and are logged in.');
  return mode === 'open' ? allow : deny('This forum takes no new members at present.');
}

/**
 * Whether the viewer may log in. It asks nothing of the account: silenced, suspended and unconfirmed members log in
 * too, to read, to withdraw what is theirs, and to appeal. What they may write, mayWrite says.
 */
export function maySignIn(viewer: Viewer): Verdict {
  return viewer.kind === 'visitor' ? allow : denyForState('You are logged in already.');
}
