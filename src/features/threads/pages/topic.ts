// The topic page: headline, article, replies (DESIGN section 6).
import type { PostId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayReplyTo, takesReplies } from '../../../domain/policy/replies.ts';
import { arrangeThread, REPLY_SORTS, type ReplySort } from '../../../domain/thread.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import { excerpt, excerptOf, type SafeHtml } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { RelatedTopic } from '../queries/lists.ts';
import type { RepliesPage } from '../queries/replies.ts';
import type { TopicDetails } from '../queries/topic.ts';
import { mergedView, type MergedView } from './merged.ts';
import { newReplies, replyViews, tombOf, type ReplyView, type ThreadContext } from './reply.ts';
import { canVoteForTopic, topicAbilities, type TopicAbilities } from './topic-abilities.ts';
import { topicJsonLd } from './topic-json-ld.ts';
import { flagLink } from './flag-link.ts';
import { flagHrefs, postedWith, sourceViews, type SourceView } from './topic-sources.ts';

export interface TopicPage {
  readonly head: Head;
  /** The opening post's, as in lists: a vote leads back to it. */
  readonly anchor: string;
  readonly title: string;
  /** The article, when the topic has one to open from its headline. */
  readonly titleHref: string;
  /** Null: a former member, or (`withdrawn`) nobody is named. */
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly withdrawn: boolean;
  readonly upvotes: string;
  readonly replyCount: string;
  readonly repliesHeading: string;
  readonly posted: MomentView;
  readonly edited: { readonly moment: MomentView; readonly href: string } | null;
  readonly section: { readonly name: string; readonly href: string };
  readonly tags: readonly { readonly slug: string; readonly href: string }[];
  readonly modelWritten: boolean;
  readonly foldsModelWritten: boolean;
  /** Whether the script offers visitors to fold what models wrote. */
  readonly choosesModelFold: boolean;
  readonly modelHref: string;
  readonly tomb: ReplyView['tomb'];
  readonly pinned: MomentView | null;
  readonly locked: { readonly moment: MomentView; readonly reason: string } | null;
  readonly bodyHtml: SafeHtml | '';
  readonly long: boolean;
  readonly sources: readonly SourceView[];
  readonly merged: readonly MergedView[];
  readonly vote: {
    readonly href: string;
    readonly score: string;
    readonly voted: boolean;
    readonly can: boolean;
  } | null;
  readonly can: TopicAbilities;
  readonly replyHref: string;
  readonly addSourceHref: string;
  readonly suggestHref: string;
  readonly editHref: string;
  readonly withdrawHref: string;
  readonly flagHref: string;
  /** "Flag"; "Report" for visitors, who report only what is illegal. */
  readonly flagWord: string;
  readonly hideHref: string;
  readonly restoreHref: string;
  readonly lockHref: string;
  readonly pinHref: string;
  readonly mergeHref: string;
  readonly sectionHref: string;
  readonly sorts: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
  readonly jump: { readonly href: string; readonly text: string } | null;
  readonly branch: { readonly backHref: string } | null;
  readonly replies: readonly ReplyView[];
  readonly nextHref: string;
  readonly composer: {
    readonly action: string;
    readonly formId: string;
    readonly previewHref: string;
  } | null;
  /** Why there is no composer for this viewer; '' when there is one. */
  readonly closed: string;
  readonly invite: { readonly signInHref: string; readonly signUpHref: string } | null;
  readonly related: readonly {
    readonly title: string;
    readonly href: string;
    readonly replies: string;
    readonly posted: MomentView;
  }[];
}

declare module '../../../web/views.ts' {
  interface Views {
    'topics/show': TopicPage;
  }
}

export interface TopicPageFacts {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly siteUrl: string;
  readonly topic: TopicDetails;
  readonly page: RepliesPage;
  readonly related: readonly RelatedTopic[];
  readonly sort: ReplySort;
  /** What the viewer gets where the address names no order. */
  readonly preferred: ReplySort;
  readonly since: number | undefined;
  readonly branch: PostId | undefined;
  /** True on all pages but the first. */
  readonly continued: boolean;
  readonly next: string | undefined;
  readonly formId: string;
  /** The viewer's choice, see domain/appearance.ts. */
  readonly foldsModelWritten: boolean;
}

const SORT_NAMES: Record<ReplySort, string> = { best: 'Best', new: 'Newest', old: 'Oldest' };
/** A text this long is set for reading: larger, with a lead paragraph. */
const LONG_TEXT = 6_000;

