// The page on which a moderator warns, silences or suspends a member.
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { Step } from '../../../domain/ladder.ts';
import { SANCTIONS } from '../../../domain/moderation-limits.ts';
import { sanctionSentence } from '../../../domain/policy/writing.ts';
import { withRule } from '../../../domain/actions.ts';
import { FOREVER, spellDuration } from '../../../domain/times.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import type { Field } from '../../../web/forms.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import { FOR_GOOD, type Kind, type SanctionForm, type SanctionInput } from '../forms.ts';
import type { Ladder } from '../queries/ladder.ts';
import type { Extent, Subject } from '../queries/subject.ts';
import { sanctionView, type SanctionView } from './sanction-row.ts';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  /** The first one's is the field's name, where the list of errors leads. */
  readonly id: string;
}

export interface SanctionPage {
  readonly head: Head;
  readonly name: string;
  readonly back: { readonly href: string; readonly title: string };
  readonly action: string;
  readonly form: SanctionForm;
  /** Why what was sent was not done; '' when nothing was, or could be. */
  readonly refusal: string;
  readonly suggestion: string;
  readonly earlier: readonly SanctionView[];
  readonly kind: Field;
  readonly kinds: readonly Option[];
  readonly length: Field;
  readonly lengths: readonly Option[];
  readonly hideAll: { readonly checked: boolean; readonly hint: string };
  readonly reason: ReasonView;
  /** What the member will read; null while nothing was asked for that could be shown. */
  readonly preview: { readonly sentence: string; readonly reason: string; readonly more: string } | null;
  readonly seen: number;
  /** The piece of work it came from; '' without one. */
  readonly item: string;
  readonly version: number;
}
declare module '../../../web/views.ts' {
  interface Views {
    'sanctions/sanction': SanctionPage;
  }
}

export interface SanctionPageFacts {
  /** The canned reasons of the forum. */
  readonly reasons: readonly CannedReason[];
  readonly subject: Subject;
  readonly ladder: Ladder;
  readonly extent: Extent;
  readonly form: SanctionForm;
  readonly item: { readonly id: QueueItemId; readonly version: number } | undefined;
  readonly preview?: SanctionInput['chosen'];
  readonly refusal?: string;
  readonly now: Date;
}

export function sanctionPage(facts: SanctionPageFacts): SanctionPage {
  const { reasons, subject, ladder, extent, form, item, preview, refusal = '', now } = facts;
  const { name } = subject;
  const title = `Warn or suspend ${name}`;
  return {
    head: { title, noindex: true },
    name,
    back: item
      ? { href: paths.queueItem(item.id), title: 'Back to the item' }
      : { href: paths.moderationMember(name), title: name },
    action: paths.sanctionMember(name),
    form,
    refusal,
    suggestion: suggestionOf(ladder),
    earlier: ladder.earlier.map((row) => sanctionView(row, now)),
    kind: form.fields.kind,
    kinds: kindsOf(form.fields.kind.value, ladder.next),
    length: form.fields.length,
    lengths: lengthsOf(form.fields.length.value, ladder.next),
    hideAll: { checked: form.fields['hide-all'].value !== '', hint: spellExtent(extent) },
    reason: reasonView(form, reasons),
    preview: preview ? previewOf(preview, extent, now) : null,
    seen: subject.newestSanction,
    item: item ? String(item.id) : '',
    version: item?.version ?? -1,
  };
}

function suggestionOf({ earlier, next }: Ladder): string {
  if (earlier.length === 0)
    return 'There is nothing against this member so far: a warning is the usual first step.';
  if (next.kind === 'warning')
    return 'What there was is lifted or long ago: a warning is the usual first step.';
  const step =
    next.length === null ? 'a suspension for good' : `a suspension for ${spellDuration(next.length)}`;
  return `The next step would be ${step}. Lifted decisions, and those older than ${spellDuration(SANCTIONS.countsFor)}, do not count.`;
}

const KIND_LABELS: Readonly<Record<Kind, { readonly label: string; readonly hint: string }>> = {
  warning: { label: 'Warn', hint: 'They are told, and can go on writing.' },
  silence: { label: 'Silence', hint: 'They read, and cannot write, vote or flag.' },
  suspension: {
    label: 'Suspend',
    hint: 'As with silence; new accounts from where they are also come before moderators.',
  },
};

function kindsOf(chosen: string, next: Step): Option[] {
  return Object.entries(KIND_LABELS).map(([value, { label, hint }], index) => ({
    value,
    label: value === next.kind ? `${label} (suggested)` : label,
    hint,
    checked: value === chosen,
    id: index === 0 ? 'kind' : `kind-${value}`,
  }));
}

function lengthsOf(chosen: string, next: Step): Option[] {
  const suggested = next.kind === 'suspension' ? (next.length ?? FOR_GOOD) : '';
  const lengths = [
    ...SANCTIONS.suspensions.map((length) => ({
      value: String(length),
      label: spellDuration(length),
      hint: '',
    })),
    {
      value: FOR_GOOD,
      label: 'For good',
      hint: `Suspends for ${spellDuration(SANCTIONS.untilConsent)} at once, and asks a second moderator for consent.`,
    },
  ];
  return lengths.map((length, index) => ({
    ...length,
    label: length.value === String(suggested) ? `${length.label} (suggested)` : length.label,
    checked: length.value === chosen,
    id: index === 0 ? 'length' : `length-${length.value}`,
  }));
}

function spellExtent({ posts, topics, repliesBelow }: Extent): string {
  if (posts === 0) return 'Nothing of theirs stands or awaits approval.';
  const extent = `${counted(posts, 'post', 'posts')} in ${counted(topics, 'topic', 'topics')}`;
  if (repliesBelow === 0)
    return `${extent}; nobody has replied to them. Lifting the decision brings them back.`;
  return `${extent}, with ${counted(repliesBelow, 'reply', 'replies')} by others in or below them. Lifting the decision brings them back.`;
}

function previewOf(
  { kind, length, hideAll, reason }: NonNullable<SanctionInput['chosen']>,
  { posts }: Extent,
  now: Date,
): NonNullable<SanctionPage['preview']> {
  const ends = length ?? (kind === 'suspension' ? SANCTIONS.untilConsent : null);
  const until = ends === null ? FOREVER : new Date(now.getTime() + ends);
  return {
    sentence: sanctionSentence(kind, until),
    reason: withRule(reason.text, reason.rule),
    more: [
      hideAll && posts > 0 ? `${counted(posts, 'post', 'posts')} of yours will be hidden.` : '',
      'You can appeal.',
    ]
      .join(' ')
      .trim(),
  };
}
