// What an item of the queue is about, whatever kind of thing that is, as the page shows it.
import { ACTIONS, withRule } from '../../../domain/actions.ts';
import { FLAG_REASONS } from '../../../domain/flags.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { ROLE_NAMES } from '../../../domain/source-roles.ts';
import { excerptOf, type SafeHtml } from '../../../lib/html.ts';
import { counted, momentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import { FORMER_MEMBER } from '../../log/pages.ts';
import type { Around } from '../around.ts';
import type { ItemRow } from '../queries/list.ts';
import type { AppealRow, PostRow, SourceRow, TopicRow } from '../queries/subjects.ts';

/** An item with the rows of what it is about; what has gone meanwhile is undefined. */
export interface Subject {
  readonly post: PostRow | undefined;
  readonly source: SourceRow | undefined;
  readonly topic: TopicRow | undefined;
  readonly appeal: AppealRow | undefined;
  /** The member whom it concerns, and under which name: null for nobody, or a former member. */
  readonly concernedId: MemberId | null;
  readonly concernedName: string | null;
  /** Of appeals and proposals: who took the decision. */
  readonly decidedById: MemberId | null;
}

export function subjectOf(row: ItemRow, around: Around): Subject {
  const appeal = around.appeals.find(({ actionId }) => actionId === row.appealedActionId);
  const postId = row.postId ?? appeal?.postId;
  const post = around.posts.find(({ id }) => id === postId);
  const source = around.sources.find(({ id }) => id === row.sourceId);
  const topic = around.topics.find(({ id }) => id === row.topicId);
  const proposal = around.proposals.find(({ itemId }) => itemId === row.id);
  const concernedId =
    row.memberId ?? appeal?.memberId ?? (row.topicId === null ? (post?.authorId ?? source?.addedById) : null);
  return {
    ...{ post, source, topic, appeal },
    concernedId: concernedId ?? null,
    concernedName: around.authors.find(({ id }) => id === concernedId)?.name ?? null,
    decidedById: appeal?.actorId ?? proposal?.actorId ?? null,
  };
}

export interface SubjectView {
  readonly heading: string;
  /** '' where the heading says all, or nobody is there any more. */
  readonly nameHref: string;
  readonly name: string;
  readonly place: { readonly href: string; readonly text: string } | null;
  readonly at: ReturnType<typeof momentView>;
  /** What it answers or is about, in one line. */
  readonly quote: string;
  readonly title: string;
  readonly bodyHtml: SafeHtml | '';
  /** Where there is no text of a post: lines of plain text. */
  readonly lines: readonly string[];
  readonly contextHref: string;
  readonly links: readonly { readonly href: string; readonly host: string }[];
  readonly meta: readonly string[];
}

const EMPTY = {
  quote: '',
  title: '',
  bodyHtml: '',
  lines: [],
  contextHref: '',
  links: [],
  meta: [],
} as const;

export function subjectView(row: ItemRow, subject: Subject, around: Around): SubjectView {
  const { post, source, topic, appeal, concernedName } = subject;
  const name = concernedName ?? FORMER_MEMBER;
  const nameHref = concernedName === null ? '' : paths.member(concernedName);
  const waiting = { name, nameHref, at: momentView(row.openedAt), place: null };
  if (appeal) return { ...EMPTY, ...waiting, ...appealView(appeal, post) };
  if (post) return { ...EMPTY, name, nameHref, ...postView(row, post) };
  if (source) return { ...EMPTY, ...waiting, ...sourceView(row, source) };
  if (topic) {
    const place = { href: paths.section(topic.sectionSlug), text: topic.section };
    const heading = 'Suggestions for a topic';
    const about = { heading, place, title: topic.title, contextHref: paths.topic(topic) };
    return { ...EMPTY, ...waiting, name: '', nameHref: '', ...about };
  }
  return { ...EMPTY, ...waiting, ...memberView(row, subject, around) };
}

function postView(row: ItemRow, post: PostRow) {
  const { topic } = post;
  return {
    heading: `${post.isOpening ? 'Topic' : 'Reply'}${row.kind === 'held' ? ' awaiting approval' : ''} by`,
    place: placeOf(post),
    at: momentView(post.postedAt),
    quote:
      post.parentHtml === null
        ? ''
        : `In reply to ${post.parentAuthor ?? FORMER_MEMBER}: “${excerptOf(post.parentHtml, 200)}”`,
    title: post.isOpening ? topic.title : '',
    bodyHtml: post.bodyHtml ?? '',
    lines: post.bodyHtml === null ? ['Withdrawn by its author.'] : [],
    contextHref: paths.post(post.id),
    links: post.links.map(({ url, host }) => ({ href: url, host })),
    meta: [
      counted(post.score, 'upvote', 'upvotes'),
      ...(post.modelWritten ? ['written with a model'] : []),
      ...(post.state === 'hidden' ? ['hidden'] : []),
    ],
  } satisfies Partial<SubjectView>;
}

function placeOf(post: PostRow) {
  const { topic } = post;
  return post.isOpening
    ? { href: paths.section(topic.sectionSlug), text: topic.section }
    : { href: paths.topic(topic), text: topic.title };
}

function appealView(appeal: AppealRow, post: PostRow | undefined) {
  const by = appeal.automatic ? 'the forum itself' : (appeal.actorName ?? FORMER_MEMBER);
  const what = `${ACTIONS[appeal.kind].label} on ${momentView(appeal.at).full} by ${by}: ${withRule(appeal.reason, appeal.rule)}`;
  const text = post?.bodyHtml ? excerptOf(post.bodyHtml, 300) : '';
  return {
    heading: 'Appeal by',
    place: post ? placeOf(post) : null,
    quote: text === '' ? what : `${what}. The text: “${text}”`,
    lines: appeal.text.split(/\n+/),
    contextHref: post ? paths.post(post.id) : paths.decision(appeal.actionId),
  };
}

function sourceView(row: ItemRow, source: SourceRow) {
  return {
    heading: row.kind === 'link' ? 'Link without a publisher, added by' : 'Source added by',
    place: { href: paths.topic(source.topic), text: source.topic.title },
    at: momentView(row.kind === 'link' ? row.openedAt : source.addedAt),
    title: source.title ?? source.url,
    contextHref: paths.topicSource(source.topic.id, source.id),
    links: [{ href: source.url, host: source.host }],
    meta: [ROLE_NAMES[source.role], ...(source.state === 'dead' ? ['does not answer'] : [])],
  };
}

const MEMBER_HEADINGS: Readonly<Partial<Record<ItemRow['kind'], string>>> = {
  consent: 'Permanent suspension of',
  newcomer: 'Newcomer',
};

function memberView(row: ItemRow, { concernedId }: Subject, around: Around) {
  const author = around.authors.find(({ id }) => id === concernedId);
  const { about = '', affiliation = '', link = '' } = author ?? {};
  const proposal = around.proposals.find(({ itemId }) => itemId === row.id);
  const at = proposal ? momentView(proposal.at) : momentView(row.openedAt);
  return {
    heading: MEMBER_HEADINGS[row.kind] ?? 'Member',
    at,
    quote: proposal
      ? `Proposed by ${proposal.by ?? FORMER_MEMBER}: ${withRule(proposal.reason, proposal.rule)}`
      : '',
    lines: [about, affiliation, link].flatMap((text) => (text === '' ? [] : text.split(/\n+/))),
    contextHref: author ? paths.member(author.name) : '',
    meta: about + affiliation + link === '' ? ['says nothing of themselves'] : [],
  };
}

export interface CauseView {
  /** '' where there is nothing to count. */
  readonly count: string;
  readonly label: string;
}

const HOLD_CAUSES = {
  'first-links': 'among the first posts with a link of a new member',
  'watched-word': 'a watched word',
  'watched-domain': 'a watched domain',
} as const;
const TRACES = { browser: 'same browser as', address: 'same address as' } as const;

/** Why an item is in the queue: reasons of flags with how many gave each, what was found, what is asked for. */
export function causesOf(row: ItemRow, subject: Subject, around: Around): CauseView[] {
  const { post } = subject;
  const flagged = Map.groupBy(flagsOn(row, around), ({ reason }) => reason);
  const found = around.hits.filter(({ postId }) => postId === row.postId);
  const plain = (label: string): CauseView => ({ count: '', label });
  return [
    ...[...flagged]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([reason, { length }]) => ({ count: String(length), label: flagLabel(reason) })),
    ...found.map(({ kind, shown, reason, rule }) =>
      plain(`watched ${kind} “${shown}”: ${withRule(reason, rule)}`),
    ),
    ...(row.kind === 'held' && post?.holdCause && found.length === 0
      ? [plain(HOLD_CAUSES[post.holdCause])]
      : []),
    ...around.traces
      .filter(({ memberId }) => memberId === row.memberId)
      .map(({ trace, name }) => plain(`${TRACES[trace]} ${name}, who is suspended`)),
    ...(row.kind === 'appeal' ? [plain('asks for another moderator’s decision')] : []),
    ...(row.kind === 'consent' ? [plain('needs a second moderator')] : []),
  ];
}

export function flagsOn(row: ItemRow, { flags }: Around) {
  const about = (flag: { postId: PostId | null; memberId: MemberId | null; sourceId: number | null }) =>
    (row.postId !== null && flag.postId === row.postId) ||
    (row.memberId !== null && flag.memberId === row.memberId) ||
    (row.sourceId !== null && flag.sourceId === row.sourceId);
  return row.kind === 'consent' || row.kind === 'newcomer' ? [] : flags.filter(about);
}

export function flagLabel(reason: string): string {
  return FLAG_REASONS.find((known) => known.reason === reason)?.label.toLowerCase() ?? reason;
}
