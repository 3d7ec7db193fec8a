// What the viewer can decide about an item: the buttons that would be let through, and why there is none.
import { type DecisionName, DECISIONS, OFFERED, type SubjectKind } from '../../../domain/decisions.ts';
import { maySanction, mayWorkOn } from '../../../domain/policy/moderation.ts';
import { mayDecideFlaggedPost, mayDecideHeldPost, mayHidePost } from '../../../domain/policy/posts.ts';
import { mayRemoveSource } from '../../../domain/policy/sources.ts';
import { mayHideTopic, mayLockTopic } from '../../../domain/policy/topics.ts';
import { allow, firstDenial, type Verdict } from '../../../domain/verdict.ts';
import type { Member } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import type { Around } from '../around.ts';
import type { ItemRow } from '../queries/list.ts';
import type { PostRow, SourceRow } from '../queries/subjects.ts';
import type { Subject } from './item-subject.ts';

export interface ButtonView {
  readonly value: DecisionName;
  readonly label: string;
  readonly icon: string;
  readonly key: string;
  /** The key as it is printed. */
  readonly cap: string;
}

/** A page on which more is asked before something is decided. */
export interface DoorView {
  readonly label: string;
  readonly href: string;
  readonly key: string;
  readonly cap: string;
}

interface Facts {
  readonly row: ItemRow;
  readonly subject: Subject;
  readonly around: Around;
  readonly viewer: Member;
  readonly now: Date;
}

/** Whether the viewer may decide it, whoever holds it. */
export function mayDecideAtAll({ row, subject, around, viewer, now }: Facts): Verdict {
  const { post } = subject;
  if (row.kind === 'held' && post) return mayDecideHeldPost(viewer, post, now);
  if (row.postId !== null && post) return mayDecideFlaggedPost(viewer, post, now);
  return mayWorkOn(
    viewer,
    { ...subject, openedAt: row.openedAt, othersInOffice: around.othersInOffice },
    now,
  );
}

export function buttonsOf(facts: Facts): ButtonView[] {
  const offered = (OFFERED as Readonly<Record<string, readonly DecisionName[]>>)[typeOf(facts.row)] ?? [];
  return offered.filter((name) => mayTake(name, facts).allowed).map((name) => buttonOf(name, facts.subject));
}

/** Suspending somebody, and watching or banning a site, are asked for on pages of their own. */
export function doorsOf({ row, subject, around, viewer, now }: Facts): DoorView[] {
  const author = around.authors.find(({ id }) => id === subject.concernedId);
  const hosts = subject.source ? [subject.source.host] : (subject.post?.links ?? []).map(({ host }) => host);
  const suspends =
    author &&
    ['flagged', 'watched', 'newcomer', 'held'].includes(row.kind) &&
    maySanction(viewer, { memberId: author.id, role: author.role }, now).allowed;
  return [
    ...(suspends
      ? [{ label: 'Suspend…', href: paths.sanctionMember(author.name, { item: row.id }), key: 's', cap: 'S' }]
      : []),
    ...[...new Set(hosts)].slice(0, 1).map((domain) => ({
      ...{ label: 'Ban domain…', href: paths.watch({ domain, item: row.id }), key: 'd', cap: 'D' },
    })),
  ];
}

function typeOf(row: ItemRow): string {
  const subject: SubjectKind =
    row.postId !== null
      ? 'post'
      : row.memberId !== null
        ? 'member'
        : row.sourceId !== null
          ? 'source'
          : row.topicId !== null
            ? 'topic'
            : 'action';
  return `${row.kind} ${subject}`;
}

/** What each decision asks for beside mayDecideAtAll. */
function mayTake(name: DecisionName, facts: Facts): Verdict {
  const { subject, around, viewer, now } = facts;
  const { post, source } = subject;
  const author = around.authors.find(({ id }) => id === subject.concernedId);
  const sanction = () =>
    author ? maySanction(viewer, { memberId: author.id, role: author.role }, now) : REFUSED;
  switch (name) {
    case 'hide':
      return mayHide(post, viewer, now);
    case 'hide-branch':
      return post && !post.isOpening && repliesBelow(post, around) > 0 ? mayHide(post, viewer, now) : REFUSED;
    case 'hide-warn':
      return firstDenial(mayHide(post, viewer, now), sanction());
    case 'lock':
      return post ? mayLockTopic(viewer, post.topic, now) : REFUSED;
    case 'warn':
    case 'rename':
      return sanction();
    case 'clear-profile':
      return author && author.about + author.affiliation + author.link !== '' ? sanction() : REFUSED;
    case 'remove-source':
      return mayRemove(source, viewer, now);
    // Asked for on a page of its own (doorsOf); applied with what is chosen, by buttons beside each.
    case 'ban-domain':
    case 'apply':
      return REFUSED;
    default:
      return allow;
  }
}

const REFUSED: Verdict = { allowed: false, reason: 'This is not offered here.', because: 'state' };

function mayHide(post: PostRow | undefined, viewer: Member, now: Date): Verdict {
  if (!post) return REFUSED;
  return post.isOpening ? mayHideTopic(viewer, post.topic, now) : mayHidePost(viewer, post, now);
}

function mayRemove(source: SourceRow | undefined, viewer: Member, now: Date): Verdict {
  if (!source || source.state === 'removed') return REFUSED;
  const topic = { ...source.topic, sourceCount: source.sourceCount };
  return mayRemoveSource(viewer, { topic, source }, now);
}

function repliesBelow({ id }: PostRow, { below }: Around): number {
  return below.find(({ postId }) => postId === id)?.replies ?? 0;
}

function buttonOf(value: DecisionName, { post }: Subject): ButtonView {
  const { label, icon, key } = DECISIONS[value];
  const said = value === 'hide' && post?.isOpening ? 'Hide topic' : label;
  return { value, label: said, icon, key, cap: key.toUpperCase() };
}
