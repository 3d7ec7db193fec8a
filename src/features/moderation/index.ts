// Decisions about posts and topics, for other features.
export { importHides, type ImportedHide } from './import-hides.ts';
export { hideAllOf, liftHides, lockHiddenBy, lockPostsOf } from './commands/hide-all.ts';
export { hideAgain, hidePosts, hideTopic, refusePost } from './commands/hide.ts';
export { mergeTopics } from './commands/merge.ts';
export { moveBack } from './commands/move.ts';
export { setSectionBack } from './commands/section.ts';
export { undoLock, undoPin, undoUnlock, undoUnpin } from './commands/topics-again.ts';
export { unmergeTopics } from './commands/unmerge.ts';
export { countReturning } from './queries/merges.ts';
export { restore } from './commands/restore.ts';
export { lockTopic, pinTopic } from './commands/topics.ts';
