// What an edit may bring into a post that would have been looked at had it been there from the start.
import type { Verdict } from '../verdict.ts';
import { allow, deny } from '../verdict.ts';
import type { Member } from '../viewer.ts';
import { holdsFirstPosts, type HoldFacts } from './trust.ts';

/**
 * Whether an edit may add links to a post that others can see. Holding the first posts with a link would be no
 * hindrance to whoever posts without one and edits it in; and a post that has replies cannot be held any more.
 * @param facts.hasLink whether the edit adds a link
 */
export function mayAddLinks(viewer: Member, facts: HoldFacts): Verdict {
  if (!holdsFirstPosts(viewer, facts)) return allow;
  return deny(
    'A moderator looks at your first posts with a link before others see them. Put the link into a new reply.',
  );
}
