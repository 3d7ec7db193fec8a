// The door for showing: the fields of a moderator's reason, and the name of who is gone, on other features' pages.
export { FORMER_MEMBER } from './pages/names.ts';
export { reasonView, type ReasonView } from './pages/reason.ts';
