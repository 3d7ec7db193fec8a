// The pages about one post of one's own: editing and withdrawing it; and its history, for whoever may read it.
import { type DiffPart, wordDiff } from '../../../lib/word-diff.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { LENGTHS, WINDOWS } from '../../../domain/limits.ts';
import { mayBlankRevision } from '../../../domain/policy/posts.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Section } from '../../../web/site.ts';
import type { Head } from '../../../web/views.ts';
import type { ComposerDraft } from '../../drafts/pages.ts';
import type { EarlierTopic } from '../../links/index.ts';
import type { EditScope, TopicField, TopicForm } from '../forms.ts';
import type { EarlierText, PostDetails } from '../queries/own-posts.ts';
import {
  earlierView,
  type EarlierView,
  type SectionChoice,
  sectionChoices,
  topicLink,
  type TopicLink,
} from './compose.ts';

declare module '../../../web/views.ts' {
  interface Views {
    'posts/edit': EditPage;
    'posts/history': HistoryPage;
    'posts/withdraw': WithdrawPage;
  }
}

export interface EditPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: TopicLink;
  readonly action: string;
  readonly form: TopicForm;
  readonly version: number;
  readonly formId: string;
  readonly draft: ComposerDraft;
  readonly modelWritten: boolean;
  /** Null for replies. */
  readonly topic: {
    readonly can: { readonly title: boolean; readonly address: boolean };
    readonly sections: readonly SectionChoice[];
    readonly tagsMost: number;
    readonly suggestedTags: readonly string[];
  } | null;
  readonly label: string;
  readonly previewHtml: SafeHtml | '';
  readonly refusal: string;
  /** Where to log in, for whoever was logged out while writing; '' for members. */
  readonly signInHref: string;
  readonly refused: EarlierView | null;
  /** What was saved in another window meanwhile; saving again replaces it. */
  readonly stale: {
    readonly bodyMd: string;
    /** What the form says otherwise of the topic; none for replies. */
    readonly fields: readonly { readonly label: string; readonly value: string }[];
  } | null;
}

export interface EditFacts {
  readonly post: PostDetails;
  readonly scope: EditScope;
  readonly form: TopicForm;
  readonly version: number;
  readonly formId: string;
  readonly draft: ComposerDraft;
  readonly modelWritten: boolean;
  readonly sections: readonly Section[];
  /** Tags that the title names and that are not in the field. */
  readonly suggestedTags: readonly string[];
  readonly previewHtml?: SafeHtml | '';
  readonly refusal?: string;
  readonly signInHref?: string;
  readonly refused?: EarlierTopic;
  /** What stands there now, when that is not what the form was made from. */
  readonly saved?: Readonly<Record<TopicField, string>>;
}

export function editPage(facts: EditFacts): EditPage {
  const { post, scope, form, version, refused, saved } = facts;
  const heading = post.isOpening ? 'Edit your topic' : 'Edit your reply';
  return {
    head: { title: heading, noindex: true, section: post.topic.sectionSlug },
    heading,
    back: backLink(post),
    action: paths.postEdit(post.id),
    form,
    version,
    formId: facts.formId,
    draft: facts.draft,
    modelWritten: facts.modelWritten,
    topic: scope.topic && {
      can: scope.topic.can,
      sections: sectionChoices(facts.sections, form.fields.section.value),
      tagsMost: LENGTHS.tagsPerTopic,
      suggestedTags: facts.suggestedTags,
    },
    label: post.isOpening ? 'Text' : 'Your reply',
    previewHtml: facts.previewHtml ?? '',
    refusal: facts.refusal ?? '',
    signInHref: facts.signInHref ?? '',
    refused: refused ? earlierView(refused) : null,
    stale: saved ? { bodyMd: saved.body, fields: scope.topic ? otherFields(facts, saved) : [] } : null,
  };
}

const TOPIC_FIELDS = { url: 'Address', title: 'Title', section: 'Section', tags: 'Tags' } as const;

function otherFields({ form, sections }: EditFacts, saved: Readonly<Record<TopicField, string>>) {
  return (['url', 'title', 'section', 'tags'] as const)
    .filter((name) => saved[name] !== form.fields[name].value)
    .map((name) => {
      const value =
        name === 'section' ? sections.find(({ slug }) => slug === saved.section)?.name : saved[name];
      return { label: TOPIC_FIELDS[name], value: value === undefined || value === '' ? 'none' : value };
    });
}

function backLink({ id, isOpening, topic }: PostDetails): TopicLink {
  return topicLink(topic, topic.title, isOpening ? undefined : id);
}

export interface HistoryPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: TopicLink;
  readonly versions: readonly VersionView[];
  /** Older versions; '' when there are none. */
  readonly nextHref: string;
}

