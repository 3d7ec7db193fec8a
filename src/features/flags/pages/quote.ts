// The post that a page of moderation is about.
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { PostShown } from '../../threads/index.ts';

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
