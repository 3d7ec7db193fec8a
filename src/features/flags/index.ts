// Flags, for other features: reporting a post, and what becomes of reports once somebody decided.
export { forgetFlagger } from './forget-member.ts';
export { flagPost } from './commands/flag-post.ts';
export { lockConcerned, settleFlags } from './flag-outcomes.ts';
export { type FlagRow, listFlags } from './queries/flags.ts';
