// What members keep for themselves. Unconfirmed members may, as they may read (DESIGN section 7).
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';

/** Whether the viewer may save a post. Taking it off the list, and changing the note, needs no right. */
export function maySave(viewer: Viewer, post: { readonly readable: boolean }): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to save.');
  return post.readable ? allow : denyForState('This post is not there for you to read any more.');
}
