// The inbox as its template wants it.
import type { NotificationId } from '../../../domain/ids.ts';
import { MOST_SUMMED, spellUnread } from '../../../domain/notices.ts';
import { DAY, startOfDay } from '../../../domain/times.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { InboxEntry, Shown, SummedNotice } from '../queries.ts';
import type { NotificationRow } from '../rows.ts';
import { noteText, type NoteText } from './notes.ts';

export interface EntryView extends NoteText {
  readonly id: number;
  readonly unread: boolean;
  readonly moment: MomentView;
}

export interface InboxModel {
  readonly head: Head;
  readonly tabs: readonly {
    readonly name: string;
    readonly href: string;
    readonly count: string;
    readonly current: boolean;
  }[];
  readonly days: readonly { readonly name: string; readonly notes: readonly EntryView[] }[];
  readonly empty: string;
  /** The newest notification shown, so that "all" means what was on the screen; '' where that is not the newest. */
  readonly upTo: string;
  /** The tab, so that what is marked is what is seen. */
  readonly show: string;
  /** Where the forms lead back to. */
  readonly here: string;
  readonly nextHref: string;
  readonly settingsHref: string;
  readonly followsHref: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'notifications/inbox': InboxModel;
  }
}

export interface InboxFacts {
  readonly entries: readonly InboxEntry[];
  /** The notification that each entry opens at, by `opensAt`. */
  readonly rows: readonly NotificationRow[];
  readonly shown: Shown;
  readonly unreadCount: number;
  readonly after: NotificationId | undefined;
  readonly next: NotificationId | undefined;
  readonly now: Date;
}

const TABS: readonly { readonly shown: Shown; readonly name: string; readonly empty: string }[] = [
  {
    shown: 'all',
    name: 'All',
    empty: 'Nothing yet. Replies to you, mentions of your name and what you follow will stand here.',
  },
  { shown: 'unread', name: 'Unread', empty: 'There is nothing unread.' },
  { shown: 'replies', name: 'Replies', empty: 'Nobody has replied to you yet.' },
  { shown: 'mentions', name: 'Mentions', empty: 'Nobody has mentioned you yet.' },
];

export function inboxPage(facts: InboxFacts): InboxModel {
  const { entries, rows, shown, unreadCount, after, next, now } = facts;
  const newest = entries[0]?.id;
  const marked = after === undefined && unreadCount > 0 && newest !== undefined;
  return {
    head: { title: 'Notifications', noindex: true },
    tabs: TABS.map(({ shown: tab, name }) => ({
      name,
      href: inboxPath(tab),
      count: tab === 'unread' ? spellUnread(unreadCount) : '',
      current: tab === shown,
    })),
    days: byDay(entries, rows, now),
    empty: TABS.find((tab) => tab.shown === shown)?.empty ?? '',
    upTo: marked ? String(newest) : '',
    show: shown,
    here: inboxPath(shown, after),
    nextHref: next === undefined ? '' : inboxPath(shown, next),
    settingsHref: paths.notices(),
    followsHref: paths.follows(),
  };
}

function inboxPath(shown: Shown, after?: NotificationId): string {
  return paths.inbox({ show: shown === 'all' ? undefined : shown, after });
}

/** The first unread notification of an entry, or its newest: there it opens. */
export function opensAt({ notices, id }: InboxEntry): NotificationId {
  return notices.findLast(({ read }) => !read)?.id ?? id;
}

function byDay(
  entries: readonly InboxEntry[],
  rows: readonly NotificationRow[],
  now: Date,
): InboxModel['days'] {
  const found = new Map(rows.map((row) => [row.id, row]));
  const days: { name: string; notes: EntryView[] }[] = [];
  for (const entry of entries) {
    const row = found.get(opensAt(entry));
    if (!row) continue;
    const name = dayName(newestAt(entry, row), now);
    const day = days.at(-1);
    if (day?.name === name) day.notes.push(entryView(entry, row));
    else days.push({ name, notes: [entryView(entry, row)] });
  }
  return days;
}

function dayName(at: Date, now: Date): string {
  const daysAgo = (startOfDay(now).getTime() - startOfDay(at).getTime()) / DAY;
  if (daysAgo === 0) return 'Today';
  return daysAgo === 1 ? 'Yesterday' : momentView(at).day;
}

/** When the entry was last added to: by that it stands where it does, wherever it opens. */
function newestAt({ notices }: InboxEntry, row: NotificationRow): Date {
  const [newest] = notices;
  return newest ? new Date(newest.at) : row.at;
}

function entryView(entry: InboxEntry, row: NotificationRow): EntryView {
  const { id, notices } = entry;
  const unread = notices.filter(({ read }) => !read);
  const summed = unread.length > 0 ? unread : notices;
  const text = noteText(row);
  return {
    ...text,
    ...(summed.length > 1 && { title: sumUp(summed), icon: iconOf(summed), topic: row.topic?.title ?? '' }),
    id,
    unread: unread.length > 0,
    moment: momentView(newestAt(entry, row)),
  };
}

/** "4 new replies by ana, ben and 2 others, 1 of them mentions you" */
function sumUp(notices: readonly SummedNotice[]): string {
  const replies = notices.filter(({ kind }) => kind !== 'new-topic');
  const isNew = notices.some(({ read }) => !read) ? 'new ' : '';
  const count = notices.length < MOST_SUMMED ? String(replies.length) : `${MOST_SUMMED} or more`;
  const noun = replies.length === 1 ? 'reply' : 'replies';
  const before = replies.length < notices.length ? 'New topic, and ' : '';
  const mentions = notices.filter(({ kind }) => kind === 'mention').length;
  const after = mentions === 0 ? '' : `, ${mentions} of them ${mentions === 1 ? 'mentions' : 'mention'} you`;
  return `${before}${count} ${isNew}${noun} by ${namesOf(replies)}${after}`;
}

/** "ana", "ana and ben", "ana, ben and 2 others": those who wrote last come first. */
function namesOf(notices: readonly SummedNotice[]): string {
  const names = [...new Set(notices.map(({ who }) => who ?? 'a former member'))];
  const [first = '', second = ''] = names;
  if (names.length <= 2) return names.join(' and ');
  const others = names.length - 2;
  return `${first}, ${second} and ${others} ${others === 1 ? 'other' : 'others'}`;
}

function iconOf(notices: readonly SummedNotice[]): NoteText['icon'] {
  if (notices.some(({ kind }) => kind === 'mention')) return 'at';
  return notices.some(({ kind }) => kind === 'reply') ? 'reply' : 'bell';
}
