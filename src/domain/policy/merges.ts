// Rules about merging topics that turned out to be one story, and about undoing it.
import type { TopicId } from '../ids.ts';
import type { State } from '../state.ts';
import { allow, denyForState, firstDenial, type Verdict } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { mayModerate } from './moderation.ts';

export interface MergeFacts {
  readonly id: TopicId;
  readonly state: State;
  /** The topic that this one leads to already. */
  readonly mergedIntoId: TopicId | null;
  /** Others were merged into this one, and still are. */
  readonly tookOthers: boolean;
}

/** Whether the viewer may look for a topic to merge this one with: what a page asks before it offers to. */
export function mayStartMerge(viewer: Viewer, topic: Pick<MergeFacts, 'state'>, now: Date): Verdict {
  return firstDenial(mayModerate(viewer, now), isVisible(topic));
}

/** Whether what stands in `topic` may move to `into`, to which it leads from then on. */
export function mayMergeTopics(viewer: Viewer, topic: MergeFacts, into: MergeFacts, now: Date): Verdict {
  return firstDenial(
    mayModerate(viewer, now),
    topic.id === into.id ? denyForState('This is one and the same topic.') : allow,
    topic.mergedIntoId !== null || into.mergedIntoId !== null
      ? denyForState('One of these topics was merged into another one already.')
      : allow,
    isVisible(topic),
    isVisible(into),
    // A chain could not be undone link by link. The other direction is open.
    topic.tookOthers
      ? denyForState(
          'Other topics were merged into the one that would go. Let that one stay, or undo those merges first.',
        )
      : allow,
  );
}

/** Whether the viewer may give back what a merge took from the topic, whatever became of either topic since. */
export function mayUnmergeTopic(viewer: Viewer, topic: Pick<MergeFacts, 'mergedIntoId'>, now: Date): Verdict {
  return firstDenial(
    mayModerate(viewer, now),
    topic.mergedIntoId === null ? denyForState('This topic is not merged into another one.') : allow,
  );
}

function isVisible({ state }: Pick<MergeFacts, 'state'>): Verdict {
  return state === 'visible' ? allow : denyForState('Only topics that everybody can see are merged.');
}
