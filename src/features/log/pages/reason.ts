// The fields of a moderator's reason, as several features' pages have them.
import { withRule } from '../../../domain/actions.ts';
import { DEFAULT_REASONS, readReasons } from '../../../domain/canned-reasons.ts';
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

export function reasonView(
  form: Form<ReasonFields>,
  { prefix = '', offerCanned = true }: { readonly prefix?: string; readonly offerCanned?: boolean } = {},
): ReasonView {
  const { canned, rule, reason } = form.fields;
  return {
    prefix,
    canned: offerCanned
      ? readReasons(DEFAULT_REASONS).map(({ rule: number, text }) => ({
          value: text,
          label: withRule(text, number),
          selected: text === canned.value,
        }))
      : [],
    rule,
    reason,
    own: !offerCanned || rule.value !== '' || reason.value !== '' || rule.error !== '' || reason.error !== '',
  };
}
