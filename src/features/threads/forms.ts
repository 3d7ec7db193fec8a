// What the composers send: a topic, a reply, an edit. Read into typed values and into forms that come back as typed.
import type { Fault } from '../../domain/check.ts';
import { type DraftRef, readRef } from '../../domain/drafts.ts';
import { readId, type SectionId, type TopicId } from '../../domain/ids.ts';
import { type BodyKind, checkBody, checkTitle, cleanTitle, type TopicKind } from '../../domain/post-text.ts';
import { checkTags, readTags, type TypedTag } from '../../domain/tags.ts';
import { urlKey, type UrlKey } from '../../domain/url-key.ts';
import { type Form, formBody, formOf, readFlag, readLine, readText } from '../../web/forms.ts';
import type { Section } from '../../web/site.ts';

export type TopicField = 'url' | 'title' | 'section' | 'tags' | 'body';
export type TopicForm = Form<TopicField>;
export type ReplyForm = Form<'body'>;
type Faults<Name extends string> = Readonly<Partial<Record<Name, Fault>>>;

/** What every composer sends besides its fields. */
export interface Sent {
  /** Null when the form sent none, or one that no composer of ours made. */
  readonly formId: string | null;
  /** The draft that the form was opened with. */
  readonly draft: DraftRef | undefined;
  readonly wantsPreview: boolean;
  /** The author says that a model had a hand in it. */
  readonly modelWritten: boolean;
}

export interface TypedTopic {
  readonly kind: TopicKind;
  readonly address: UrlKey | null;
  readonly title: string;
  readonly sectionId: SectionId;
  readonly tags: readonly TypedTag[];
  readonly body: string;
}

export interface TopicInput extends Sent {
  /** As typed, with faults that only the renderer can find added. */
  readonly form: (faults?: Faults<TopicField>) => TopicForm;
  /** As typed, without a word of what is wrong but what is given: for a preview, or with another title in it. */
  readonly unchecked: (changes?: {
    readonly title?: string;
    readonly faults?: Faults<TopicField>;
  }) => TopicForm;
  /** "Fetch title" was pressed, or the script asks for what it would show. */
  readonly wantsFetch: boolean;
  /** "Use the publisher's headline" was pressed. */
  readonly wantsHeadline: boolean;
  /** The title that was fetched and put into the field; '' when none was. */
  readonly fetchedTitle: string;
  /** Null when there is none, or none that can be read: `addressFault` says which. */
  readonly address: UrlKey | null;
  readonly addressFault: Fault;
  readonly digest: boolean;
  readonly kind: TopicKind;
  readonly title: string;
  readonly body: string;
  /** Undefined when something is wrong. */
  readonly topic: TypedTopic | undefined;
  /** A tag that was pressed among those suggested; '' when none was. It stands in the form already. */
  readonly addedTag: string;
  /** Topics that the form has warned of already. */
  readonly seen: readonly TopicId[];
}

/** @param sections those that can be chosen */
export function readTopicForm(sent: unknown, sections: readonly Section[]): TopicInput {
  const fields = formBody(sent);
  const typed = {
    url: readLine(fields, 'url'),
    title: readLine(fields, 'title'),
    section: readLine(fields, 'section'),
    tags: withTag(readLine(fields, 'tags'), readLine(fields, 'add-tag')),
    body: readBody(fields),
  };
  const digest = readFlag(fields, 'digest');
  const kind = digest ? 'digest' : typed.url === '' ? 'text' : 'link';
  const title = cleanTitle(typed.title);
  const address = typed.url === '' ? null : urlKey(typed.url);
  const section = sections.find(({ slug }) => slug === typed.section);
  const tags = readTags(typed.tags);
  const faults: Faults<TopicField> = {
    url:
      digest && address
        ? 'A digest has no address of its own: put the links into the text.'
        : faultOf(address),
    title: checkTitle(title),
    section: section ? undefined : 'Choose a section.',
    tags: checkTags(tags),
    body: checkBody(typed.body, kind),
  };
  const sound = Object.values(faults).every((fault) => fault === undefined);
  return {
    ...readSent(fields),
    form: (more = {}) => formOf(typed, { ...faults, ...more }),
    unchecked: ({ title: other = typed.title, faults: some = {} } = {}) =>
      formOf({ ...typed, title: other }, some),
    wantsFetch: readFlag(fields, 'fetch'),
    wantsHeadline: readFlag(fields, 'headline'),
    fetchedTitle: readLine(fields, 'fetched_title'),
    address: address?.ok === true ? address : null,
    addressFault: address === null ? 'Give an address first.' : faultOf(address),
    digest,
    kind,
    title,
    body: typed.body,
    topic:
      sound && section && address?.ok !== false
        ? { kind, address, title, sectionId: section.id, tags, body: typed.body }
        : undefined,
    addedTag: readLine(fields, 'add-tag'),
    seen: readLine(fields, 'again')
      .split(' ')
      .flatMap((text) => readId<TopicId>(text) ?? []),
  };
}

