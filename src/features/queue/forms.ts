// What is typed into the form of a queue item.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import type { Fault } from '../../domain/check.ts';
import { DECISION_NAMES, DECISIONS, type DecisionName } from '../../domain/decisions.ts';
import { readId, type SuggestionId } from '../../domain/ids.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import { type Form, formBody, formOf, readLine } from '../../web/forms.ts';
import { readReason, type Reason, type ReasonFields } from '../log/index.ts';

type Unexplained = {
  [Name in DecisionName]: (typeof DECISIONS)[Name]['needsReason'] extends false ? Name : never;
}[DecisionName];

/** What is said where nothing needs to be: nobody loses anything by these. */
const UNEXPLAINED: Readonly<Record<Unexplained, string>> = {
  keep: 'Within the rules.',
  approve: 'Within the rules.',
  consent: 'Agreed.',
  apply: 'As suggested.',
  dismiss: 'It stays as it is.',
};

/** What the moderator had on the page when deciding: to tell what has changed since. */
export interface Seen {
  /** Of the queue item; -1 when the form does not say. */
  readonly version: number;
  readonly postVersion: number;
  readonly flags: number;
}

export type DecisionFields = ReasonFields | 'choice' | 'address';

export const emptyDecision: Form<DecisionFields> = formOf({
  ...{ canned: '', rule: '', reason: '' },
  ...{ choice: '', address: '' },
});

export interface DecisionInput {
  readonly form: Form<DecisionFields>;
  /** Undefined when the form names none. */
  readonly decision: DecisionName | undefined;
  /** Undefined when the form cannot be used. */
  readonly reason: Reason | undefined;
  /** What is to be applied: a suggestion, or an address that was typed. */
  readonly choice: SuggestionId | undefined;
  readonly address: UrlKey | undefined;
  readonly seen: Seen;
}

export function readDecisionForm(sent: unknown, reasons: readonly CannedReason[]): DecisionInput {
  const body = formBody(sent);
  const decision = readDecision(readLine(body, 'do'));
  const number = (field: string) =>
    /^\d{1,9}$/.test(readLine(body, field)) ? Number(readLine(body, field)) : -1;
  const { typed, faults, reason } = readReason(sent, reasons, reasonFor(decision));
  const chosen = { choice: readLine(body, 'choice'), address: readLine(body, 'address') };
  const choice = readId<SuggestionId>(chosen.choice);
  const address = chosen.address === '' ? undefined : urlKey(chosen.address);
  const form = formOf<DecisionFields>(
    { ...typed, ...chosen },
    {
      ...faults,
      address: decision === 'apply' && choice === undefined ? faultOf(address) : undefined,
    },
  );
  return {
    form,
    decision,
    reason: form.hasErrors ? undefined : reason,
    choice,
    address: address?.ok ? address : undefined,
    seen: { version: number('version'), postVersion: number('post-version'), flags: number('flags') },
  };
}

export function readDecision(name: string): DecisionName | undefined {
  return DECISION_NAMES.find((known) => known === name);
}

/** The reason of decisions that need none; undefined for all others. */
export function reasonFor(decision: DecisionName | undefined): Reason | undefined {
  const unexplained: Readonly<Partial<Record<DecisionName, string>>> = UNEXPLAINED;
  const text = decision && unexplained[decision];
  return text === undefined ? undefined : { rule: null, text };
}

function faultOf(address: ReturnType<typeof urlKey> | undefined): Fault {
  if (address === undefined) return 'Choose what is to be applied.';
  if (!address.ok) return address.reason;
  return isWrapper(address.shown) ? 'This address hides the publisher, too.' : undefined;
}
