// The reasons that moderators need not type: a setting that admins edit as text, one reason a line.
import type { Fault } from './check.ts';
import { countCharacters } from './check.ts';
import { LENGTHS } from './limits.ts';

/** A reason that can be chosen instead of typed. Rules are numbered as in the house rules (domain/house-texts.ts). */
export interface CannedReason {
  readonly rule: number | null;
  readonly text: string;
}

/** What a new forum begins with. */
export const DEFAULT_REASONS = `\
1 A claim without a source
1 The source does not say this
2 About a person, not about what they said
2 Private details of a person
3 Off topic here
3 Already discussed in another topic
4 Spam or promotion
4 An interest that was not disclosed
5 A title that says more than its source
6 Generated text that was not declared
7 Against the law`;

/** Reads the setting: a line each, the number of a rule first where one was broken. */
export function readReasons(setting: string): readonly CannedReason[] {
  return linesOf(setting).map((line) => {
    const [, rule, text = ''] = /^(?:([1-9]\d?)\s+)?(.*)$/.exec(line) ?? [];
    return { rule: rule === undefined ? null : Number(rule), text };
  });
}

/** The same reason twice could not be told apart in a list. */
export function checkReasons(setting: string): Fault {
  const reasons = readReasons(setting);
  if (reasons.length === 0) return 'Moderators need at least one reason to choose.';
  if (reasons.length > MOST_REASONS) return `More than ${MOST_REASONS} reasons are no help: remove some.`;
  const texts = reasons.map(({ text }) => text);
  const long = texts.find((text) => countCharacters(text) > LENGTHS.cannedReason);
  if (long !== undefined) {
    return `This reason is too long, it may have ${LENGTHS.cannedReason} characters: ${long.slice(0, 40)}…`;
  }
  const twice = texts.find((text, n) => texts.indexOf(text) !== n);
  return twice === undefined ? undefined : `This reason is there twice: ${twice}`;
}

const MOST_REASONS = 40;

function linesOf(setting: string): string[] {
  return setting
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