/** The tags as typed, and one more. */
function withTag(typed: string, more: string): string {
  if (more === '') return typed;
  const before = typed.replace(/[\s,]+$/, '');
  return before === '' ? more : `${before}, ${more}`;
}

export interface ReplyInput extends Sent {
  readonly body: string;
  /** It comes from a topic that is not to be posted: to be shown, with the topic's address under the text. */
  readonly carried: ReplyForm | undefined;
  readonly form: (fault?: Fault) => ReplyForm;
  readonly unchecked: ReplyForm;
  readonly sound: boolean;
}

export function readReplyForm(sent: unknown): ReplyInput {
  const fields = formBody(sent);
  const body = readBody(fields);
  const found = checkBody(body, 'reply');
  return {
    ...readSent(fields),
    body,
    carried: readFlag(fields, 'carry') ? replyForm(withAddress(body, readLine(fields, 'url'))) : undefined,
    form: (fault) => replyForm(body, found ?? fault),
    unchecked: replyForm(body),
    sound: found === undefined,
  };
}

/** A text with an address under it, unless it stands in it already. */
function withAddress(text: string, address: string): string {
  if (address === '' || text.includes(address)) return text;
  return text === '' ? address : `${text}\n\n${address}`;
}

export function replyForm(body: string, fault?: Fault): ReplyForm {
  return formOf({ body }, { body: fault });
}

/** What the author may change of a post besides its text, and what stands there now. */
export interface EditScope {
  readonly kind: BodyKind;
  /** Null for replies. */
  readonly topic: {
    readonly title: string;
    readonly sectionSlug: string;
    readonly tags: readonly TypedTag[];
    /** The article's address; '' for topics without one. */
    readonly url: string;
    readonly can: { readonly title: boolean; readonly address: boolean };
  } | null;
}

export interface EditInput extends Sent {
  readonly form: (faults?: Faults<TopicField>) => TopicForm;
  readonly unchecked: TopicForm;
  /** A tag that was pressed among those suggested; '' when none was. It stands in the form already. */
  readonly addedTag: string;
  readonly title: string;
  readonly body: string;
  /** Undefined when something is wrong; `topic` is null for replies. */
  readonly edit:
    { readonly body: string; readonly topic: Omit<TypedTopic, 'kind' | 'body'> | null } | undefined;
  /** -1 when the form does not say: then it is stale. */
  readonly seenVersion: number;
}

/** Reads an edit; fields that the author may not change are as they are, whatever was sent. */
export function readEditForm(
  sent: unknown,
  { kind, topic }: EditScope,
  sections: readonly Section[],
): EditInput {
  const fields = formBody(sent);
  const typed = {
    url: topic?.can.address ? readLine(fields, 'url') : (topic?.url ?? ''),
    title: topic?.can.title ? readLine(fields, 'title') : (topic?.title ?? ''),
    section: topic ? readLine(fields, 'section') : '',
    tags: topic ? withTag(readLine(fields, 'tags'), readLine(fields, 'add-tag')) : '',
    body: readBody(fields),
  };
  const title = topic?.can.title ? cleanTitle(typed.title) : typed.title;
  const address = topic?.can.address ? urlKey(typed.url) : null;
  const section = sections.find(({ slug }) => slug === typed.section);
  const tags = readTags(typed.tags);
  const faults: Faults<TopicField> = {
    url: faultOf(address),
    title: topic?.can.title ? checkTitle(title) : undefined,
    section: topic && !section ? 'Choose a section.' : undefined,
    tags: checkTags(tags),
    body: checkBody(typed.body, kind),
  };
  const sound = Object.values(faults).every((fault) => fault === undefined) && address?.ok !== false;
  const changed = topic && section && sound ? { title, address, sectionId: section.id, tags } : null;
  const version = readLine(fields, 'version');
  return {
    ...readSent(fields),
    form: (more = {}) => formOf(typed, { ...faults, ...more }),
    unchecked: formOf(typed),
    addedTag: topic ? readLine(fields, 'add-tag') : '',
    title,
    body: typed.body,
    edit: sound ? { body: typed.body, topic: changed } : undefined,
    seenVersion: /^\d{1,9}$/.test(version) ? Number(version) : -1,
  };
}

/** A text without the empty lines around it. Spaces before its first words mean something in Markdown. */
function readBody(fields: Readonly<Record<string, unknown>>): string {
  return readText(fields, 'body')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function readSent(fields: Readonly<Record<string, unknown>>): Sent {
  const formId = readLine(fields, 'form_id');
  return {
    formId: /^[\w-]{16,64}$/.test(formId) ? formId : null,
    draft: readRef(readLine(fields, 'draft')),
    wantsPreview: readFlag(fields, 'preview'),
    modelWritten: readFlag(fields, 'model'),
  };
}

function faultOf(address: ReturnType<typeof urlKey> | null): Fault {
  return address === null || address.ok ? undefined : address.reason;
}
