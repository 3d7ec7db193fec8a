// The door for doing: what other features ask of topics and posts.
export { recordEvent, recordEvents } from './events.ts';
export { addFlagWeight } from './flag-weight.ts';
export { announce, approvePosts, refreshHidden } from './commands/post-states.ts';
export { setTopicLocked, setTopicPinned } from './commands/topic-marks.ts';
export { listTopicsOfMember } from './queries/lists.ts';
