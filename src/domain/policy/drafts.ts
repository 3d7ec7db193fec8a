// What members keep of what they have not sent. Whoever may not write now may still keep what they wrote.
import { DRAFTS } from '../drafts.ts';
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';

/** Whether the viewer may keep a text as a draft. Discarding an own one needs no right. */
export function mayKeepDraft(viewer: Viewer, draft: { readonly characters: number }): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to keep a draft.');
  if (draft.characters <= DRAFTS.characters) return allow;
  const most = DRAFTS.characters.toLocaleString('en-GB');
  return denyForState(`A draft has up to ${most} characters; this one has ${spell(draft.characters)}.`);
}

function spell(n: number): string {
  return n.toLocaleString('en-GB');
}
