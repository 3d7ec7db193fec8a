// Appeals, for other features.
export { decideAppeal } from './commands/decide-appeal.ts';
export { forgetDecider } from './forget-member.ts';
