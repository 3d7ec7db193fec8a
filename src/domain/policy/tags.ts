// Who changes what a tag is: moderators. Giving a topic tags is the writers' business (post-topic, edit-topic).
import { allow, deny, denyForState, firstDenial, type Verdict } from '../verdict.ts';
import { isAdmin, type Viewer } from '../viewer.ts';
import { mayModerate } from './moderation.ts';

/** Whether the viewer may say what a tag is called and what it belongs to. */
export function mayEditTag(viewer: Viewer, now: Date): Verdict {
  return mayModerate(viewer, now);
}

export interface TagMergeFacts {
  /** The one that goes, or the one that stays, went into another meanwhile. */
  readonly gone: boolean;
  readonly same: boolean;
  /** The one that goes stands above the one that stays. */
  readonly above: boolean;
}

/** Whether the viewer may merge a tag into another. */
export function mayMergeTags(viewer: Viewer, { gone, same, above }: TagMergeFacts, now: Date): Verdict {
  return firstDenial(
    mayModerate(viewer, now),
    gone ? denyForState('Another moderator has merged one of these tags meanwhile.') : allow,
    same ? denyForState('A tag cannot be merged into itself.') : allow,
    above
      ? denyForState(
          'The other tag stands below this one. Take it out from under it first, or merge it into this one.',
        )
      : allow,
  );
}

/** Whether the viewer may add the tags of the industry that the forum comes with. */
export function mayPlantTags(viewer: Viewer, now: Date): Verdict {
  return firstDenial(mayModerate(viewer, now), isAdmin(viewer) ? allow : deny('Only admins can do this.'));
}