export function topicPage(facts: TopicPageFacts): TopicPage {
  const { viewer, now, topic, page, sort, preferred, branch, formId } = facts;
  const newAfter = facts.since ?? marksAfter(topic.visit, now);
  const nodes = arrangeThread(page.rows, { sort: branch === undefined ? sort : 'old' });
  const fresh = newReplies(nodes, { viewer, newAfter });
  const context: ThreadContext = {
    viewer,
    now,
    topic,
    newAfter,
    foldsModelWritten: facts.foldsModelWritten,
    nextNew: new Map(fresh.map((id, index) => [id, fresh[index + 1] ?? (fresh[0] as PostId)])),
    rows: new Map(page.rows.map((row) => [row.id, row])),
    oversized: page.oversized,
    branchHref: (id) => paths.topic(topic, { branch: id }),
  };
  const replies = replyViews(nodes, context);
  const target = {
    topicState: topic.state,
    topicLockedAt: topic.lockedAt,
    topicPostedAt: topic.countsFrom,
    parentState: null,
  };
  const answer = viewer.kind === 'visitor' ? takesReplies(target, now) : mayReplyTo(viewer, target, now);
  const article = postedWith(topic);
  const can = { ...topicAbilities(facts), reply: answer.allowed };
  const here = paths.topic(topic);
  const opened = topic.bodyHtml ?? '';
  return {
    head: headOf(facts, replies),
    anchor: paths.postAnchor(topic.openingPostId),
    title: topic.title,
    titleHref: topic.kind === 'link' && article ? article.url : '',
    author:
      topic.authorName === null ? null : { name: topic.authorName, href: paths.member(topic.authorName) },
    withdrawn: topic.withdrawnAt !== null,
    upvotes: counted(topic.score, 'upvote', 'upvotes'),
    replyCount: counted(topic.replyCount, 'reply', 'replies'),
    repliesHeading: `Replies (${topic.replyCount.toLocaleString('en-GB')})`,
    posted: momentView(topic.postedAt),
    edited:
      topic.editedAt && !topic.withdrawnAt
        ? { moment: momentView(topic.editedAt), href: paths.postHistory(topic.openingPostId) }
        : null,
    section: { name: topic.sectionName, href: paths.section(topic.sectionSlug) },
    tags: topic.tags.map(({ slug }) => ({ slug, href: paths.tag(slug) })),
    modelWritten: topic.modelWritten && topic.state === 'visible',
    foldsModelWritten: facts.foldsModelWritten && !isSelf(viewer, topic.authorId),
    choosesModelFold: viewer.kind === 'visitor',
    modelHref: paths.postModel(topic.openingPostId),
    tomb: tombOf(topic, isSelf(viewer, topic.authorId)),
    pinned: topic.pinnedUntil && topic.pinnedUntil > now ? momentView(topic.pinnedUntil) : null,
    locked: topic.lockedAt
      ? { moment: momentView(topic.lockedAt), reason: (topic.lockReason ?? '').replace(/[.\s]+$/, '') }
      : null,
    bodyHtml: opened,
    long: opened.length > LONG_TEXT,
    sources: sourceViews(topic, {
      title: topic.title,
      changeHref: ({ id }) => (can.changeSources ? paths.topicSource(topic.id, id) : ''),
      flagHref: flagHrefs(viewer, topic),
    }),
    merged: topic.merged.map((merged) => mergedView(merged, topic.id, facts)),
    vote:
      topic.state === 'visible'
        ? {
            href: paths.postVote(topic.openingPostId),
            score: topic.score.toLocaleString('en-GB'),
            voted: topic.voted,
            can: canVoteForTopic(facts),
          }
        : null,
    can,
    replyHref: viewer.kind === 'visitor' ? paths.topicReply(topic.id) : '#body',
    addSourceHref: paths.topicSources(topic.id),
    suggestHref: paths.topicSuggest(topic.id),
    editHref: paths.postEdit(topic.openingPostId),
    withdrawHref: paths.postWithdraw(topic.openingPostId),
    ...flagLink(viewer, topic.openingPostId, now),
    hideHref: paths.postHide(topic.openingPostId),
    restoreHref: paths.postRestore(topic.openingPostId),
    lockHref: paths.topicLock(topic.id),
    pinHref: paths.topicPin(topic.id),
    mergeHref: paths.topicMerge(topic.id),
    sectionHref: paths.topicSection(topic.id),
    sorts: REPLY_SORTS.map((name) => ({
      name: SORT_NAMES[name],
      href: `${paths.topic(topic, { sort: name === preferred ? undefined : name })}#replies`,
      current: name === sort,
    })),
    jump:
      fresh.length > 0
        ? { href: `#${paths.postAnchor(fresh[0] as PostId)}`, text: `${fresh.length} new` }
        : null,
    branch: branch === undefined ? null : { backHref: `${here}#${paths.postAnchor(branch)}` },
    replies,
    nextHref:
      facts.next === undefined
        ? ''
        : paths.topic(
            topic,
            branch === undefined
              ? { sort: sort === preferred ? undefined : sort, after: facts.next }
              : { branch, after: facts.next },
          ),
    composer:
      viewer.kind === 'member' && answer.allowed
        ? { action: paths.topicReply(topic.id), formId, previewHref: paths.preview() }
        : null,
    closed: answer.allowed ? '' : answer.reason,
    invite:
      viewer.kind === 'visitor' && answer.allowed
        ? { signInHref: paths.signIn(`${here}#reply`), signUpHref: paths.signUp(`${here}#reply`) }
        : null,
    related: facts.related.map((other) => ({
      title: other.title,
      href: paths.topic(other),
      replies: counted(other.replyCount, 'reply', 'replies'),
      posted: momentView(other.postedAt),
    })),
  };
}

/** A visit lasts 30 minutes: within it the mark it began with holds, so that a reload keeps what was new marked. */
function marksAfter(visit: TopicDetails['visit'], now: Date): number | undefined {
  if (!visit) return undefined;
  return now.getTime() - Date.parse(visit.at) < WINDOWS.previousVisit ? visit.previous : visit.seen;
}

function headOf(
  { topic, siteUrl, page, sort, continued, branch }: TopicPageFacts,
  replies: readonly ReplyView[],
): Head {
  const description = topic.bodyHtml === null ? excerpt(topic.title, 200) : excerptOf(topic.bodyHtml, 200);
  const plain = topic.state === 'visible' && !continued && branch === undefined && sort === 'best';
  return {
    title: topic.title,
    description: topic.state === 'visible' ? description : '',
    canonical: paths.topic(topic),
    noindex: topic.state !== 'visible' || continued,
    section: topic.sectionSlug,
    ...(topic.state === 'visible' && {
      openGraph: { type: 'article' as const, publishedIso: topic.postedAt.toISOString() },
    }),
    ...(plain && { jsonLdHtml: topicJsonLd(topic, page.rows, siteUrl) }),
    ...(replies.length === 0 && topic.bodyHtml === '' && { noindex: true }),
  };
}
