// The page of one item: to look at it at leisure, and where a decision could not be taken, with what was typed.
import { ACTIONS } from '../../../domain/actions.ts';
import type { Form } from '../../../web/forms.ts';
import { momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { queryOfView, type QueueView } from '../filters.ts';
import type { DecisionFields, Seen } from '../forms.ts';
import type { ItemRow } from '../queries/list.ts';
import { type DoneFacts, type DoneView, doneView } from './done.ts';
import { itemView, type ItemContext, type ItemView } from './item.ts';
import { flagsOn, subjectOf } from './item-subject.ts';

export interface QueueItemPage {
  readonly head: Head;
  readonly back: string;
  readonly done: DoneView | null;
  /** What stands in the way of the decision, or what was decided; null: nothing but the form's own errors. */
  readonly notice: { readonly title: string; readonly lines: readonly string[] } | null;
  readonly form: Form<DecisionFields>;
  readonly claimsHref: string;
  readonly item: ItemView;
  /** What was typed, where the item can be decided no more and so has no form to keep it; '' elsewhere. */
  readonly typed: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'queue/item': QueueItemPage;
  }
}

export interface QueueItemFacts extends Pick<ItemContext, 'viewer' | 'now' | 'around' | 'form' | 'here'> {
  readonly row: ItemRow;
  readonly view: QueueView;
  readonly done: DoneFacts;
  /** Why the decision was refused, and what the moderator had seen; undefined when it was not. */
  readonly refused: { readonly explanation: string; readonly seen: Seen } | undefined;
}

export function queueItemPage(facts: QueueItemFacts): QueueItemPage {
  const { row, view, refused, done, ...context } = facts;
  const item = itemView(row, { ...context, prefix: '', current: true, chosen: 'never', alone: true });
  const lasts = item.plain.length + item.reasoned.length + item.suggestions.length > 0;
  const decided = row.closedAt === null ? [] : [decisionOf(row)];
  return {
    head: { title: `${item.heading} ${item.name}`.trim(), noindex: true },
    back: paths.queue(queryOfView(view)),
    done: doneView(done, context.viewer),
    notice: refused
      ? { title: refused.explanation, lines: [...decided, ...changesSince(facts, refused.seen)] }
      : decided[0] === undefined
        ? null
        : { title: 'This has been decided.', lines: decided },
    form: context.form,
    claimsHref: paths.queueClaims(),
    item,
    typed: lasts ? '' : context.form.fields.reason.value,
  };
}

function decisionOf({ closedAt, decision, decisionReason, decidedBy }: ItemRow): string {
  if (decision === null || closedAt === null) return 'There is nothing left to decide about it.';
  const by = decidedBy ?? 'the forum itself';
  return `${ACTIONS[decision].label} by ${by}, ${momentView(closedAt).full}: ${decisionReason ?? ''}`;
}

/** What is different from what the moderator saw, in sentences. */
function changesSince({ row, around }: QueueItemFacts, seen: Seen): string[] {
  if (row.closedAt !== null || row.version === seen.version) return [];
  const { post } = subjectOf(row, around);
  const more = flagsOn(row, around).length - seen.flags;
  return [
    ...(!post || post.version === seen.postVersion ? [] : ['Its author has edited the text.']),
    ...(more > 0 ? [more === 1 ? 'Another flag has come in.' : `${more} more flags have come in.`] : []),
    ...(more < 0 ? ['A flag has been taken back.'] : []),
    ...(post?.state === 'withdrawn' ? ['Its author has withdrawn it.'] : []),
  ];
}
