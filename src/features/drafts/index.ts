// The door for doing: what composers ask of drafts.
export { dropDraft } from './commands/keep-draft.ts';
export { orDraft } from './or-draft.ts';
export { type Draft, draftOfTopic, findDraftAt, findTopicDraft, type TopicDraft } from './queries.ts';
