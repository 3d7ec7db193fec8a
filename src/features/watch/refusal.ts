// What a member is told whose text a rule refuses: at the field in which it stands.
import { withRule } from '../../domain/actions.ts';
import type { Form } from '../../web/forms.ts';
import { Problem } from '../../web/problem.ts';
import type { WatchMatch } from './rules.ts';

/** Thrown by commands that write; forms show it at `field`. */
export class WatchedRefusal extends Problem {
  readonly field: string;

  constructor(field: string, { reason, rule }: Pick<WatchMatch, 'reason' | 'rule'>) {
    super('unprocessable', `This cannot be posted here: ${withRule(reason, rule)}.`);
    this.field = field;
  }
}

/** The form with the refusal at its field, when the error is one about a field that it has; undefined otherwise. */
export function refusedForm<Name extends string>(form: Form<Name>, error: unknown): Form<Name> | undefined {
  if (!(error instanceof WatchedRefusal)) return undefined;
  const name = (Object.keys(form.fields) as Name[]).find((field) => field === error.field);
  if (name === undefined) return undefined;
  const field = { value: form.fields[name].value, error: error.explanation };
  return {
    fields: { ...form.fields, [name]: field },
    errors: [...form.errors, { field: name, error: error.explanation }],
    hasErrors: true,
  };
}
