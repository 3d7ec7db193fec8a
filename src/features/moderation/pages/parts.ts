// Parts that several pages of moderation are made of: the post in question, and the fields of a reason.
import { CANNED_REASONS, withRule } from '../../../domain/actions.ts';
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import type { Field, Form } from '../../../web/forms.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { ReasonFields } from '../forms.ts';
import type { PostShown } from '../queries/subjects.ts';

export const FORMER_MEMBER = 'a former member';

export interface QuoteView {
  readonly author: string;
  /** '' for a former member. */
  readonly authorHref: string;
  readonly identicon: Identicon;
  readonly posted: MomentView;
  /** Of the topic, when the post opens one; else ''. */
  readonly title: string;
  readonly bodyHtml: SafeHtml | '';
  /** Stands where there is no text to read. */
  readonly blank: string;
}

export function quoteView(post: PostShown): QuoteView {
  const { authorName, bodyHtml } = post;
  return {
    author: authorName ?? FORMER_MEMBER,
    authorHref: authorName === null ? '' : paths.member(authorName),
    identicon: identiconOf(authorName ?? ''),
    posted: momentView(post.postedAt),
    title: post.isOpening ? post.topic.title : '',
    bodyHtml: bodyHtml ?? '',
    blank: bodyHtml === null ? whyUnread(post) : 'A link without a text.',
  };
}

/** Why there is no text to read. What is withdrawn is read by nobody, hidden besides or not. */
function whyUnread({ withdrawnAt, state }: PostShown): string {
  if (withdrawnAt !== null) return 'Withdrawn by its author.';
  return state === 'held' ? 'It awaits approval.' : 'Hidden by a moderator.';
}

export interface ReasonView {
  /** Put before the ids of the fields, where several such forms stand on one page. */
  readonly prefix: string;
  /** Empty where no canned reason fits. */
  readonly canned: readonly { readonly value: string; readonly label: string; readonly selected: boolean }[];
  readonly rule: Field;
  readonly reason: Field;
  /** Whether own words stand there, or must: then their fields are not folded away. */
  readonly own: boolean;
}

export function reasonView(
  form: Form<ReasonFields>,
  { prefix = '', offerCanned = true }: { readonly prefix?: string; readonly offerCanned?: boolean } = {},
): ReasonView {
  const { canned, rule, reason } = form.fields;
  return {
    prefix,
    canned: offerCanned
      ? CANNED_REASONS.map(({ rule: number, text }) => ({
          value: text,
          label: withRule(text, number),
          selected: text === canned.value,
        }))
      : [],
    rule,
    reason,
    own: !offerCanned || rule.value !== '' || reason.value !== '' || rule.error !== '' || reason.error !== '',
  };
}
