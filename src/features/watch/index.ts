// Watched words and domains, for features that write what members post, and for the one that makes the rules.
export {
  addressPart,
  judgeBy,
  judgeText,
  type Judgement,
  noteJudgement,
  type TextPart,
  textAndHosts,
} from './judging.ts';
export { refusedForm } from './refusal.ts';
export { endRule, loadWatcher, type NewWatchRule, saveRule } from './rules.ts';
export { forgetRuleMaker } from './forget.ts';
export { watchSources } from './sources.ts';
