// The page that asks for the reason of several decisions at once.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import { DECISIONS, type DecisionName } from '../../../domain/decisions.ts';
import type { Form } from '../../../web/forms.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { ReasonFields } from '../../log/index.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import type { SeenItem } from '../bulk-form.ts';

export interface BulkPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: string;
  readonly action: string;
  readonly logHref: string;
  readonly form: Form<ReasonFields>;
  readonly reason: ReasonView;
  /** "ID:VERSION" */
  readonly items: readonly string[];
  readonly next: string;
  readonly button: { readonly value: DecisionName; readonly label: string; readonly icon: string };
}
declare module '../../../web/views.ts' {
  interface Views {
    'queue/bulk': BulkPage;
  }
}

export function bulkPage(chosen: {
  readonly items: readonly SeenItem[];
  readonly decision: DecisionName;
  readonly form: Form<ReasonFields>;
  readonly next: string;
  /** The canned reasons of the forum. */
  readonly reasons: readonly CannedReason[];
}): BulkPage {
  const { items, decision, form, next, reasons } = chosen;
  const { label, icon } = DECISIONS[decision];
  const heading = `${label}: ${counted(items.length, 'item', 'items')}`;
  return {
    head: { title: heading, noindex: true },
    heading,
    back: next,
    action: paths.queueBulk(),
    logHref: paths.moderationLog(),
    form,
    reason: reasonView(form, reasons),
    items: items.map(({ id, version }) => `${id}:${version}`),
    next,
    button: { value: decision, label, icon },
  };
}
