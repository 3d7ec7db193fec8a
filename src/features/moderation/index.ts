// Decisions about posts and topics, for other features.
export { importHides, type ImportedHide } from './import-hides.ts';
export { hideAllOf, liftHides, lockHiddenBy, lockPostsOf } from './commands/hide-all.ts';
export { hidePosts, hideTopic, refusePost } from './commands/hide.ts';
export { restore } from './commands/restore.ts';
export { lockTopic, pinTopic } from './commands/topics.ts';
