// The door for showing: the fields of a moderator's reason on other features' pages.
export { reasonView, type ReasonView } from './pages/parts.ts';
