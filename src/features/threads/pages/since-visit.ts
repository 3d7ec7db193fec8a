// One line on a topic's page: what has happened to it since the viewer was last there.
import { sumUp } from '../../../domain/changes.ts';
import { visitLasts } from '../../../domain/reading.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { TopicDetails } from '../queries/topic.ts';
import { atMost } from './thread-bar.ts';

export interface SinceVisitView {
  readonly moment: MomentView;
  /** "3 replies, 1 source added, the title edited" */
  readonly text: string;
  readonly href: string;
}

/** Null when this is the first visit, and when nothing has happened. */
export function sinceVisit(
  { id, visit }: Pick<TopicDetails, 'id' | 'visit'>,
  newReplies: number,
  now: Date,
): SinceVisitView | null {
  if (!visit) return null;
  // Within a visit, it is the one before this that is told of.
  const lasts = visitLasts(new Date(visit.at), now);
  const last = lasts ? visit.before : visit.at;
  if (last === null) return null;
  const times = lasts ? 'sinceBefore' : 'sinceAt';
  const happened = visit.happened.map((one) => ({ ...one, times: one[times] }));
  const replies = newReplies === 0 ? [] : [`${atMost(newReplies)} ${newReplies === 1 ? 'reply' : 'replies'}`];
  const parts = [...replies, ...sumUp(happened)];
  if (parts.length === 0) return null;
  return { moment: momentView(new Date(last)), text: parts.join(', '), href: paths.topicChanges(id) };
}
