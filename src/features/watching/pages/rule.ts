// The page of one rule: what it does, what there is of it already, and its end.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import type { Form } from '../../../web/forms.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { ReasonFields } from '../../log/index.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import type { Cleared } from '../commands/clear.ts';
import type { ClearInput } from '../forms.ts';
import type { RuleRow } from '../queries/rules.ts';
import type { Written } from '../queries/written.ts';
import { foundView, type FoundView } from './found.ts';
import { ruleView, type RuleView } from './watch.ts';

export interface RulePage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly logHref: string;
  readonly action: string;
  readonly rule: RuleView;
  /** What was just done; '' when nothing was. */
  readonly done: string;
  readonly refusal: string;
  /** Null for a rule that has ended, or leaves alone what it finds. */
  readonly found: FoundView | null;
  readonly ended: { readonly at: MomentView; readonly by: string } | null;
  readonly form: Form<ReasonFields>;
  readonly reason: ReasonView;
}
declare module '../../../web/views.ts' {
  interface Views {
    'watching/rule': RulePage;
  }
}

export interface RuleFacts {
  /** The canned reasons of the forum. */
  readonly reasons: readonly CannedReason[];
  readonly rule: RuleRow;
  readonly written: Written | undefined;
  readonly clear: ClearInput;
  readonly cleared: Cleared | undefined;
  /** The queue item that led to the rule. */
  readonly itemId: QueueItemId | undefined;
  readonly form: Form<ReasonFields>;
  readonly refusal: string;
}

export function rulePage(facts: RuleFacts): RulePage {
  const { reasons, rule, written, clear, cleared, itemId, form, refusal } = facts;
  const { effect, endedAt, endedBy } = rule;
  return {
    head: { title: `Watched: ${rule.shown}`, noindex: true },
    back:
      itemId === undefined
        ? { href: paths.watch(), title: 'Watched words and domains' }
        : { href: paths.queue({ current: itemId }), title: 'Moderation queue' },
    logHref: paths.moderationLog(),
    action: paths.watchRule(rule.id),
    rule: ruleView(rule),
    done: cleared ? spellCleared(cleared) : '',
    refusal,
    found: written ? foundView(written, { effect, already: true, clear }) : null,
    ended: endedAt && { at: momentView(endedAt), by: endedBy ?? 'a former member' },
    form,
    reason: reasonView(form, reasons),
  };
}

/** "Hidden: 12 posts. Refused: 3 posts. Suspended: 4 new members, with all they wrote." */
function spellCleared({ hidden, refused, suspended }: Cleared): string {
  const parts = [
    ...(suspended > 0
      ? [`Suspended: ${counted(suspended, 'new member', 'new members')}, with all they wrote.`]
      : []),
    ...(hidden > 0 ? [`Hidden: ${counted(hidden, 'post', 'posts')}.`] : []),
    ...(refused > 0 ? [`Refused: ${counted(refused, 'post', 'posts')}.`] : []),
  ];
  return parts.length === 0 ? 'From now on it is watched.' : parts.join(' ');
}
