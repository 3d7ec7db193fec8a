// The page on which a reply is written, and what all composers have.
import type { DraftPlace } from '../../../domain/drafts.ts';
import { NEW_MEMBER } from '../../../domain/limits.ts';
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { PostId } from '../../../domain/ids.ts';
import { excerptOf, type SafeHtml } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths, type TopicAddress } from '../../../web/paths.ts';
import type { Section } from '../../../web/site.ts';
import type { Head } from '../../../web/views.ts';
import { type ComposerDraft } from '../../drafts/pages.ts';
import type { EarlierTopic } from '../../links/index.ts';
import type { ReplyForm } from '../forms.ts';
import type { ReplyContext } from '../queries/writing.ts';

declare module '../../../web/views.ts' {
  interface Views {
    'posts/reply': ReplyPage;
  }
}

export interface SectionChoice {
  readonly slug: string;
  readonly name: string;
  readonly chosen: boolean;
}

/** What every composer shows besides its fields. */
export interface Composer {
  /** Rendered by the server at the press of Preview; '' when it was not pressed. */
  readonly previewHtml: SafeHtml | '';
  /** Why what was sent was refused, when no field is to blame; '' when it was not. */
  readonly refusal: string;
  /** Where to log in, for whoever was logged out while writing; '' for members. */
  readonly signInHref: string;
  readonly formId: string;
  readonly modelWritten: boolean;
  readonly draft: ComposerDraft;
}

export interface EarlierView {
  readonly title: string;
  readonly href: string;
  readonly replyHref: string;
  readonly posted: MomentView;
  readonly replies: string;
}

export function sectionChoices(sections: readonly Section[], chosen: string): SectionChoice[] {
  return sections.map(({ slug, name }) => ({ slug, name, chosen: slug === chosen }));
}

export function earlierView(topic: EarlierTopic): EarlierView {
  return {
    title: topic.title,
    href: paths.topic(topic),
    replyHref: paths.topicReply(topic.id),
    posted: momentView(topic.postedAt),
    replies: counted(topic.replyCount, 'reply', 'replies'),
  };
}

export interface ReplyPage extends Composer {
  readonly head: Head;
  readonly heading: string;
  readonly back: TopicLink;
  /** Null when it is not to be read (any more). */
  readonly answered: AnsweredView | null;
  readonly form: ReplyForm;
  readonly action: string;
  /** What was done before the reply is written; '' when it is just a reply. */
  readonly done: string;
  /** For whoever has written nothing yet. */
  readonly first: FirstWords | null;
}

/** How this place talks, and what becomes of a first post. */
export interface FirstWords {
  readonly rulesHref: string;
  /** How many posts with a link wait for a moderator; '' where none does. */
  readonly held: number | '';
}

export interface TopicLink {
  readonly title: string;
  readonly href: string;
}

/** The post that is answered: a reply in full, the topic itself by its beginning. */
export interface AnsweredView {
  /** '' for a former member, `href` too. */
  readonly name: string;
  readonly href: string;
  readonly identicon: Identicon;
  readonly posted: MomentView;
  readonly textHtml: SafeHtml | '';
  readonly extract: string;
}

export interface ReplyFacts {
  readonly context: ReplyContext;
  readonly form: ReplyForm;
  readonly formId: string;
  readonly draft: ComposerDraft;
  readonly previewHtml?: SafeHtml | '';
  readonly refusal?: string;
  readonly signInHref?: string;
  readonly modelWritten?: boolean;
  readonly done?: string;
  /** See doFirstLinksWait. */
  readonly linksWait: boolean;
}

/** How much of an opening post stands above the composer: the topic is one press away. */
const EXTRACT = 400;

export function replyPage({ context, form, formId, draft, ...shown }: ReplyFacts): ReplyPage {
  const { answered, parent } = context;
  const name = answered.authorName ?? '';
  const heading = parent === null ? 'Reply to this topic' : `Reply to ${name || 'this reply'}`;
  return {
    head: { title: heading, noindex: true, section: context.sectionSlug },
    heading,
    back: topicLink({ id: context.topicId, slug: context.topicSlug }, context.topicTitle, parent?.id),
    answered:
      answered.bodyHtml === null
        ? null
        : {
            name,
            href: name === '' ? '' : paths.member(name),
            identicon: identiconOf(name),
            posted: momentView(answered.postedAt),
            textHtml: parent === null ? '' : answered.bodyHtml,
            extract: parent === null ? excerptOf(answered.bodyHtml, EXTRACT) : '',
          },
    form,
    formId,
    draft,
    action: parent === null ? paths.topicReply(context.topicId) : paths.postReply(parent.id),
    previewHtml: shown.previewHtml ?? '',
    refusal: shown.refusal ?? '',
    signInHref: shown.signInHref ?? '',
    modelWritten: shown.modelWritten ?? false,
    done: shown.done ?? '',
    first: firstWords(context, shown),
  };
}

/** What somebody who writes here for the first time is told; whoever was logged out is not known. */
function firstWords(
  { hasWritten }: Pick<ReplyContext, 'hasWritten'>,
  { linksWait, signInHref = '' }: Pick<ReplyFacts, 'linksWait' | 'signInHref'>,
): FirstWords | null {
  if (hasWritten || signInHref !== '') return null;
  return { rulesHref: paths.rules(), held: linksWait ? NEW_MEMBER.heldPostsWithLink : '' };
}

/** Which composer a reply is written in. */
export function placeOfReply({ topicId, parent }: ReplyContext): DraftPlace {
  return { kind: 'reply', topicId, parentId: parent?.id ?? null };
}

/** The way back to a topic, or to one of its replies. */
export function topicLink(topic: TopicAddress, title: string | null, replyId?: PostId): TopicLink {
  return {
    title: title ?? 'Back to the topic',
    href: replyId === undefined ? paths.topic(topic) : paths.post(replyId),
  };
}

/** A quote longer than this is not read; the writer can always paste more. */
const LONGEST_QUOTE = 1_500;

/** A text as a quote to be answered: without what it quotes itself, whole lines, and not all of a long one. */
export function quoteOf(markdown: string): string {
  const own = markdown.split('\n').filter((line) => !/^\s{0,3}>/.test(line));
  const lines: string[] = [];
  let length = 0;
  for (const line of own.join('\n').trim().split('\n')) {
    length += line.length;
    if (length > LONGEST_QUOTE && lines.length > 0) {
      lines.push('…');
      break;
    }
    lines.push(line);
  }
  const quote = lines.map((line) => (line.trim() === '' ? '>' : `> ${line}`)).join('\n');
  return quote === '>' ? '' : `${quote}\n\n`;
}
