// The topics that were merged into one, below its own text.
import { mayUnmergeTopic } from '../../../domain/policy/merges.ts';
import { mayEditPost, mayWithdrawPost } from '../../../domain/policy/posts.ts';
import { mayHideTopic, mayRestoreTopic } from '../../../domain/policy/topics.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { TopicId } from '../../../domain/ids.ts';
import type { MergedTopic } from '../queries/merged-topics.ts';
import { flagLink, onlyReports } from './flag-link.ts';
import { tombOf, type TombView } from './tomb.ts';

export interface MergedView {
  readonly anchor: string;
  readonly permalink: string;
  /** '' where it is not for this viewer to read. */
  readonly title: string;
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly withdrawn: boolean;
  readonly posted: MomentView;
  readonly edited: { readonly moment: MomentView; readonly href: string } | null;
  readonly tomb: TombView | null;
  readonly bodyHtml: SafeHtml | '';
  /** What the viewer may do with it: addresses, '' for what they may not. */
  readonly acts: {
    readonly edit: string;
    readonly withdraw: string;
    readonly flag: string;
    /** As of replies. */
    readonly flagWord: string;
    readonly hide: string;
    readonly restore: string;
    readonly unmerge: string;
  };
}

export function mergedView(
  topic: MergedTopic,
  intoId: TopicId,
  { viewer, now }: { readonly viewer: Viewer; readonly now: Date },
): MergedView {
  const { id, openingPostId, authorId, authorName, state, editedAt, withdrawnAt } = topic;
  const facts = {
    authorId,
    state,
    postedAt: new Date(topic.postedAt),
    withdrawnAt: withdrawnAt === null ? null : new Date(withdrawnAt),
  };
  const { flagHref, flagWord } = flagLink(openingPostId, onlyReports(viewer, now));
  const offer = (allowed: boolean, href: string) => (allowed ? href : '');
  return {
    anchor: paths.postAnchor(openingPostId),
    permalink: paths.post(openingPostId),
    title: topic.title ?? '',
    author: authorName === null ? null : { name: authorName, href: paths.member(authorName) },
    withdrawn: withdrawnAt !== null,
    posted: momentView(facts.postedAt),
    edited:
      editedAt !== null && withdrawnAt === null
        ? { moment: momentView(new Date(editedAt)), href: paths.postHistory(openingPostId) }
        : null,
    tomb: tombOf({ ...facts, hide: topic.hide }, isSelf(viewer, authorId)),
    bodyHtml: topic.bodyHtml ?? '',
    acts: {
      edit: offer(mayEditPost(viewer, facts, now).allowed, paths.postEdit(openingPostId)),
      withdraw: offer(mayWithdrawPost(viewer, facts).allowed, paths.postWithdraw(openingPostId)),
      flag: offer(!isSelf(viewer, authorId) && state === 'visible', flagHref),
      flagWord,
      hide: offer(mayHideTopic(viewer, facts, now).allowed, paths.postHide(openingPostId)),
      restore: offer(mayRestoreTopic(viewer, facts, now).allowed, paths.postRestore(openingPostId)),
      unmerge: offer(mayUnmergeTopic(viewer, { mergedIntoId: intoId }, now).allowed, paths.topicMerge(id)),
    },
  };
}
