// What a moderator types to watch a word or a domain, to clear away what is there, and to end a rule.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { SANCTIONS } from '../../domain/moderation-limits.ts';
import { DAY } from '../../domain/times.ts';
import {
  readWatchPattern,
  WATCH_EFFECTS,
  WATCH_KINDS,
  type WatchEffect,
  type WatchKind,
} from '../../domain/watch.ts';
import { type Form, formBody, formOf, readFlag, readLine } from '../../web/forms.ts';
import { readReason, type Reason, type ReasonFields } from '../log/index.ts';

export type WatchFields = 'kind' | 'pattern' | 'effect' | 'days' | ReasonFields;

/** A rule that can be tried. */
export interface TriedRule {
  readonly kind: WatchKind;
  readonly pattern: string;
  readonly shown: string;
  readonly effect: WatchEffect;
}

/** What is done about what is there already. */
export interface ClearInput {
  readonly hides: boolean;
  readonly suspends: boolean;
  /** Of a suspension. */
  readonly days: number;
}

export interface WatchInput extends ClearInput {
  readonly form: Form<WatchFields>;
  /** Without a fault that nobody has made yet: the reason is asked for when the rule is saved. */
  readonly untried: Form<WatchFields>;
  /** Undefined when its word or domain cannot be read. */
  readonly rule: TriedRule | undefined;
  readonly reason: Reason | undefined;
  readonly wantsSave: boolean;
  /** The rule of which the page showed what it would have done, see triedName. */
  readonly seen: string;
  /** The work that led here. */
  readonly itemId: QueueItemId | undefined;
}

/** Suspensions of new members, in days. */
export const SUSPENSION_DAYS: readonly number[] = SANCTIONS.suspensions.map((length) => length / DAY);

/** @param offered the canned reasons of the forum */
export function readWatchForm(sent: unknown, offered: readonly CannedReason[]): WatchInput {
  const fields = formBody(sent);
  const kind = WATCH_KINDS.find((known) => known === readLine(fields, 'kind'));
  const effect = WATCH_EFFECTS.find((known) => known === readLine(fields, 'effect'));
  const shown = readLine(fields, 'pattern');
  const { typed, faults, reason } = readReason(sent, offered);
  const read = readWatchPattern(kind ?? 'word', shown);
  const clear = readClear(sent);
  const values = {
    kind: kind ?? '',
    pattern: shown,
    effect: effect ?? '',
    days: String(clear.days),
    ...typed,
  };
  const ruleFaults = {
    kind: kind ? undefined : 'Choose what it is.',
    pattern: read.ok ? undefined : read.fault,
    effect: effect ? undefined : 'Choose what happens to a post with it.',
  };
  const form = formOf<WatchFields>(values, { ...ruleFaults, ...faults });
  return {
    ...clear,
    form,
    untried: formOf<WatchFields>(values, ruleFaults),
    rule: kind && effect && read.ok ? { kind, effect, shown, pattern: read.pattern } : undefined,
    reason: form.hasErrors ? undefined : reason,
    wantsSave: readLine(fields, 'do') === 'save',
    seen: readLine(fields, 'seen'),
    itemId: readId<QueueItemId>(readLine(fields, 'item')),
  };
}

/** The form as it first stands there; with a domain, as the queue's "Ban domain…" opens it. */
export function firstWatchForm(query: unknown): WatchInput {
  const fields = formBody(query);
  const pattern = readLine(fields, 'domain');
  const given = pattern === '' ? { kind: 'word', effect: 'hold' } : { kind: 'domain', effect: 'refuse' };
  const input = readWatchForm({ ...given, pattern, item: readLine(fields, 'item') }, []);
  return pattern === '' ? { ...input, untried: formOf(valuesOf(input.untried)) } : input;
}

function valuesOf({ fields }: Form<WatchFields>): Record<WatchFields, string> {
  const { kind, pattern, effect, days, canned, rule, reason } = fields;
  return {
    ...{ kind: kind.value, pattern: pattern.value, effect: effect.value, days: days.value },
    ...{ canned: canned.value, rule: rule.value, reason: reason.value },
  };
}

export function readClear(sent: unknown): ClearInput {
  const fields = formBody(sent);
  const days = SUSPENSION_DAYS.find((known) => String(known) === readLine(fields, 'days'));
  return {
    hides: readFlag(fields, 'hide'),
    suspends: readFlag(fields, 'suspend'),
    // A wave of spam is nobody's first mistake: the longest that one moderator decides.
    days: days ?? SUSPENSION_DAYS.at(-1) ?? 0,
  };
}

/** Names a rule as it was tried: what changes what it would have done is in it. */
export function triedName({ kind, effect, pattern }: TriedRule): string {
  return `${kind} ${effect} ${pattern}`;
}
