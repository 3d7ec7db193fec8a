// What members hear of, and keep out of their own lists: nobody else is concerned, so that all they need is an account.
import type { FollowKind, FollowLevel } from '../following.ts';
import type { MemberId } from '../ids.ts';
import { FOLLOWING } from '../limits.ts';
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';
import { isSelf, type Viewer } from '../viewer.ts';

export interface FollowFacts {
  readonly kind: FollowKind;
  readonly level: FollowLevel;
  /** Of a member: who it is. */
  readonly aboutId: MemberId | null;
  /** How much else the viewer follows and mutes, and how many words of it. */
  readonly present: { readonly all: number; readonly words: number };
}

/** Whether the viewer may follow or mute something. Taking that back needs no right. */
export function mayFollow(viewer: Viewer, { kind, level, aboutId, present }: FollowFacts): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to follow or mute.');
  if (isSelf(viewer, aboutId)) return deny('You cannot follow or mute yourself.');
  if (level === 'replies' && kind !== 'topic')
    return deny('Only of a topic can you choose the replies to you.');
  const { most, mostWords } = FOLLOWING;
  if (present.all >= most)
    return denyForState(
      `You follow and mute ${spell(most)} things, which is the most. Take something back first.`,
    );
  if (kind === 'word' && present.words >= mostWords)
    return denyForState(`You follow and mute ${mostWords} words, which is the most. Take one back first.`);
  return allow;
}

function spell(n: number): string {
  return n.toLocaleString('en-GB');
}
