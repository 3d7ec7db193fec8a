// The page on which a topic is started, and the parts of it that change while somebody types.
import { LENGTHS } from '../../../domain/limits.ts';
import type { TopicId } from '../../../domain/ids.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Section } from '../../../web/site.ts';
import type { Head } from '../../../web/views.ts';
import type { Draft } from '../../drafts/index.ts';
import { type ComposerDraft, unsentDraft, type UnsentDraft } from '../../drafts/pages.ts';
import type { CitingReply } from '../../links/index.ts';
import { type NamedTopic, type Obstacles } from '../checks.ts';
import type { TopicForm } from '../forms.ts';
import {
  type Composer,
  earlierView,
  type EarlierView,
  type SectionChoice,
  sectionChoices,
} from './compose.ts';
import { fetchedView, type FetchedFacts, type FetchedView } from './fetched.ts';

declare module '../../../web/views.ts' {
  interface Views {
    'topics/submit': SubmitPage;
    'topics/_address-checks': ChecksView;
    'topics/_title-checks': ChecksView;
  }
}

export interface SubmitPage extends Composer {
  readonly head: Head;
  /** A new topic that was begun before, and can be gone on with. */
  readonly unsent: UnsentDraft | null;
  readonly form: TopicForm;
  readonly action: string;
  readonly checkHref: string;
  readonly rulesHref: string;
  readonly sections: readonly SectionChoice[];
  readonly tagsMost: number;
  /** Tags others use, as one line; '' while there are none. */
  readonly tagsInUse: string;
  /** Tags that the title names and that are not in the field yet. */
  readonly suggestedTags: readonly string[];
  readonly digest: { readonly offered: boolean; readonly checked: boolean };
  readonly checks: ChecksView;
  /** The title that was fetched and stands in the field; '' when none does. */
  readonly fetchedTitle: string;
  /** Ids of the topics shown, to be sent along: pressing the button again posts. */
  readonly again: string;
}

/** What is said of an address and a title: on the page, and to the script that asks while somebody types. */
export interface ChecksView {
  /** "alert" when it is why a topic was not posted. */
  readonly role: 'alert' | 'status';
  readonly fetched: FetchedView;
  readonly refused: NamedView | null;
  readonly sameAddress: NamedView | null;
  readonly cited: readonly CitedView[];
  readonly similar: readonly NamedView[];
  readonly hidesPublisher: boolean;
}

/** An earlier topic with what can be done there; addresses are '' for what cannot. */
interface NamedView extends EarlierView {
  readonly id: TopicId;
  readonly addHref: string;
}

interface CitedView {
  readonly topicId: TopicId;
  readonly title: string;
  readonly topicHref: string;
  readonly href: string;
  readonly name: string;
  readonly posted: MomentView;
  readonly addHref: string;
  readonly replyHref: string;
}

export interface SubmitFacts {
  readonly draft: ComposerDraft;
  readonly unsent?: Draft | undefined;
  readonly form: TopicForm;
  readonly formId: string;
  readonly sections: readonly Section[];
  readonly popularTags: readonly string[];
  readonly suggestedTags: readonly string[];
  readonly mayPostDigest: boolean;
  readonly digest: boolean;
  readonly modelWritten: boolean;
  readonly checks: ChecksFacts;
  readonly fetchedTitle: string;
  /** Topics that have been shown, now or before. */
  readonly seen: readonly TopicId[];
  readonly previewHtml?: SafeHtml | '';
  readonly refusal?: string;
  readonly signInHref?: string;
}

export function submitPage(facts: SubmitFacts): SubmitPage {
  const { form, formId } = facts;
  return {
    head: { title: 'Post a topic', noindex: true },
    form,
    formId,
    draft: facts.draft,
    unsent: facts.unsent ? unsentDraft(facts.unsent) : null,
    action: paths.submit(),
    checkHref: paths.submitCheck(),
    rulesHref: paths.rules(),
    sections: sectionChoices(facts.sections, form.fields.section.value),
    tagsMost: LENGTHS.tagsPerTopic,
    tagsInUse: facts.popularTags.join(', '),
    suggestedTags: facts.suggestedTags,
    digest: { offered: facts.mayPostDigest || facts.digest, checked: facts.digest },
    modelWritten: facts.modelWritten,
    previewHtml: facts.previewHtml ?? '',
    refusal: facts.refusal ?? '',
    signInHref: facts.signInHref ?? '',
    checks: checksView(facts.checks),
    fetchedTitle: facts.fetchedTitle,
    again: [...new Set(facts.seen)].join(' '),
  };
}

export interface ChecksFacts {
  readonly obstacles: Obstacles | undefined;
  readonly fetched: FetchedFacts;
  /** There is an address to add to another topic. */
  readonly hasAddress: boolean;
  /** They are why a topic was not posted. */
  readonly stopped: boolean;
}

export function checksView({ obstacles, fetched, hasAddress, stopped }: ChecksFacts): ChecksView {
  const named = (topic: NamedTopic): NamedView => ({
    ...earlierView(topic),
    id: topic.id,
    addHref: hasAddress && !topic.hasAddress ? paths.topicSources(topic.id) : '',
    replyHref: topic.takesReplies ? paths.topicReply(topic.id) : '',
  });
  return {
    role: stopped ? 'alert' : 'status',
    fetched: fetchedView(fetched),
    refused: obstacles?.refused ? named(obstacles.refused) : null,
    sameAddress: obstacles?.sameAddress ? named(obstacles.sameAddress) : null,
    cited: obstacles?.cited.map(citedView) ?? [],
    similar: obstacles?.similar.map(named) ?? [],
    hidesPublisher: obstacles?.hidesPublisher ?? false,
  };
}

function citedView({ id, topicId, topicSlug, topicTitle, authorName, postedAt }: CitingReply): CitedView {
  return {
    topicId,
    title: topicTitle,
    topicHref: paths.topic({ id: topicId, slug: topicSlug }),
    href: paths.post(id),
    name: authorName ?? 'a former member',
    posted: momentView(postedAt),
    addHref: paths.topicSources(topicId),
    replyHref: paths.postReply(id),
  };
}
