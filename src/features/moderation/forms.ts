// What is typed into moderation's forms: reasons, flags, decisions, pins.
import { CANNED_REASONS } from '../../domain/actions.ts';
import { countCharacters } from '../../domain/check.ts';
import { isFlagReason, type FlagReason } from '../../domain/flags.ts';
import { readId, type TopicId } from '../../domain/ids.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { DAY } from '../../domain/times.ts';
import { formBody, formOf, readLine, readText, type Form } from '../../web/forms.ts';
import type { Reason } from './actions.ts';

export type ReasonFields = 'canned' | 'rule' | 'reason';

export interface ReasonInput {
  readonly form: Form<ReasonFields>;
  /** Undefined when none was given or what was given cannot be used. */
  readonly reason: Reason | undefined;
}

/** The form as it first stands on a page. */
export const emptyReason: Form<ReasonFields> = formOf({ canned: '', rule: '', reason: '' });

/**
 * The reason of a decision: one of the canned ones, or own words, which take its place and keep its rule.
 * @param fallback for decisions that need none, such as keeping a post
 */
export function readReasonForm(sent: unknown, fallback?: Reason): ReasonInput {
  const { typed, faults, reason } = readReason(sent, fallback);
  const form = formOf(typed, faults);
  return { form, reason: form.hasErrors ? undefined : reason };
}

function readReason(sent: unknown, fallback?: Reason) {
  const body = formBody(sent);
  const typed = {
    canned: readLine(body, 'canned'),
    rule: readLine(body, 'rule'),
    reason: readText(body, 'reason').trim(),
  };
  const canned = CANNED_REASONS.find(({ text }) => text === typed.canned);
  const rule = typed.rule === '' ? (canned?.rule ?? null) : Number(typed.rule);
  const reason = typed.reason === '' ? (canned ?? fallback) : { rule, text: typed.reason };
  const excess = countCharacters(typed.reason) - LENGTHS.actionReason;
  const faults = {
    rule: /^([1-9]\d?)?$/.test(typed.rule) ? undefined : 'Give the number of a rule, or leave this empty.',
    reason:
      excess > 0
        ? `The reason is too long by ${excess}: it may have ${LENGTHS.actionReason} characters.`
        : reason
          ? undefined
          : 'Say why: the author is told, and it stands in the log.',
  };
  return { typed, faults, reason };
}

export interface FlagInput {
  readonly form: Form<'reason' | 'note'>;
  readonly flag: { readonly reason: FlagReason; readonly note: string } | undefined;
}

/** The form as it first stands on a page: empty, or as the flag that waits was sent. */
export function flagForm(
  flag: { readonly reason: string; readonly note: string } = { reason: '', note: '' },
): Form<'reason' | 'note'> {
  return formOf({ reason: flag.reason, note: flag.note });
}

export function readFlagForm(sent: unknown): FlagInput {
  const body = formBody(sent);
  const typed = { reason: readLine(body, 'reason'), note: readText(body, 'note').trim() };
  const { reason, note } = typed;
  const excess = countCharacters(note) - LENGTHS.flagNote;
  const form = formOf(typed, {
    reason: isFlagReason(reason) ? undefined : 'Choose what is wrong with it.',
    note:
      excess > 0
        ? `The note is too long by ${excess}: it may have ${LENGTHS.flagNote} characters.`
        : reason === 'other' && note === ''
          ? 'Say in a sentence what is wrong.'
          : undefined,
  });
  return { form, flag: form.hasErrors || !isFlagReason(reason) ? undefined : { reason, note } };
}

const DECISIONS = ['keep', 'hide', 'hide-branch', 'lock', 'approve', 'refuse'] as const;
export type DecisionName = (typeof DECISIONS)[number];

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

export function readDecisionForm(sent: unknown): DecisionInput {
  const body = formBody(sent);
  const name = readLine(body, 'do');
  const decision = DECISIONS.find((known) => known === name);
  const number = (field: string) =>
    /^\d{1,9}$/.test(readLine(body, field)) ? Number(readLine(body, field)) : -1;
  return {
    ...readReasonForm(sent, decision && UNEXPLAINED[decision]),
    decision,
    seen: { version: number('version'), postVersion: number('post-version'), flags: number('flags') },
  };
}

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
  const { typed, faults, reason } = readReason(sent);
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

/** The form as it first stands on a page: what is merged has mostly been discussed already. */
export function mergeForm(stays: TopicId): Form<MergeFields> {
  const canned = CANNED_REASONS.find(({ text }) => text === 'Already discussed in another topic');
  return formOf({ stays: String(stays), canned: canned?.text ?? '', rule: '', reason: '' });
}

export interface MergeInput {
  readonly form: Form<MergeFields>;
  readonly merge: { readonly stays: TopicId; readonly reason: Reason } | undefined;
}

/** @param topics the two of which one stays */
export function readMergeForm(sent: unknown, topics: readonly TopicId[]): MergeInput {
  const { typed, faults, reason } = readReason(sent);
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
