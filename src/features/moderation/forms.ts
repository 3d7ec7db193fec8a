// What is typed into the forms of pinning, merging and moving.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { type PostId, readId, type SectionId, type TopicId } from '../../domain/ids.ts';
import { DAY } from '../../domain/times.ts';
import { formBody, formOf, readLine, type Form } from '../../web/forms.ts';
import { readReason, type Reason, type ReasonFields } from '../log/index.ts';

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
  const { typed, faults, reason } = readReason(sent, []);
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

/** The form as it first stands on a page: what is merged has mostly been discussed already, if a reason says so. */
export function mergeForm(stays: TopicId, reasons: readonly CannedReason[]): Form<MergeFields> {
  const canned = reasons.find(({ text }) => /another topic/i.test(text));
  return formOf({ stays: String(stays), canned: canned?.text ?? '', rule: '', reason: '' });
}

export interface MergeInput {
  readonly form: Form<MergeFields>;
  readonly merge: { readonly stays: TopicId; readonly reason: Reason } | undefined;
}

/** @param topics the two of which one stays */
export function readMergeForm(
  sent: unknown,
  topics: readonly TopicId[],
  reasons: readonly CannedReason[],
): MergeInput {
  const { typed, faults, reason } = readReason(sent, reasons);
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

export type MoveFields = ReasonFields | 'to';

export const emptyMove: Form<MoveFields> = formOf({ to: '', canned: '', rule: '', reason: '' });

/** What somebody named as the place of a reply: a topic, or the post that it is to answer. */
export type NamedPlace =
  | { readonly topicId: TopicId; readonly postId?: never }
  | { readonly postId: PostId; readonly topicId?: never };

export interface MoveInput {
  readonly form: (fault?: string) => Form<MoveFields>;
  readonly place: NamedPlace | undefined;
  /** Undefined when none was given or what was given cannot be used. */
  readonly reason: Reason | undefined;
}

export function readMoveForm(sent: unknown, reasons: readonly CannedReason[]): MoveInput {
  const { typed, faults, reason } = readReason(sent, reasons);
  const to = readLine(formBody(sent), 'to');
  const form = (fault?: string) => formOf({ to, ...typed }, { ...faults, to: fault });
  return { form, place: readPlace(to), reason: form().hasErrors ? undefined : reason };
}

/** The address of a post leads to it in two ways: by its permalink, and to its place on its topic's page. */
function readPlace(typed: string): NamedPlace | undefined {
  const number = /(?:^|\/)p\/(\d+)(?:[/?#]\S*)?$/.exec(typed)?.[1] ?? /#p(\d+)$/.exec(typed)?.[1];
  const postId = readId<PostId>(number);
  if (postId !== undefined) return { postId };
  const topicId = readOtherTopic(typed);
  return topicId === undefined ? undefined : { topicId };
}

export type SectionFields = ReasonFields | 'section';

export interface SectionInput {
  readonly form: Form<SectionFields>;
  readonly change: { readonly sectionId: SectionId; readonly reason: Reason } | undefined;
}

/** @param sections those of the forum */
export function readSectionForm(
  sent: unknown,
  sections: readonly { readonly id: SectionId; readonly slug: string }[],
  reasons: readonly CannedReason[],
): SectionInput {
  const { typed, faults, reason } = readReason(sent, reasons);
  const slug = readLine(formBody(sent), 'section');
  const section = sections.find((known) => known.slug === slug);
  const form = formOf(
    { section: slug, ...typed },
    { ...faults, section: section ? undefined : 'Choose a section.' },
  );
  return {
    form,
    change: form.hasErrors || !section || !reason ? undefined : { sectionId: section.id, reason },
  };
}
