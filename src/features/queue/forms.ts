// What is typed into the form of a queue item.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { DECISION_NAMES, type DecisionName } from '../../domain/decisions.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { readReasonForm, type Reason, type ReasonInput } from '../log/index.ts';

/** Keeping and approving change nothing for the author to be told a reason for. */
const UNEXPLAINED: Partial<Record<DecisionName, Reason>> = {
  keep: { rule: null, text: 'Within the rules.' },
  approve: { rule: null, text: 'Within the rules.' },
};

/** What the moderator had on the page when deciding: to tell what has changed since. */
export interface Seen {
  /** Of the queue item; -1 when the form does not say. */
  readonly version: number;
  readonly postVersion: number;
  readonly flags: number;
}

export interface DecisionInput extends ReasonInput {
  /** Undefined when the form names none. */
  readonly decision: DecisionName | undefined;
  readonly seen: Seen;
}

export function readDecisionForm(sent: unknown, reasons: readonly CannedReason[]): DecisionInput {
  const body = formBody(sent);
  const name = readLine(body, 'do');
  const decision = DECISION_NAMES.find((known) => known === name);
  const number = (field: string) =>
    /^\d{1,9}$/.test(readLine(body, field)) ? Number(readLine(body, field)) : -1;
  return {
    ...readReasonForm(sent, reasons, decision && UNEXPLAINED[decision]),
    decision,
    seen: { version: number('version'), postVersion: number('post-version'), flags: number('flags') },
  };
}
