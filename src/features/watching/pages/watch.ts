// The page on which words and domains are watched: the rules in force, and a new one that is tried before it is saved.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import { withRule } from '../../../domain/actions.ts';
import { WATCH } from '../../../domain/moderation-limits.ts';
import { DAY } from '../../../domain/times.ts';
import { EFFECT_WORDS, WATCH_EFFECTS, type WatchEffect } from '../../../domain/watch.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import { type TriedRule, triedName, type WatchFields, type WatchInput } from '../forms.ts';
import type { RuleRow } from '../queries/rules.ts';
import type { Written } from '../queries/written.ts';
import { foundView, type FoundView } from './found.ts';

interface Choice {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
}

export interface WatchPage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly logHref: string;
  readonly action: string;
  readonly form: Form<WatchFields>;
  readonly refusal: string;
  readonly kinds: readonly Choice[];
  readonly effects: readonly Choice[];
  readonly pattern: Field;
  readonly reason: ReasonView;
  readonly longest: number;
  readonly days: number;
  readonly item: string;
  /** Null before a rule was tried. */
  readonly trial: (FoundView & { readonly seen: string; readonly as: string }) | null;
  /** The rule that is in force for the same; null when there is none. */
  readonly present: RuleView | null;
  readonly rules: readonly RuleView[];
  readonly count: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'watching/watch': WatchPage;
  }
}

export interface RuleView {
  readonly href: string;
  readonly shown: string;
  readonly domain: boolean;
  readonly effect: string;
  readonly reason: string;
  readonly by: string;
  readonly made: MomentView;
  readonly hits: string;
}

export interface WatchFacts {
  /** The canned reasons of the forum. */
  readonly reasons: readonly CannedReason[];
  readonly input: WatchInput;
  /** As typed, or with what is wrong with it. */
  readonly form: Form<WatchFields>;
  readonly rules: readonly RuleRow[];
  readonly trial:
    | { readonly rule: TriedRule; readonly written: Written; readonly present: RuleRow | undefined }
    | undefined;
  readonly refusal: string;
}

const KIND_CHOICES = [
  { value: 'word', label: 'A word or phrase', hint: 'Whole words; “crypto*” also finds what begins so.' },
  { value: 'domain', label: 'A domain', hint: 'With all below it, wherever a link leads there.' },
] as const;

const EFFECT_CHOICES: Readonly<Record<WatchEffect, { readonly label: string; readonly hint: string }>> = {
  refuse: { label: 'Refuse', hint: 'It comes back to the form with your reason.' },
  hold: {
    label: 'Hold',
    hint: 'It awaits approval, and nobody else sees it before. Edits of what is seen are looked at.',
  },
  flag: { label: 'Look at it', hint: 'It is posted, and stands in the queue.' },
  mark: { label: 'Only note it', hint: 'It is posted. Moderators see it counted here.' },
};

export function watchPage({ reasons, input, form, rules, trial, refusal }: WatchFacts): WatchPage {
  return {
    head: { title: 'Watched words and domains', noindex: true },
    back: { href: paths.queue(), title: 'Moderation queue' },
    logHref: paths.moderationLog(),
    action: paths.watch(),
    form,
    refusal,
    kinds: KIND_CHOICES.map(({ value, label, hint }, index) => ({
      ...{ value, label, hint, id: index === 0 ? 'kind' : `kind-${value}` },
      checked: value === form.fields.kind.value,
    })),
    effects: WATCH_EFFECTS.map((value, index) => ({
      ...{ ...EFFECT_CHOICES[value], value, id: index === 0 ? 'effect' : `effect-${value}` },
      checked: value === form.fields.effect.value,
    })),
    pattern: form.fields.pattern,
    reason: reasonView(form, reasons),
    longest: WATCH.length,
    days: WATCH.triedAgainst / DAY,
    item: input.itemId === undefined ? '' : String(input.itemId),
    trial: trial
      ? {
          ...foundView(trial.written, { effect: trial.rule.effect, already: false, clear: input }),
          seen: triedName(trial.rule),
          as: trial.rule.pattern,
        }
      : null,
    present: trial?.present ? ruleView(trial.present) : null,
    rules: rules.map(ruleView),
    count: counted(rules.length, 'rule', 'rules'),
  };
}

export function ruleView({
  id,
  kind,
  shown,
  pattern,
  effect,
  reason,
  rule,
  madeBy,
  madeAt,
  hits,
}: RuleRow): RuleView {
  return {
    href: paths.watchRule(id),
    shown: kind === 'domain' ? pattern : shown,
    domain: kind === 'domain',
    effect: EFFECT_WORDS[effect],
    reason: withRule(reason, rule),
    by: madeBy ?? 'a former member',
    made: momentView(madeAt),
    hits: counted(hits, 'post', 'posts'),
  };
}
