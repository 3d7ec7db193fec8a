// The door for doing: what other features ask of topics and posts.
export { recordEvent, type EventToRecord } from './events.ts';
export { recordReading } from './record-reading.ts';
export { addFlagWeight } from './flag-weight.ts';
export {
  importTopic,
  type ImportedPost,
  type ImportedReply,
  type ImportedText,
  type ImportedTopic,
  type ReservedTopic,
  reserveTopic,
  type TopicImport,
} from './commands/import-topic.ts';
export {
  correctSection,
  correctTags,
  correctTitle,
  type Correction,
  eraseRevision,
} from './commands/correct-topic.ts';
export { lockMember, lockTopic, type LockedTopic, mustStandIn } from './commands/locks.ts';
export { mergeTopic, type MarkBefore } from './commands/merge-topic.ts';
export { moveReply } from './commands/move-reply.ts';
export { copyVotesOf, restoreMarks, unmergeTopic } from './commands/unmerge-topic.ts';
export { forgetVisits } from './commands/note-visit.ts';
export { forgetActor, freezeVotes, releaseTexts, unlinkMentions } from './commands/release-author.ts';
export { announce, approvePosts, refreshHidden } from './commands/post-states.ts';
export { type CounterFault, findCounterFaults, lockCounters, repairCounters } from './commands/recount.ts';
export { setTopicLocked, setTopicPinned } from './commands/topic-marks.ts';
export { requireMemberExceptToSend, signInFor, writerOf } from './composing.ts';
export { findRevision, type RevisionShown } from './queries/revisions.ts';
export { findDestination, findReplyToMove } from './queries/moving.ts';
export { offerReply } from './offer-reply.ts';
export { findEarlierTopic, hostsOfArticle, keysOfArticle, lockArticle } from './checks.ts';
export { lockPostRow, lockTopicRow, type PostSubject, type TopicSubject } from './lock-subjects.ts';
export { openStandingTopic, openTopic } from './open-topic.ts';
export {
  countBelow,
  findShownPost,
  findShownTopic,
  type PostShown,
  type TopicShown,
} from './queries/subjects.ts';
export type { TopicDetails } from './queries/topic.ts';
export type { TopicSource } from './queries/topic-sources.ts';
export { countPostsWithLink } from './queries/writing.ts';
export { listTopicsById } from './queries/chosen-topics.ts';
export { decodePlace, encodePlace } from './queries/list-place.ts';
export { conditions as topicConditions } from './queries/list-filter.ts';
export { CURSOR_KIND, listTopics, listTopicsOfMember } from './queries/lists.ts';
export type { TopicRow } from './queries/topic-rows.ts';
export { type ImportedBody, type RenderedBody, renderImported, type RenderingServices } from './rendering.ts';
