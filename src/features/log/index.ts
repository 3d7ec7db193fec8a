// The record of what moderators and admins did, for other features: writing into it, and the reasons they give.
export { forgetInLog } from './forget-member.ts';
export { nameOfModerator } from './pages/names.ts';
export { listDecisions, type LogRow } from './queries/log.ts';
export {
  addActionPosts,
  type Decision,
  markUndone,
  markUndoneInTopic,
  type NewAction,
  type Reason,
  recordAction,
} from './actions.ts';
export {
  cannedReasons,
  emptyReason,
  readReason,
  readReasonForm,
  type ReasonFields,
  type ReasonInput,
} from './forms.ts';