export interface VersionView {
  readonly label: string;
  readonly since: MomentView;
  /** Replaced within the first minutes: others do not see it. */
  readonly silent: boolean;
  readonly blanked: boolean;
  /** Where a moderator blanks it; '' for others, and for the text as it is now. */
  readonly blankHref: string;
  /** Empty when the title is as it was before, and for replies. */
  readonly title: readonly PartView[];
  readonly body: readonly PartView[];
}

export interface PartView {
  readonly text: string;
  readonly added: boolean;
  readonly removed: boolean;
}

/** A page of a history compares this many texts: each comparison costs, and who edits more can be paged through. */
export const HISTORY_PAGE = 5;

export interface HistoryFacts {
  readonly post: PostDetails;
  /** Newest first; one more than fit when there are older ones. */
  readonly earlier: readonly EarlierText[];
  /** Whether the present text stands above them: on the first page. */
  readonly withPresent: boolean;
  readonly viewer: Viewer;
  readonly now: Date;
}

/** The text that stands there now. */
type Present = Pick<PostDetails, 'version' | 'bodyMd'> &
  Pick<EarlierText, 'title' | 'silent'> & { readonly id: null };

export function historyPage({ post, earlier, withPresent, viewer, now }: HistoryFacts): HistoryPage {
  const mayBlank = (text: EarlierText | Present): text is EarlierText =>
    text.id !== null &&
    mayBlankRevision(viewer, { authorId: post.authorId, blankedAt: text.blankedAt }, now).allowed;
  const present: Present = {
    id: null,
    version: post.version,
    title: post.topic.title ?? '',
    bodyMd: post.bodyMd,
    silent: false,
  };
  const texts = withPresent ? [present, ...earlier] : earlier;
  const versions = texts.slice(0, HISTORY_PAGE).map((text, index): VersionView => {
    const before = earlier[withPresent ? index : index + 1];
    return {
      label: labelOf(text.version === post.version, before === undefined),
      since: momentView(before?.replacedAt ?? post.postedAt),
      silent: text.silent,
      blanked: text.bodyMd === null,
      blankHref: mayBlank(text) ? paths.postBlank(post.id, text.id) : '',
      title: post.isOpening ? titleParts(text, before) : [],
      body: text.bodyMd === null ? [] : partsOf(before?.bodyMd ?? undefined, text.bodyMd),
    };
  });
  const last = texts[HISTORY_PAGE - 1];
  const heading = post.isOpening
    ? 'History of this topic'
    : `History of a reply by ${post.authorName ?? 'a former member'}`;
  return {
    head: { title: heading, noindex: true, section: post.topic.sectionSlug },
    heading,
    back: backLink(post),
    versions,
    nextHref:
      last && texts.length > HISTORY_PAGE ? `${paths.postHistory(post.id)}?before=${last.version}` : '',
  };
}

/** The title, where it is another one than before; a blanked one is not said, nor compared with. */
function titleParts(
  { title }: Pick<EarlierText, 'title'>,
  before: EarlierText | undefined,
): readonly PartView[] {
  if (title === '' || title === before?.title) return [];
  return partsOf(before?.title === '' ? undefined : before?.title, title);
}

function labelOf(isPresent: boolean, isFirst: boolean): string {
  if (isPresent) return isFirst ? 'As posted, never edited' : 'As it is now';
  return isFirst ? 'As posted' : 'Edited';
}

/** What changed since the text before, or all of it when there is none (or it was blanked). */
function partsOf(before: string | undefined, after: string): PartView[] {
  const parts: readonly DiffPart[] =
    before === undefined ? [{ text: after, change: 'same' }] : wordDiff(before, after);
  return parts.map(({ text, change }) => ({
    text,
    added: change === 'added',
    removed: change === 'removed',
  }));
}

export interface WithdrawPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: TopicLink;
  readonly action: string;
  readonly isTopic: boolean;
  /** Withdrawn already: until when that can be undone; null when it cannot. */
  readonly withdrawn: { readonly undoUntil: MomentView | null } | null;
  readonly undoFor: string;
  readonly erasedAfter: string;
}

export function withdrawPage(post: PostDetails, mayUndo: boolean): WithdrawPage {
  const what = post.isOpening ? 'topic' : 'reply';
  const { withdrawnAt } = post;
  const heading = withdrawnAt === null ? `Delete your ${what}` : `Your ${what} is deleted`;
  return {
    head: { title: heading, noindex: true, section: post.topic.sectionSlug },
    heading,
    back: backLink(post),
    action: paths.postWithdraw(post.id),
    isTopic: post.isOpening,
    withdrawn: withdrawnAt && {
      undoUntil: mayUndo ? momentView(new Date(withdrawnAt.getTime() + WINDOWS.undoWithdraw)) : null,
    },
    undoFor: spellDuration(WINDOWS.undoWithdraw),
    erasedAfter: spellDuration(WINDOWS.eraseWithdrawn),
  };
}
