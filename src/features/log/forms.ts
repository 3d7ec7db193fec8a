// The reason of a decision as it is typed into forms: a canned one, or own words.
import { type CannedReason, readReasons } from '../../domain/canned-reasons.ts';
import { countCharacters } from '../../domain/check.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { formBody, formOf, readLine, readText, type Form } from '../../web/forms.ts';
import type { SiteSource } from '../../web/site.ts';
import type { Reason } from './actions.ts';

export type ReasonFields = 'canned' | 'rule' | 'reason';

export interface ReasonInput {
  readonly form: Form<ReasonFields>;
  /** Undefined when none was given or what was given cannot be used. */
  readonly reason: Reason | undefined;
}

/** The form as it first stands on a page. */
export const emptyReason: Form<ReasonFields> = formOf({ canned: '', rule: '', reason: '' });

/** The canned reasons of this forum, which its admins keep. */
export function cannedReasons({ site }: { readonly site: SiteSource }): readonly CannedReason[] {
  return readReasons(site.current().settings.reasons);
}

/**
 * The reason of a decision: one of the canned ones, or own words, which take its place and keep its rule.
 * @param offered the canned reasons of the forum (cannedReasons), or none where none fits
 * @param fallback for decisions that need none, such as keeping a post
 */
export function readReasonForm(
  sent: unknown,
  offered: readonly CannedReason[],
  fallback?: Reason,
): ReasonInput {
  const { typed, faults, reason } = readReason(sent, offered, fallback);
  const form = formOf(typed, faults);
  return { form, reason: form.hasErrors ? undefined : reason };
}

/** What was typed, what is wrong with it, and the reason it gives: for forms that ask for more besides. */
export function readReason(sent: unknown, offered: readonly CannedReason[], fallback?: Reason) {
  const body = formBody(sent);
  const typed = {
    canned: readLine(body, 'canned'),
    rule: readLine(body, 'rule'),
    reason: readText(body, 'reason').trim(),
  };
  const canned = offered.find(({ text }) => text === typed.canned);
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
