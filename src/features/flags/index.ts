// Flags, for other features: giving one, calling moderators, and what becomes of them once somebody decided.
export { callModerators } from './call-moderators.ts';
export { forgetFlagger } from './forget-member.ts';
export { giveFlag } from './commands/give-flag.ts';
export { lockConcerned, settleFlags } from './flag-outcomes.ts';
export { type FlagRow, listFlags } from './queries/list-flags.ts';
