// What is said inside queue items, for other features.
export { forgetTalker } from './forget-member.ts';
export { listTalk, type TalkRow } from './queries.ts';
