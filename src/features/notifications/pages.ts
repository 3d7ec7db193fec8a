// The inbox as its template wants it.
import { ACTIONS, withRule } from '../../domain/actions.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { DAY, startOfDay } from '../../domain/times.ts';
import { excerpt, excerptOf } from '../../lib/html.ts';
import { momentView, type MomentView } from '../../web/moments.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { NotificationRow } from './queries.ts';

export interface NoteView {
  readonly id: number;
  readonly unread: boolean;
  readonly icon: 'reply' | 'at' | 'shield';
  readonly title: string;
  /** '' when there is nothing (left) to look at. */
  readonly href: string;
  /** Title of the topic it happened in; '' when there is none to name. */
  readonly topic: string;
  /** The beginning of the text, or the reason of an action. */
  readonly detail: string;
  /** The public log, for actions that stand there; '' otherwise. */
  readonly logHref: string;
  readonly moment: MomentView;
}

export interface NotificationsPage {
  readonly head: Head;
  readonly tabs: readonly {
    readonly name: string;
    readonly href: string;
    readonly count: string;
    readonly current: boolean;
  }[];
  readonly days: readonly { readonly name: string; readonly notes: readonly NoteView[] }[];
  readonly empty: string;
  /** The newest notification shown, so that "all" means what was on the screen; '' where that is not the newest. */
  readonly upTo: string;
  /** Where the forms lead back to. */
  readonly here: string;
  readonly nextHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'notifications/inbox': NotificationsPage;
  }
}

export interface InboxFacts {
  readonly rows: readonly NotificationRow[];
  readonly unread: boolean;
  readonly unreadCount: number;
  readonly after: NotificationId | undefined;
  readonly next: NotificationId | undefined;
  readonly now: Date;
}

export function notificationsPage({
  rows,
  unread,
  unreadCount,
  after,
  next,
  now,
}: InboxFacts): NotificationsPage {
  const newest = rows[0]?.id;
  return {
    head: { title: 'Notifications', noindex: true },
    tabs: [
      { name: 'All', href: inboxPath({ unread: false }), count: '', current: !unread },
      {
        name: 'Unread',
        href: inboxPath({ unread: true }),
        count: unreadCount === 0 ? '' : unreadCount.toLocaleString('en-GB'),
        current: unread,
      },
    ],
    days: byDay(rows, now),
    empty: unread
      ? 'There is nothing unread.'
      : 'Nothing yet. Replies to you and mentions of your name will stand here.',
    upTo: unreadCount > 0 && after === undefined && newest !== undefined ? String(newest) : '',
    here: inboxPath({ unread, after }),
    nextHref: next === undefined ? '' : inboxPath({ unread, after: next }),
  };
}

function inboxPath({ unread, after }: { unread: boolean; after?: NotificationId | undefined }): string {
  return paths.inbox({ show: unread ? 'unread' : undefined, after });
}

function byDay(rows: readonly NotificationRow[], now: Date): NotificationsPage['days'] {
  const days: { name: string; notes: NoteView[] }[] = [];
  for (const row of rows) {
    const name = dayName(row.at, now);
    const day = days.at(-1);
    if (day?.name === name) day.notes.push(noteView(row));
    else days.push({ name, notes: [noteView(row)] });
  }
  return days;
}

function dayName(at: Date, now: Date): string {
  const daysAgo = (startOfDay(now).getTime() - startOfDay(at).getTime()) / DAY;
  if (daysAgo === 0) return 'Today';
  return daysAgo === 1 ? 'Yesterday' : momentView(at).day;
}

const EXCERPT_CHARACTERS = 160;

function noteView(row: NotificationRow): NoteView {
  const { id, at, readAt, topicTitle, post } = row;
  const about = { id, unread: readAt === null, topic: topicTitle ?? '', moment: momentView(at) };
  const href = post && topicTitle !== null ? paths.post(post.id) : '';
  if (row.action) return { ...about, ...actionView(row, row.action) };
  if (row.message) return { ...about, ...messageView(row.message) };
  const who = row.actor?.name ?? 'A former member';
  const answered = post?.isTopLevel ? 'replied to your topic' : 'replied to you';
  return {
    ...about,
    href,
    icon: row.kind === 'mention' ? 'at' : 'reply',
    title: `${who} ${row.kind === 'mention' ? 'mentioned you' : answered}`,
    detail: post?.bodyHtml ? excerptOf(post.bodyHtml, EXCERPT_CHARACTERS) : '',
    logHref: '',
  };
}

function actionView(
  { actor, post }: NotificationRow,
  { id, kind, rule, reason, data }: NonNullable<NotificationRow['action']>,
): Pick<NoteView, 'icon' | 'title' | 'href' | 'detail' | 'logHref'> {
  const { label, inLog } = ACTIONS[kind];
  const by = actor === null ? 'automatically' : actor.role === 'admin' ? 'by an admin' : 'by a moderator';
  // A topic has many sources, also others' than its author's: whoever is told about one wants to know which.
  const isSource = kind === 'edit-source';
  const what = post === null || isSource ? '' : post.isOpening ? ': your topic' : ': your reply';
  const about = isSource && typeof data.what === 'string' ? `${data.what}. ` : '';
  return {
    icon: 'shield',
    title: `${label} ${by}${what}`,
    href: paths.decision(id),
    detail: `${about}Reason: ${withRule(reason, rule)}`,
    logHref: inLog ? paths.moderationLog({ action: kind }) : '',
  };
}

function messageView({
  itemId,
  body,
}: NonNullable<NotificationRow['message']>): Pick<
  NoteView,
  'icon' | 'title' | 'href' | 'detail' | 'logHref'
> {
  return {
    icon: 'shield',
    title: 'A moderator has written to you',
    href: paths.talk(itemId),
    detail: excerpt(body, EXCERPT_CHARACTERS),
    logHref: '',
  };
}
