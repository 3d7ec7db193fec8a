// The topic page: headline, article, replies (DESIGN section 6).
import { WINDOWS } from '../../../domain/limits.ts';
import { mayReplyTo, takesReplies } from '../../../domain/policy/replies.ts';
import { arrangeThread } from '../../../domain/thread.ts';
import { earliestAfter } from '../../../domain/times.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { PageModel } from '../../../web/views.ts';
import type { RelatedTopic } from '../queries/related.ts';
import type { RepliesPage } from '../queries/replies.ts';
import type { TopicDetails } from '../queries/topic.ts';
import { type ComposerDraft, openedDraft } from '../../drafts/pages.ts';
import { type FollowView, topicFollowView } from '../../following/pages.ts';
import { type ContentsEntry, withContents } from './contents.ts';
import { mergedView, type MergedView } from './merged.ts';
import { replyViews, type ReplyView } from './reply.ts';
import { sinceVisit, type SinceVisitView } from './since-visit.ts';
import { threadBar, threadQuery, type ThreadAddress, type ThreadBarView } from './thread-bar.ts';
import { newsOf, type ThreadContext, withoutNews } from './thread-context.ts';
import { tombOf, type TombView } from './tomb.ts';
import { canVoteForTopic, topicAbilities, type TopicAbilities } from './topic-abilities.ts';
import { topicHead } from './topic-head.ts';
import { flagLink, onlyReports } from './flag-link.ts';
import { maySave, saveView, type SaveView } from './save.ts';
import { flagHrefs, postedWith, sourceViews, type SourceView } from './topic-sources.ts';

