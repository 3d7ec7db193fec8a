// What is typed into the form that decides several items at once: the items as they stood on the page, "ID:VERSION" each.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import type { DecisionName } from '../../domain/decisions.ts';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { QUEUE } from '../../domain/moderation-limits.ts';
import type { Form } from '../../web/forms.ts';
import { formBody, readLine } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { type Reason, type ReasonFields, readReasonForm } from '../log/index.ts';
import { readDecision, reasonFor } from './forms.ts';

/** What can be decided about many things without looking at each of them again. */
const AT_ONCE: readonly DecisionName[] = ['keep', 'hide', 'approve', 'refuse', 'hide-warn'];

export interface SeenItem {
  readonly id: QueueItemId;
  readonly version: number;
}

export interface BulkInput {
  /** Ascending, each once. */
  readonly items: readonly SeenItem[];
  /** How many more were chosen than can be decided at once. */
  readonly left: number;
  /** Undefined when the form names nothing that can be done. */
  readonly todo: DecisionName | 'release' | undefined;
  readonly form: Form<ReasonFields>;
  /** Undefined when none was given or what was given cannot be used. */
  readonly reason: Reason | undefined;
  /** The page of the queue that the form stood on. */
  readonly next: string;
}

/** @param offered the canned reasons of the forum */
export function readBulkForm(sent: unknown, offered: readonly CannedReason[]): BulkInput {
  const body = formBody(sent);
  const name = readLine(body, 'do');
  const decision = readDecision(name);
  const chosen = readItems(body.item);
  const next = readLine(body, 'next');
  const { form, reason } = readReasonForm(sent, offered, reasonFor(decision));
  return {
    items: chosen.slice(0, QUEUE.atOnce),
    left: Math.max(0, chosen.length - QUEUE.atOnce),
    todo: name === 'release' ? name : AT_ONCE.find((known) => known === decision),
    form,
    reason,
    next: next === '' ? paths.queue() : safeNext(next),
  };
}

function readItems(sent: unknown): SeenItem[] {
  const chosen = new Map<QueueItemId, SeenItem>();
  for (const each of Array.isArray(sent) ? sent : [sent]) {
    const [, typed, version] = typeof each === 'string' ? (/^(\d+):(\d{1,9})$/.exec(each) ?? []) : [];
    const id = readId<QueueItemId>(typed);
    if (id !== undefined) chosen.set(id, { id, version: Number(version) });
  }
  return [...chosen.values()].sort((one, other) => one.id - other.id);
}
