// What a viewer may do with a topic: which buttons its page shows.
import { mayStartMerge } from '../../../domain/policy/merges.ts';
import {
  mayEditPost,
  mayMarkModelWritten,
  mayUndoWithdraw,
  mayWithdrawPost,
} from '../../../domain/policy/posts.ts';
import { mayOfferSource } from '../../../domain/policy/sources.ts';
import { mayOfferSuggestion } from '../../../domain/policy/suggestions.ts';
import {
  mayEditTitle,
  mayHideTopic,
  mayLockTopic,
  mayPinTopic,
  mayRestoreTopic,
  maySetSection,
  mayUnlockTopic,
  mayUnpinTopic,
} from '../../../domain/policy/topics.ts';
import { mayVote } from '../../../domain/policy/votes.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import type { TopicDetails } from '../queries/topic.ts';

interface Facts {
  readonly viewer: Viewer;
  readonly topic: TopicDetails;
  readonly now: Date;
}

export interface TopicAbilities {
  readonly reply: boolean;
  readonly addSource: boolean;
  readonly changeSources: boolean;
  readonly suggest: boolean;
  readonly edit: boolean;
  readonly withdraw: boolean;
  readonly undoWithdraw: boolean;
  /** Where the form of an edit does not offer it (any more). */
  readonly markModel: boolean;
  readonly flag: boolean;
  readonly hide: boolean;
  readonly restore: boolean;
  readonly lock: boolean;
  readonly unlock: boolean;
  readonly pin: boolean;
  readonly unpin: boolean;
  readonly merge: boolean;
  readonly section: boolean;
}

/** Visitors are shown the button: it leads them to log in. */
export function canVoteForTopic({ viewer, topic, now }: Facts): boolean {
  if (viewer.kind === 'visitor') return true;
  return mayVote(
    viewer,
    {
      authorId: topic.authorId,
      state: topic.state,
      topicState: topic.state,
      topicPostedAt: topic.countsFrom,
    },
    now,
  ).allowed;
}

export function topicAbilities({ viewer, topic, now }: Facts): Omit<TopicAbilities, 'reply'> {
  const sourceCount = topic.sources.length;
  const retitlesOwn = isSelf(viewer, topic.authorId) && mayEditTitle(viewer, topic, now).allowed;
  // Whether new members' limits bind this one is asked on the pages that these links lead to.
  const edit = mayEditPost(viewer, topic, now).allowed;
  const offered = { ...topic, limitsInForce: false };
  return {
    addSource: mayOfferSource(viewer, { ...topic, sourceCount }, now).allowed,
    changeSources: mayOfferSuggestion(viewer, 'role', offered, now).allowed,
    suggest: mayOfferSuggestion(viewer, 'title', offered, now).allowed && !retitlesOwn,
    edit,
    markModel: !edit && !topic.modelWritten && mayMarkModelWritten(viewer, topic, true, now).allowed,
    withdraw: mayWithdrawPost(viewer, topic).allowed,
    undoWithdraw: mayUndoWithdraw(viewer, topic, now).allowed,
    flag: !isSelf(viewer, topic.authorId) && topic.state === 'visible',
    hide: mayHideTopic(viewer, topic, now).allowed,
    restore: mayRestoreTopic(viewer, topic, now).allowed,
    lock: mayLockTopic(viewer, topic, now).allowed,
    unlock: mayUnlockTopic(viewer, topic, now).allowed,
    pin: mayPinTopic(viewer, topic, now).allowed && !mayUnpinTopic(viewer, topic, now).allowed,
    unpin: mayUnpinTopic(viewer, topic, now).allowed,
    merge: mayStartMerge(viewer, topic, now).allowed,
    // The page of a merged topic is the other one's.
    section: maySetSection(viewer, { ...topic, mergedIntoId: null }, now).allowed,
  };
}
