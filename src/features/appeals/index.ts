// Appeals, for other features.
export { forgetDecider } from './forget-member.ts';
