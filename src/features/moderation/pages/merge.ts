// The pages on which moderators merge two topics: choosing the other one, then which of them stays; and undo it.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { TopicId } from '../../../domain/ids.ts';
import type { Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { ReasonFields } from '../../log/index.ts';
import type { MergeFields } from '../forms.ts';
import type { Candidate, MergeableTopic, Moving } from '../queries/merges.ts';
import { choiceOf, type DecisionPage, pageOf } from './decision.ts';

export interface MergeChoicePage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly action: string;
  readonly form: Form<'with'>;
  readonly candidates: readonly {
    readonly title: string;
    readonly href: string;
    readonly why: string;
    readonly replies: string;
    readonly posted: MomentView;
  }[];
}
declare module '../../../web/views.ts' {
  interface Views {
    'moderation/merge': MergeChoicePage;
  }
}

/** Which other topic is it? */
export function mergeChoicePage(
  topic: MergeableTopic,
  candidates: readonly Candidate[],
  form: Form<'with'>,
): MergeChoicePage {
  return {
    head: { title: 'Merge this topic', noindex: true },
    back: { href: paths.topic(topic), title: topic.title },
    action: paths.topicMerge(topic.id),
    form,
    candidates: candidates.map((candidate) => ({
      title: candidate.title,
      href: paths.topicMerge(topic.id, { with: candidate.id }),
      why: candidate.sameArticle ? 'Same article' : 'Similar title',
      replies: counted(candidate.replyCount, 'reply', 'replies'),
      posted: momentView(candidate.postedAt),
    })),
  };
}

/** One of two topics, and what moves when it is the one that goes. */
export interface Side {
  readonly topic: MergeableTopic;
  readonly moving: Moving;
}

/** Which of the two stays? @param here the one whose page the moderator came from */
export function mergePage(
  here: Side,
  other: Side,
  form: Form<MergeFields>,
  reasons: readonly CannedReason[],
): DecisionPage {
  const option = (stays: Side, goes: Side) => ({
    value: String(stays.topic.id),
    label: stays.topic.title,
    hint: `${about(stays.topic)} ${whatMoves(goes.moving)} “${goes.topic.title}”.`,
  });
  const { value, error } = form.fields.stays;
  return {
    ...pageOf('Merge two topics', here.topic, form, reasons),
    lead: 'What stands in one moves to the other, and its address leads there. What its opening post says stays readable below the other’s. It can be undone.',
    action: paths.topicMerge(here.topic.id, { with: other.topic.id }),
    choice: choiceOf('Which topic stays', 'stays', value, [option(here, other), option(other, here)], error),
    button: { label: 'Merge', icon: 'merge', value: 'merge', danger: false },
  };
}

function about({ authorName, postedAt, replyCount, score }: MergeableTopic): string {
  const counts = `${counted(score, 'upvote', 'upvotes')}, ${counted(replyCount, 'reply', 'replies')}`;
  return `Posted by ${authorName ?? 'a former member'} on ${momentView(postedAt).day}: ${counts}.`;
}

function whatMoves({ sources, replies, votes }: Moving): string {
  return `${list(sources, replies, votes)} ${sources + replies + votes === 1 ? 'moves' : 'move'} here from`;
}

function list(sources: number, replies: number, votes: number): string {
  const parts = [counted(sources, 'source', 'sources'), counted(replies, 'reply', 'replies')];
  return `${parts.join(', ')} and ${counted(votes, 'vote', 'votes')}`;
}

/** The topic that stays where nobody has chosen: one that others were merged into, the livelier, then the older one. */
export function suggestStays(one: MergeableTopic, other: MergeableTopic): TopicId {
  if (one.tookOthers !== other.tookOthers) return (one.tookOthers ? one : other).id;
  if (one.replyCount !== other.replyCount) return (one.replyCount > other.replyCount ? one : other).id;
  return (one.postedAt <= other.postedAt ? one : other).id;
}

/** @param into the topic that it leads to */
export function unmergePage(
  topic: MergeableTopic,
  into: MergeableTopic,
  { sources, replies, votes }: Moving,
  form: Form<ReasonFields>,
): DecisionPage {
  return {
    ...pageOf('Undo this merge', into, form),
    lead: `“${topic.title}” becomes a topic of its own again, with what moved from it: ${list(sources, replies, votes)}, as far as they are still there. What was posted and voted since stays where it is.`,
    action: paths.topicMerge(topic.id),
    button: { label: 'Undo the merge', icon: 'merge', value: 'unmerge', danger: false },
  };
}
