// The page on which members suggest a better title or tags.
import type { CannedReason } from '../../domain/canned-reasons.ts';
import { LENGTHS } from '../../domain/limits.ts';
import { changesAtOnce } from '../../domain/policy/suggestions.ts';
import type { Member } from '../../domain/viewer.ts';
import type { Form } from '../../web/forms.ts';
import { counted } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { ReasonFields } from '../log/index.ts';
import { reasonView, type ReasonView } from '../log/pages.ts';
import type { OpenSuggestion } from '../suggestions/index.ts';
import type { TopicDetails } from '../threads/index.ts';
import type { CorrectionField, Present } from './forms.ts';

export interface SuggestPage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly heading: string;
  readonly lead: string;
  readonly action: string;
  readonly refusal: string;
  readonly errors: Pick<Form<string>, 'errors' | 'hasErrors'>;
  readonly form: Form<CorrectionField>;
  readonly opened: Present;
  readonly tagsMost: number;
  readonly open: readonly SuggestedView[];
  /** What a moderator gives with it; null for members. */
  readonly reason: ReasonView | null;
  readonly button: string;
  readonly agreeButton: string;
}
/** What some members suggest, for others to look at and to say, too. */
export interface SuggestedView {
  readonly text: string;
  readonly kind: string;
  readonly own: boolean;
  /** What a button of others sends; '' when it is the viewer's own, or that nothing be there. */
  readonly agree: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'corrections/suggest': SuggestPage;
  }
}

export interface SuggestFacts {
  readonly viewer: Member;
  readonly topic: TopicDetails;
  readonly open: readonly OpenSuggestion[];
  readonly form: Form<CorrectionField>;
  readonly opened: Present;
  readonly reasonForm: Form<ReasonFields>;
  readonly reasons: readonly CannedReason[];
  readonly refusal?: string;
}

export function suggestPage(facts: SuggestFacts): SuggestPage {
  const { viewer, topic, open, form, opened, reasonForm, refusal } = facts;
  const atOnce = changesAtOnce(viewer);
  const heading = atOnce ? 'Change the title or tags' : 'Suggest a better title or tags';
  const errors = [...form.errors, ...reasonForm.errors];
  return {
    head: { title: heading, noindex: true, section: topic.sectionSlug },
    back: { href: paths.topic(topic), title: topic.title },
    heading,
    lead: atOnce
      ? 'The decision stands in the log.'
      : 'What two members suggest alike is changed. Others see what was suggested, and not by whom.',
    action: paths.topicSuggest(topic.id),
    refusal: refusal ?? '',
    errors: { errors, hasErrors: errors.length > 0 },
    form,
    opened,
    tagsMost: LENGTHS.tagsPerTopic,
    open: open.map(({ kind, shown, members, own }) => ({
      text: `${counted(members, 'member suggests', 'members suggest')} ${
        kind === 'title' ? `the title: ${shown}` : `the tags: ${shown || 'none'}`
      }`,
      own,
      kind,
      agree: own ? '' : shown,
    })),
    reason: atOnce ? reasonView(reasonForm, facts.reasons) : null,
    button: atOnce ? 'Change' : 'Suggest',
    agreeButton: atOnce ? 'Apply' : 'Suggest the same',
  };
}
