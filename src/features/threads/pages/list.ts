// A topic as a row of a list.
import type { Viewer } from '../../../domain/viewer.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { TopicRow } from '../queries/topic-rows.ts';

export interface TopicRowView {
  readonly anchor: string;
  readonly voteHref: string;
  readonly score: string;
  readonly voted: boolean;
  /** False for one's own: nobody votes for themselves. */
  readonly canVote: boolean;
  readonly pinned: boolean;
  readonly locked: boolean;
  readonly title: string;
  /** The article for link topics, else the discussion. */
  readonly titleHref: string;
  readonly external: boolean;
  readonly domain: { readonly host: string; readonly href: string } | null;
  readonly section: { readonly name: string; readonly href: string };
  readonly author: { readonly name: string; readonly href: string } | null;
  readonly posted: MomentView;
  readonly tags: readonly { readonly slug: string; readonly href: string }[];
  readonly href: string;
  readonly replies: string;
  /** For visitors, whose browser knows what they have read; '' for members. */
  readonly readTopic: string;
  /** "3 new"; '' when nothing is, or nobody knows. */
  readonly fresh: string;
  /** What its author and moderators are told; '' for what everybody sees. */
  readonly note: string;
  readonly modelWritten: boolean;
  /** Where a merged topic leads, for its author. */
  readonly merged: { readonly title: string; readonly href: string } | null;
}

const NOTES = {
  visible: '',
  held: 'Awaiting approval',
  hidden: 'Hidden by a moderator',
  withdrawn: 'Withdrawn',
} as const;

export function topicRow(
  row: TopicRow,
  viewer: Viewer,
  { pinned = false }: { pinned?: boolean } = {},
): TopicRowView {
  const href = paths.topic(row);
  return {
    anchor: paths.postAnchor(row.openingPostId),
    voteHref: paths.postVote(row.openingPostId),
    score: row.score.toLocaleString('en-GB'),
    voted: row.voted,
    canVote: viewer.kind !== 'member' || viewer.id !== row.authorId,
    pinned,
    locked: row.lockedAt !== null,
    title: row.title,
    titleHref: row.kind === 'link' && row.source ? row.source.url : href,
    external: row.kind === 'link' && row.source !== null,
    domain: row.source ? { host: row.source.host, href: paths.site(row.source.host) } : null,
    section: { name: row.sectionName, href: paths.section(row.sectionSlug) },
    author: row.authorName === null ? null : { name: row.authorName, href: paths.member(row.authorName) },
    posted: momentView(row.postedAt),
    tags: row.tags.map(({ slug }) => ({ slug, href: paths.tag(slug) })),
    href,
    replies: counted(row.replyCount, 'reply', 'replies'),
    readTopic: viewer.kind === 'visitor' ? String(row.id) : '',
    fresh: row.unseen ? `${row.unseen} new` : '',
    note: NOTES[row.state],
    modelWritten: row.modelWritten && row.state === 'visible',
    merged: row.mergedInto && {
      title: row.mergedInto.title ?? 'a topic that is gone',
      href: paths.topicById(row.mergedInto.id),
    },
  };
}
