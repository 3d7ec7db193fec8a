// Rules about words and domains, for features that undo decisions.
export { endWatchRule } from './commands/rules.ts';
