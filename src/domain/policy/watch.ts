// Who makes rules about words and domains, and whom they bind.
import { WATCH } from '../moderation-limits.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isModerator } from '../viewer.ts';
import type { WatchEffect } from '../watch.ts';
import { mayModerate } from './moderation.ts';

/** Whether the viewer may add a rule to so many that are in force. */
export function mayWatch(viewer: Viewer, inForce: number, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (inForce >= WATCH.mostRules) {
    return deny(`There are ${WATCH.mostRules} rules in force. End one that is not needed any more.`);
  }
  return allow;
}

/** Whether the viewer may end a rule, whoever made it: moderators undo each other's hides as well. */
export function mayEndWatch(viewer: Viewer, rule: { readonly endedAt: Date | null }, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  return rule.endedAt === null ? allow : denyForState('This is not watched any more.');
}

/**
 * What a rule does to what this viewer posts. Nobody approves a moderator's posts or looks after them on a rule's word;
 * what is refused is refused to all. What others see already is not held, but looked at.
 */
export function effectOn(viewer: Viewer, effect: WatchEffect, seen: boolean): WatchEffect {
  if (effect === 'refuse' || effect === 'mark') return effect;
  if (isModerator(viewer)) return 'mark';
  return effect === 'hold' && seen ? 'flag' : effect;
}
