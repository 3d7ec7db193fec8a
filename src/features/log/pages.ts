// The door for showing: the fields of a moderator's reason, how decisions are worded, and who made them, on other
// features' pages and feeds.
export type { Actor } from './actor.ts';
export { FORMER_MEMBER, nameOfDecider, nameOfModerator, type Naming } from './pages/names.ts';
export { spellHours } from './pages/hours.ts';
export { reasonView, type ReasonView } from './pages/reason.ts';
export { type ChartView, stackedChart } from './pages/chart.ts';
export { decisionTitle, isPlaced, whatIsConcerned } from './pages/wording.ts';
