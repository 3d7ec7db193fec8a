// Appeals, for other features.
export { decideAppeal } from './commands/decide-appeal.ts';
export { endAppealOf, forgetDecider } from './forget-member.ts';
