// Moderation, for other features: the record of actions, and the decisions that the demonstration forum shows.
export { recordAction, type NewAction, type Reason } from './actions.ts';
export { emptyReason, readReasonForm, type ReasonFields } from './forms.ts';
export { forgetModerated } from './forget-member.ts';
export { flagPost } from './commands/flag-post.ts';
export { importHides, type ImportedHide } from './import-hides.ts';
export { hidePosts, hideTopic, type Decision } from './commands/hide.ts';
export { restore } from './commands/restore.ts';
export { sanctionMember, type SanctionOrder } from './commands/sanction.ts';
export { lockTopic, pinTopic } from './commands/topics.ts';
