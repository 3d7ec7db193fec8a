// The public log as its page shows it: by day, each decision with rule, reason, moderator and whether it stands.
import { ACTIONS, LOGGED_KINDS, withRule, type ActionKind } from '../../../domain/actions.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { LogFilter, LogRow } from '../queries/log.ts';
import { FORMER_MEMBER } from './names.ts';

interface LogEntry {
  readonly at: MomentView;
  readonly what: string;
  /** Words before the link: the author of a reply, the member, what was set. */
  readonly who: string;
  readonly topic: { readonly href: string; readonly text: string } | null;
  /** A word and the other topic of a merge. */
  readonly other: { readonly word: string; readonly href: string; readonly text: string } | null;
  readonly reason: string;
  readonly by: string;
  /** By whom; '' while the decision stands. */
  readonly undone: string;
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface LogPage {
  readonly head: Head;
  readonly action: string;
  readonly kinds: readonly Option[];
  readonly moderators: readonly Option[];
  readonly days: readonly { readonly name: string; readonly entries: readonly LogEntry[] }[];
  readonly empty: string;
  readonly firstHref: string;
  readonly nextHref: string;
}
declare module '../../../web/views.ts' {
  interface Views {
    'log/log': LogPage;
  }
}

export interface LogFacts {
  readonly rows: readonly LogRow[];
  /** Cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
  readonly filter: LogFilter;
  readonly moderators: readonly string[];
  readonly isFirstPage: boolean;
}

export function logPage({ rows, next, filter, moderators, isFirstPage }: LogFacts): LogPage {
  const query = { action: filter.kind, by: filter.by };
  const filtered = filter.kind !== undefined || filter.by !== undefined;
  // Whoever acted may hold no office any more; a filter by their name stays what it is.
  const known = moderators.find((name) => name.toLowerCase() === filter.by?.toLowerCase());
  const names = filter.by === undefined || known !== undefined ? moderators : [...moderators, filter.by];
  return {
    head: {
      title: 'Moderation log',
      description: 'What moderators decided here, with the rule, the reason and the person.',
      canonical: paths.moderationLog(),
      noindex: filtered || !isFirstPage,
    },
    action: paths.moderationLog(),
    kinds: [
      { value: '', label: 'All actions', selected: filter.kind === undefined },
      ...LOGGED_KINDS.map((kind) => ({
        value: kind,
        label: ACTIONS[kind].label,
        selected: kind === filter.kind,
      })),
    ],
    moderators: [
      { value: '', label: 'Anyone', selected: filter.by === undefined },
      ...names.map((name) => ({ value: name, label: name, selected: name === (known ?? filter.by) })),
    ],
    days: byDay(rows),
    empty: filtered ? 'No decision matches.' : 'Nothing has been decided here yet.',
    firstHref: isFirstPage ? '' : paths.moderationLog(query),
    nextHref: next === undefined ? '' : paths.moderationLog({ ...query, after: next }),
  };
}

function byDay(rows: readonly LogRow[]): LogPage['days'] {
  const days: { name: string; entries: LogEntry[] }[] = [];
  for (const row of rows) {
    const entry = logEntry(row);
    if (days.at(-1)?.name !== entry.at.day) days.push({ name: entry.at.day, entries: [] });
    days.at(-1)?.entries.push(entry);
  }
  return days;
}

function logEntry(row: LogRow): LogEntry {
  return {
    at: momentView(row.at),
    what: whatWasDone(row),
    who: whoIsNamed(row),
    topic: topicLink(row),
    other: otherLink(row),
    reason: withRule(row.reason, row.rule),
    by: row.automatic ? 'the forum itself' : (row.by ?? FORMER_MEMBER),
    undone: row.undone ? `by ${row.undone.by ?? FORMER_MEMBER}` : '',
  };
}

/** Labels that say what was done but not to what. */
const NEEDS_SUBJECT: ReadonlySet<ActionKind> = new Set([
  'refuse',
  'hide',
  'restore',
  'move-reply',
  'lock',
  'unlock',
  'pin',
  'unpin',
  'merge',
  'unmerge',
]);

function whatWasDone({ kind, postId, posts }: LogRow): string {
  const { label } = ACTIONS[kind];
  if (!NEEDS_SUBJECT.has(kind)) return label;
  const done = label.charAt(0).toLowerCase() + label.slice(1);
  if (postId === null) return `Topic ${done}`;
  return posts > 1 ? `Reply and ${posts - 1} below ${done}` : `Reply ${done}`;
}

function whoIsNamed(row: LogRow): string {
  const { kind, postId, author, data } = row;
  const member = row.member ?? (ACTIONS[kind].subject === 'member' ? FORMER_MEMBER : null);
  if (typeof data.what === 'string') return member === null ? data.what : `${member}, ${data.what}`;
  if (member !== null) return member;
  if (postId === null) return '';
  // That somebody's post awaited approval is between them and the moderators.
  return kind === 'refuse' ? 'A reply' : (author ?? 'A reply');
}

function topicLink({ kind, topicId, postId, title }: LogRow): LogEntry['topic'] {
  // A topic that was refused has no address for those who read this.
  if (topicId === null || (kind === 'refuse' && postId === null)) return null;
  // Without the slug: it is made from the title, which may be what a topic was hidden for.
  return { href: paths.topicById(topicId), text: title ?? `a topic (${topicId})` };
}

function otherLink({ kind, other }: LogRow): LogEntry['other'] {
  if (other === null) return null;
  const { id, title } = other;
  return {
    word: kind === 'merge' ? 'into' : 'from',
    href: paths.topicById(id),
    text: title ?? `a topic (${id})`,
  };
}
