// News from feeds: who reads it, and who decides where it comes from.
import { NEWS } from '../limits.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { mayAdminister } from './administration.ts';

/** Members alone: it is there to be made topics of, and not a page of others' headlines for search engines. */
export function maySeeIncoming(viewer: Viewer): Verdict {
  return viewer.kind === 'member' ? allow : deny('Log in to see incoming news.');
}

/** Whether the viewer may pause, resume and remove feeds. */
export function mayConfigureFeeds(viewer: Viewer, now: Date): Verdict {
  return mayAdminister(viewer, now);
}

/** Whether the viewer may add a feed to so many. */
export function mayAddFeed(viewer: Viewer, feeds: number, now: Date): Verdict {
  const verdict = mayConfigureFeeds(viewer, now);
  if (!verdict.allowed) return verdict;
  return feeds < NEWS.mostFeeds
    ? allow
    : denyForState(`There are ${NEWS.mostFeeds} feeds already: remove one first.`);
}

/** Whether the viewer may have a feed read at once. */
export function mayReadFeed(viewer: Viewer, feed: { readonly pausedAt: Date | null }, now: Date): Verdict {
  const verdict = mayConfigureFeeds(viewer, now);
  if (!verdict.allowed) return verdict;
  return feed.pausedAt === null ? allow : denyForState('This feed is paused: resume it first.');
}
