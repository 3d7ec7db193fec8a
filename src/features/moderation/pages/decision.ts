// The pages on which a moderator hides, restores, locks or pins outside the queue: one form with a reason.
import { withRule } from '../../../domain/actions.ts';
import type { CannedReason } from '../../../domain/canned-reasons.ts';
import type { ActionId } from '../../../domain/ids.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { counted, momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { quoteView, type QuoteView } from '../../flags/pages.ts';
import type { ReasonFields } from '../../log/index.ts';
import { reasonView, type ReasonView } from '../../log/pages.ts';
import type { PostShown, TopicShown } from '../../threads/index.ts';
import { PIN_DAYS, type PinFields } from '../forms.ts';
import type { HideShown } from '../queries/hides.ts';

interface Choice {
  readonly legend: string;
  readonly name: string;
  readonly error: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly hint: string;
    readonly checked: boolean;
    /** The first one's is the field's name, where the list of errors leads. */
    readonly id: string;
  }[];
}

export interface DecisionPage {
  readonly head: Head;
  readonly heading: string;
  readonly lead: string;
  readonly back: { readonly href: string; readonly title: string };
  readonly quote: QuoteView | null;
  readonly action: string;
  readonly choice: Choice | null;
  /** Where to, for whoever types it. */
  readonly place: { readonly label: string; readonly hint: string; readonly field: Field } | null;
  /** Why what was sent was not done; '' when nothing was, or could be. */
  readonly refusal: string;
  readonly reason: ReasonView;
  readonly form: Form<ReasonFields>;
  readonly button: {
    readonly label: string;
    readonly icon: string;
    readonly value: string;
    readonly danger: boolean;
  };
  readonly logHref: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'moderation/decision': DecisionPage;
  }
}

type ReasonForm = Form<ReasonFields>;

/** @param below how many replies stand below the one to be hidden */
export function hidePage(
  post: PostShown,
  below: number,
  withReplies: boolean,
  form: ReasonForm,
  reasons: readonly CannedReason[],
): DecisionPage {
  const branch = `This reply and the ${counted(below, 'reply', 'replies')} below it`;
  const extents = choiceOf('What to hide', 'extent', withReplies ? 'branch' : 'post', [
    { value: 'post', label: 'This reply', hint: 'What answers it stays.' },
    { value: 'branch', label: branch, hint: 'One decision, undone as one.' },
  ]);
  return {
    ...pageOf(post.isOpening ? 'Hide this topic' : 'Hide this reply', post.topic, form, reasons),
    lead: post.isOpening
      ? 'The topic leaves every list; at its address stands the reason. Its author can still read it, and is told.'
      : 'It keeps its place, with the reason in it. Its author can still read it, and is told.',
    back: { href: paths.post(post.id), title: post.topic.title },
    quote: quoteView(post),
    action: paths.postHide(post.id),
    choice: post.isOpening || below === 0 ? null : extents,
    button: { label: 'Hide', icon: 'hide', value: 'hide', danger: true },
  };
}

/** @param hides those in force, newest first; @param chosen the action that the form undoes */
export function restorePage(
  post: PostShown,
  hides: readonly HideShown[],
  chosen: ActionId | undefined,
  form: ReasonForm,
): DecisionPage {
  return {
    ...pageOf(post.isOpening ? 'Restore this topic' : 'Restore this reply', post.topic, form),
    lead: 'What the decision hid comes back, except for what another decision hides or its author has withdrawn. What was written and voted since stays.',
    back: { href: paths.post(post.id), title: post.topic.title },
    quote: quoteView(post),
    action: paths.postRestore(post.id),
    choice:
      hides.length === 0
        ? null
        : choiceOf(
            hides.length === 1 ? 'The decision' : 'Which decision',
            'action',
            String(chosen),
            hides.map((hide) => ({
              value: String(hide.actionId),
              label: withRule(hide.reason, hide.rule),
              hint: describeHide(hide),
            })),
          ),
    button: { label: 'Restore', icon: 'check', value: 'restore', danger: false },
  };
}

function describeHide({ kind, by, at, posts }: HideShown): string {
  const verb = kind === 'refuse' ? 'Refused' : 'Hidden';
  const extent = posts > 1 ? ` ${counted(posts, 'post', 'posts')} at once.` : '';
  return `${verb} by ${by ?? 'the forum itself'}, ${momentView(at).full}.${extent}`;
}

export function lockPage(
  topic: TopicShown,
  form: ReasonForm,
  reasons: readonly CannedReason[],
): DecisionPage {
  const locked = topic.lockedAt !== null;
  return {
    ...pageOf(locked ? 'Unlock this topic' : 'Lock this topic', topic, form, locked ? [] : reasons),
    lead: locked
      ? 'It takes replies again.'
      : 'It takes no more replies. What stands there stays, and votes go on.',
    action: paths.topicLock(topic.id),
    button: locked
      ? { label: 'Unlock', icon: 'lock', value: 'unlock', danger: false }
      : { label: 'Lock', icon: 'lock', value: 'lock', danger: false },
  };
}

/** @param pinned whether it is pinned now */
export function pinPage(topic: TopicShown, pinned: boolean, form: Form<PinFields>): DecisionPage {
  const until = topic.pinnedUntil ? momentView(topic.pinnedUntil).full : '';
  const { value, error } = form.fields.days;
  const lengths = PIN_DAYS.map((days) => ({
    value: String(days),
    label: counted(days, 'day', 'days'),
    hint: '',
  }));
  const end = { value: 'none', label: 'Take it down now', hint: '' };
  return {
    ...pageOf(pinned ? 'Pinned topic' : 'Pin this topic', topic, form),
    lead: pinned
      ? `It stands at the top of the lists until ${until}. Set another end, or take it down now.`
      : 'It stands at the top of the lists until the pin ends.',
    action: paths.topicPin(topic.id),
    choice: choiceOf('How long', 'days', value, pinned ? [...lengths, end] : lengths, error),
    button: { label: pinned ? 'Save' : 'Pin', icon: 'pin', value: 'pin', danger: false },
  };
}

type Option = Omit<Choice['options'][number], 'checked' | 'id'>;

/** A choice between radio buttons. */
export function choiceOf(
  legend: string,
  name: string,
  chosen: string,
  options: readonly Option[],
  error = '',
): Choice {
  return {
    legend,
    name,
    error,
    options: options.map((option, index) => ({
      ...option,
      checked: option.value === chosen,
      id: index === 0 ? name : `${name}-${option.value}`,
    })),
  };
}

/** The page again, with the reason why nothing was done above what was typed. */
export function refusedPage(page: DecisionPage, refusal: string): DecisionPage {
  return { ...page, refusal };
}

/**
 * What these pages have in common.
 * @param reasons canned ones to choose from; none where none fits
 */
export function pageOf(
  heading: string,
  topic: Pick<TopicShown, 'id' | 'slug' | 'title'>,
  form: ReasonForm,
  reasons: readonly CannedReason[] = [],
) {
  return {
    head: { title: heading, noindex: true },
    heading,
    back: { href: paths.topic(topic), title: topic.title },
    quote: null,
    choice: null,
    place: null,
    refusal: '',
    reason: reasonView(form, reasons),
    form,
    logHref: paths.moderationLog(),
  };
}
