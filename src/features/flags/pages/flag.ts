// The page on which a member flags a post, or takes a flag back.
import { FLAG_REASONS } from '../../../domain/flags.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { OwnFlag } from '../queries/flags.ts';
import type { PostShown } from '../../threads/index.ts';
import { quoteView, type QuoteView } from './quote.ts';

export interface FlagPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: { readonly href: string; readonly title: string };
  readonly quote: QuoteView;
  readonly action: string;
  /** The flag that waits already; null: there is none. */
  readonly own: { readonly reason: string; readonly note: string } | null;
  readonly reasons: readonly {
    readonly value: string;
    readonly label: string;
    readonly hint: string;
    readonly checked: boolean;
    /** The first one's is the field's name, where the list of errors leads. */
    readonly id: string;
  }[];
  readonly reason: Field;
  readonly note: Field;
  readonly noteLength: number;
  readonly form: Form<'reason' | 'note'>;
  readonly button: string;
  /** '' when there is none. */
  readonly refusal: string;
  readonly rulesHref: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'flags/flag': FlagPage;
  }
}

export interface FlagFacts {
  readonly post: PostShown;
  readonly form: Form<'reason' | 'note'>;
  /** The flag that waits already. */
  readonly own: OwnFlag | undefined;
  /** Why what was sent was not taken. */
  readonly refusal?: string;
}

export function flagPage({ post, form, own, refusal = '' }: FlagFacts): FlagPage {
  const { reason, note } = form.fields;
  const heading = `Flag this ${post.isOpening ? 'topic' : 'reply'}`;
  const labelOf = (flag: OwnFlag) =>
    FLAG_REASONS.find((known) => known.reason === flag.reason)?.label ?? flag.reason;
  return {
    head: { title: heading, noindex: true },
    heading,
    back: { href: paths.post(post.id), title: post.topic.title },
    quote: quoteView(post),
    action: paths.postFlag(post.id),
    own: own ? { reason: labelOf(own), note: own.note } : null,
    reasons: FLAG_REASONS.map((known, index) => ({
      value: known.reason,
      label: known.label,
      hint: known.hint,
      checked: known.reason === reason.value,
      id: index === 0 ? 'reason' : `reason-${known.reason}`,
    })),
    reason,
    note,
    noteLength: LENGTHS.flagNote,
    form,
    button: own ? 'Change the flag' : 'Flag',
    refusal,
    rulesHref: paths.rules(),
  };
}