export interface TopicPage extends PageModel {
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
  /** The topic's number, where it is long enough to be searched by itself; '' elsewhere. */
  readonly searchesTopic: string;
  readonly posted: MomentView;
  readonly edited: { readonly moment: MomentView; readonly href: string } | null;
  readonly section: { readonly name: string; readonly href: string };
  readonly tags: readonly { readonly slug: string; readonly href: string }[];
  readonly modelWritten: boolean;
  readonly foldsModelWritten: boolean;
  /** Whether the script offers visitors to fold what models wrote. */
  readonly choosesModelFold: boolean;
  readonly modelHref: string;
  readonly tomb: TombView | null;
  readonly pinned: MomentView | null;
  readonly locked: { readonly moment: MomentView; readonly reason: string } | null;
  readonly bodyHtml: SafeHtml | '';
  readonly long: boolean;
  /** Of a long text with headings; else empty. */
  readonly contents: readonly ContentsEntry[];
  readonly sources: readonly SourceView[];
  readonly merged: readonly MergedView[];
  readonly vote: {
    readonly href: string;
    readonly score: string;
    readonly voted: boolean;
    readonly can: boolean;
  } | null;
  readonly save: SaveView | null;
  readonly follow: FollowView | null;
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
  readonly sinceVisit: SinceVisitView | null;
  readonly changesHref: string;
  readonly bar: ThreadBarView;
  readonly branch: { readonly backHref: string } | null;
  readonly replies: readonly ReplyView[];
  /** From a later page of replies; '' on the first. */
  readonly firstHref: string;
  readonly nextHref: string;
  readonly composer: {
    readonly action: string;
    readonly formId: string;
    readonly previewHref: string;
    readonly draft: ComposerDraft;
    readonly body: string;
    readonly modelWritten: boolean;
  } | null;
  /** Where one's unsent reply can be read when there is no composer for it; '' when there is none. */
  readonly unsentHref: string;
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

export interface TopicPageFacts extends ThreadAddress {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly siteUrl: string;
  readonly topic: TopicDetails;
  readonly page: RepliesPage;
  readonly related: readonly RelatedTopic[];
  readonly next: string | undefined;
  readonly formId: string;
  /** The viewer's choice, see domain/appearance.ts. */
  readonly foldsModelWritten: boolean;
  /** Whether the viewer's browser may keep how far they came. */
  readonly keepsPlace: boolean;
}

/** A text this long is set for reading: larger, with a lead paragraph. */
const LONG_TEXT = 6_000;
/** So many replies are looked through as fast as they are searched: about two screens. */
const READ_THROUGH = 20;

export function topicPage(facts: TopicPageFacts): TopicPage {
  const { viewer, now, topic, page, sort, branch, formId } = facts;
  const nodes = arrangeThread(page.rows, { sort: branch === undefined ? sort : 'old' });
  const rows = new Map(page.rows.map((row) => [row.id, row]));
  const news = newsOf(nodes, { viewer, now, visit: topic.visit, marks: page.marks, since: facts.since });
  const elsewhere =
    facts.since === undefined ? (topic.visit?.unseen ?? []).filter((id) => !rows.has(id)) : [];
  const moreNewsHref = elsewhere[0] === undefined ? '' : paths.post(elsewhere[0]);
  const known = topic.visit !== null || facts.since !== undefined;
  const context: ThreadContext = {
    ...{ viewer, now, topic, news, moreNewsHref, rows, marks: page.marks },
    foldsModelWritten: facts.foldsModelWritten,
    folded: facts.folds && known ? withoutNews(nodes, news) : new Set(),
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
  const opened: SafeHtml | '' = topic.bodyHtml ?? '';
  const long = opened.length > LONG_TEXT;
  const { html: bodyHtml, contents } = withContents(opened, long);
  return {
    head: topicHead(facts, replies.length),
    anchor: paths.postAnchor(topic.openingPostId),
    title: topic.title,
    titleHref: topic.kind === 'link' && article ? article.url : '',
    author:
      topic.authorName === null ? null : { name: topic.authorName, href: paths.member(topic.authorName) },
    withdrawn: topic.withdrawnAt !== null,
    upvotes: counted(topic.score, 'upvote', 'upvotes'),
    replyCount: counted(topic.replyCount, 'reply', 'replies'),
    repliesHeading: `Replies (${topic.replyCount.toLocaleString('en-GB')})`,
    searchesTopic: topic.state === 'visible' && topic.replyCount > READ_THROUGH ? String(topic.id) : '',
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
    // It takes replies to the end of the last millisecond; a pin ends with its first.
    freshUntil: earliestAfter(now, [
      topic.pinnedUntil,
      new Date(topic.countsFrom.getTime() + WINDOWS.reply + 1),
    ]),
    pinned: topic.pinnedUntil && topic.pinnedUntil > now ? momentView(topic.pinnedUntil) : null,
    locked: topic.lockedAt
      ? { moment: momentView(topic.lockedAt), reason: (topic.lockReason ?? '').replace(/[.\s]+$/, '') }
      : null,
    bodyHtml,
    long,
    contents,
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
    save: maySave(viewer, topic)
      ? saveView({ id: topic.openingPostId, saved: topic.saved, what: 'this topic' })
      : null,
    follow:
      viewer.kind === 'member'
        ? topicFollowView({
            action: paths.topicFollow(topic.id),
            next: here,
            what: '',
            level: topic.level,
          })
        : null,
    can,
    replyHref: viewer.kind === 'visitor' ? paths.topicReply(topic.id) : '#body',
    addSourceHref: paths.topicSources(topic.id),
    suggestHref: paths.topicSuggest(topic.id),
    editHref: paths.postEdit(topic.openingPostId),
    withdrawHref: paths.postWithdraw(topic.openingPostId),
    ...flagLink(topic.openingPostId, onlyReports(viewer, now)),
    hideHref: paths.postHide(topic.openingPostId),
    restoreHref: paths.postRestore(topic.openingPostId),
    lockHref: paths.topicLock(topic.id),
    pinHref: paths.topicPin(topic.id),
    mergeHref: paths.topicMerge(topic.id),
    sectionHref: paths.topicSection(topic.id),
    sinceVisit: facts.since === undefined ? sinceVisit(topic, news.size + elsewhere.length, now) : null,
    changesHref: paths.topicChanges(topic.id),
    bar: threadBar({
      ...facts,
      newHere: news.size,
      ...{ newElsewhere: elsewhere.length, moreNewsHref },
      ...{ newest: Math.max(topic.newestPostId, ...rows.keys()), newestHere: newestOf(topic, page) },
      forVisitor: viewer.kind === 'visitor',
    }),
    branch: branch === undefined ? null : { backHref: `${here}#${paths.postAnchor(branch)}` },
    replies,
    firstHref:
      facts.after === undefined
        ? ''
        : `${paths.topic(topic, threadQuery({ ...facts, after: undefined }))}#replies`,
    nextHref:
      facts.next === undefined ? '' : paths.topic(topic, threadQuery({ ...facts, after: facts.next })),
    composer:
      viewer.kind === 'member' && answer.allowed
        ? {
            action: paths.topicReply(topic.id),
            formId,
            previewHref: paths.preview(),
            ...begunReply(topic, here),
          }
        : null,
    closed: answer.allowed ? '' : answer.reason,
    unsentHref: topic.draft && !answer.allowed ? paths.draft(topic.draft.id) : '',
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

/** The composer's text: what was begun and not sent. */
function begunReply({ id: topicId, draft }: TopicDetails, here: string) {
  const place = { kind: 'reply', topicId, parentId: null } as const;
  const kept = draft && { ...draft, savedAt: new Date(draft.savedAt) };
  return {
    draft: openedDraft(place, kept ?? undefined, `${here}#reply`),
    body: draft?.fields.body?.at(-1) ?? '',
    modelWritten: draft?.fields.model !== undefined,
  };
}

function newestOf(topic: TopicDetails, page: RepliesPage): number {
  return Math.max(topic.openingPostId, ...page.rows.map(({ id }) => id));
}
