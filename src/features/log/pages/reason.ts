// The fields of a moderator's reason, as several features' pages have them.
import { withRule } from '../../../domain/actions.ts';
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { Field, Form } from '../../../web/forms.ts';
import type { ReasonFields } from '../forms.ts';

export interface ReasonView {
  /** Put before the ids of the fields, where several such forms stand on one page. */
  readonly prefix: string;
  /** Empty where no canned reason fits. */
  readonly canned: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly rule: Field;
  readonly reason: Field;
  /** Whether own words stand there, or must: then their fields are not folded away. */
  readonly own: boolean;
}

/** @param offered the canned reasons of the forum (cannedReasons), or none where none fits */
export function reasonView(
  form: Form<ReasonFields>,
  offered: readonly CannedReason[],
  { prefix = '' }: { readonly prefix?: string } = {},
): ReasonView {
  const { canned, rule, reason } = form.fields;
  return {
    prefix,
    canned: offered.map(({ rule: number, text }) => ({
      value: text,
      label: withRule(text, number),
      selected: text === canned.value,
    })),
    rule,
    reason,
    own: [rule, reason].some(({ value, error }) => value !== '' || error !== '') || offered.length === 0,
  };
}
