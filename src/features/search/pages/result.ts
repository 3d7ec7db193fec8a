// One post that was found, as the search page shows it.
import type { SafeHtml } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Highlights } from '../highlights.ts';
import type { FoundPost } from '../queries/found.ts';

export interface ResultView {
  readonly href: string;
  readonly titleHtml: SafeHtml;
  readonly section: { readonly name: string; readonly href: string };
  /** "Topic" or "Reply". */
  readonly kind: string;
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly posted: MomentView;
  readonly upvotes: string;
  /** '' for a reply. */
  readonly replies: string;
  readonly excerptHtml: SafeHtml;
  /** The words where they stand in tags and sources; '' where title or text has them. */
  readonly besideHtml: SafeHtml;
}

export function resultView(post: FoundPost & Highlights): ResultView {
  const { isReply, authorName, titleHtml, excerptHtml, besideHtml } = post;
  return {
    href: isReply ? paths.post(post.id) : paths.topic({ id: post.topicId, slug: post.slug }),
    titleHtml,
    section: { name: post.sectionName, href: paths.section(post.sectionSlug) },
    kind: isReply ? 'Reply' : 'Topic',
    author: authorName === null ? null : { name: authorName, href: paths.member(authorName) },
    posted: momentView(post.postedAt),
    upvotes: counted(post.score, 'upvote', 'upvotes'),
    replies: isReply ? '' : counted(post.replyCount, 'reply', 'replies'),
    excerptHtml,
    besideHtml,
  };
}
