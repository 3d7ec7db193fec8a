// What is typed into the forms of pinning and merging.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { readId, type TopicId } from '../../domain/ids.ts';
import { DAY } from '../../domain/times.ts';
import { formBody, formOf, readLine, type Form } from '../../web/forms.ts';
import { readReason, type Reason, type ReasonFields } from '../log/index.ts';

/** How long a pin may last: news of the day, of the week, and what a forum has going on. */
export const PIN_DAYS = [1, 3, 7, 14, 30] as const;

export type PinFields = ReasonFields | 'days';

export interface PinInput {
  readonly form: Form<PinFields>;
  /** `length` in milliseconds; null: the pin is to end now. Undefined when the form cannot be used. */
  readonly pin: { readonly length: number | null; readonly reason: Reason } | undefined;
}

export const emptyPin: Form<PinFields> = formOf({ days: '', canned: '', rule: '', reason: '' });

export function readPinForm(sent: unknown): PinInput {
  const { typed, faults, reason } = readReason(sent, []);
  const chosen = readLine(formBody(sent), 'days');
  const days = PIN_DAYS.find((known) => String(known) === chosen);
  const isLength = days !== undefined || chosen === 'none';
  const form = formOf(
    { days: chosen, ...typed },
    { ...faults, days: isLength ? undefined : 'Choose how long.' },
  );
  const length = days === undefined ? null : days * DAY;
  return { form, pin: form.hasErrors || !reason ? undefined : { length, reason } };
}

export type MergeFields = ReasonFields | 'stays';

/** The form as it first stands on a page: what is merged has mostly been discussed already, if a reason says so. */
export function mergeForm(stays: TopicId, reasons: readonly CannedReason[]): Form<MergeFields> {
  const canned = reasons.find(({ text }) => /another topic/i.test(text));
  return formOf({ stays: String(stays), canned: canned?.text ?? '', rule: '', reason: '' });
}

export interface MergeInput {
  readonly form: Form<MergeFields>;
  readonly merge: { readonly stays: TopicId; readonly reason: Reason } | undefined;
}

/** @param topics the two of which one stays */
export function readMergeForm(
  sent: unknown,
  topics: readonly TopicId[],
  reasons: readonly CannedReason[],
): MergeInput {
  const { typed, faults, reason } = readReason(sent, reasons);
  const chosen = readLine(formBody(sent), 'stays');
  const stays = topics.find((id) => String(id) === chosen);
  const form = formOf(
    { stays: chosen, ...typed },
    { ...faults, stays: stays === undefined ? 'Choose which topic stays.' : undefined },
  );
  return { form, merge: form.hasErrors || stays === undefined || !reason ? undefined : { stays, reason } };
}

/** A topic as somebody names it: its number, with or without the address around it. */
export function readOtherTopic(typed: string): TopicId | undefined {
  const number = /^(?:\S*\/t\/)?(\d+)(?:[/?#]\S*)?$/.exec(typed)?.[1];
  return readId<TopicId>(number);
}
