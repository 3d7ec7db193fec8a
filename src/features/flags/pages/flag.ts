// The page on which a member flags something, or takes a flag back.
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import { labelOfReason, reasonsFor } from '../../../domain/flags.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import { sourceView, type SourceView } from '../../threads/pages.ts';
import type { FlaggedMember, SubjectShown } from '../find-subject.ts';
import type { OwnFlag } from '../queries/flags.ts';
import { quoteView, type QuoteView } from './quote.ts';

export interface FlagPage {
  readonly head: Head;
  readonly heading: string;
  readonly back: { readonly href: string; readonly title: string };
  /** What is flagged: one of these. */
  readonly quote: QuoteView | null;
  readonly member: MemberView | null;
  readonly source: SourceView | null;
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
  readonly legend: string;
  readonly reason: Field;
  readonly note: Field;
  readonly noteLength: number;
  readonly form: Form<'reason' | 'note'>;
  readonly button: string;
  /** '' when there is none. */
  readonly refusal: string;
  readonly rulesHref: string;
  /** The form for illegal content that ends with an answer by mail; '' where there is none. */
  readonly reportHref: string;
}

interface MemberView {
  readonly name: string;
  readonly identicon: Identicon;
  readonly since: MomentView;
  readonly about: readonly string[];
  readonly affiliation: string;
  readonly pronouns: string;
  /** As text: whoever reports it need not follow it. */
  readonly link: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'flags/flag': FlagPage;
  }
}

export interface FlagFacts {
  readonly shown: SubjectShown;
  readonly form: Form<'reason' | 'note'>;
  /** The flag that waits already. */
  readonly own: OwnFlag | undefined;
  /** Why what was sent was not taken. */
  readonly refusal?: string;
}

export function flagPage({ shown, form, own, refusal = '' }: FlagFacts): FlagPage {
  const { reason, note } = form.fields;
  const subject = subjectView(shown);
  return {
    ...subject,
    head: { title: subject.heading, noindex: true },
    own: own ? { reason: labelOfReason(own.reason), note: own.note } : null,
    reasons: reasonsFor(shown.kind).map((known, index) => ({
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

type OfSubject = 'heading' | 'back' | 'quote' | 'member' | 'source' | 'action' | 'legend' | 'reportHref';

function subjectView(shown: SubjectShown): Pick<FlagPage, OfSubject> {
  const nothing = { quote: null, member: null, source: null, reportHref: '' };
  switch (shown.kind) {
    case 'post': {
      const { post } = shown;
      return {
        ...nothing,
        heading: `Flag this ${post.isOpening ? 'topic' : 'reply'}`,
        back: { href: paths.post(post.id), title: post.topic.title },
        quote: quoteView(post),
        action: paths.postFlag(post.id),
        legend: 'What is wrong with it',
        reportHref: paths.postReport(post.id),
      };
    }
    case 'member': {
      const { name } = shown.member;
      return {
        ...nothing,
        heading: `Report ${name}`,
        back: { href: paths.member(name), title: name },
        member: memberView(shown.member),
        action: paths.memberFlag(name),
        legend: 'What is wrong with the name, or with what stands on the page',
      };
    }
    case 'source': {
      const { topic, source } = shown;
      return {
        ...nothing,
        heading: 'Flag this source',
        back: { href: paths.topicSources(topic.id), title: topic.title },
        source: sourceView(source, { title: '', changeHref: () => '', flagHref: () => '' }),
        action: paths.topicSourceFlag(topic.id, source.id),
        legend: 'What is wrong with it',
      };
    }
  }
}

function memberView(member: FlaggedMember): MemberView {
  const { name, joinedAt, about, affiliation, pronouns, link } = member;
  return {
    name,
    identicon: identiconOf(name),
    since: momentView(joinedAt),
    about: about === '' ? [] : about.split('\n'),
    affiliation,
    pronouns,
    link,
  };
}
