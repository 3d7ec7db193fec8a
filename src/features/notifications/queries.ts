// What a member is told, as the inbox shows it: an entry for each topic, and one for each decision or message. What is not
// for reading any more is neither listed nor counted.
import { and, type Column, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { joinedPosts, noticesForReading } from '../../db/notices.ts';
import { members, noticeChoices, notifications } from '../../db/schema/index.ts';
import type { MemberId, NotificationId } from '../../domain/ids.ts';
import { type Channels, MOST_SUMMED, NOTICE_KINDS, type NoticeKind } from '../../domain/notices.ts';

/** What of the inbox is shown. */
export const SHOWN = ['all', 'unread', 'replies', 'mentions'] as const;
export type Shown = (typeof SHOWN)[number];

/** The kinds that each tab shows. */
export const KINDS_SHOWN: Readonly<Record<Shown, readonly NoticeKind[]>> = {
  all: NOTICE_KINDS,
  unread: NOTICE_KINDS,
  replies: ['reply'],
  mentions: ['mention'],
};

/** One notification of an entry. */
export interface SummedNotice {
  readonly id: NotificationId;
  readonly kind: NoticeKind;
  /** ISO 8601. */
  readonly at: string;
  readonly read: boolean;
  /** Null: a former member, or the forum itself. */
  readonly who: string | null;
}

export interface InboxEntry {
  /** Of its newest notification: by it the list is sorted, and what is read of the entry ends there. */
  readonly id: NotificationId;
  /** The newest first, the last MOST_SUMMED of them. */
  readonly notices: readonly SummedNotice[];
}

export interface InboxPage {
  readonly entries: readonly InboxEntry[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: NotificationId | undefined;
}

/**
 * One page of a member's inbox, the entry with the newest notification first. An entry stands where its newest one stands:
 * whoever pages meets none twice, and one that gets another meanwhile has moved to the front.
 */
export async function listEntries(
  db: Reader,
  memberId: MemberId,
  options: {
    readonly shown: Shown;
    readonly after: NotificationId | undefined;
    readonly limit: number;
  },
): Promise<InboxPage> {
  const { shown, after, limit } = options;
  const newer = alias(notifications, 'newer');
  const summed = alias(notifications, 'summed');
  const { id, topicId } = notifications;
  const isOwnEntry = inArray(notifications.kind, ['action', 'message']);
  const isNewest = sql`not exists (select from ${notifications} as newer ${joinedPosts(newer)}
    where ${and(ofTopic(newer, memberId, topicId, shown), sql`${newer.id} > ${id}`)})`;
  const itself = sql`(select ${summed.id}, ${summed.kind}, ${summed.at}, ${summed.readAt}, ${summed.actorId}
    from ${notifications} as summed where ${isOwnEntry} and ${summed.id} = ${id})`;
  const ofEntry = sql`(select ${summed.id}, ${summed.kind}, ${summed.at}, ${summed.readAt}, ${summed.actorId}
    from ${notifications} as summed ${joinedPosts(summed)}
    where not ${isOwnEntry} and ${ofTopic(summed, memberId, topicId, shown)} order by ${summed.id} desc limit ${MOST_SUMMED})`;
  const { rows } = await db.execute<{ id: string; notices: SummedNotice[] }>(sql`
    select ${id}, (select json_agg(json_build_object('id', s.id, 'kind', s.kind, 'at', s.at, 'read', s.read_at is not null,
        'who', ${members.name}) order by s.id desc)
      from (${itself} union all ${ofEntry}) as s left join ${members} on ${members.id} = s.actor_id) as notices
    from ${notifications} ${joinedPosts()}
    where ${and(chosen(notifications, memberId, shown), noticesForReading(memberId))}
      ${after === undefined ? sql`` : sql`and ${id} < ${after}`} and (${isOwnEntry} or ${isNewest})
    order by ${id} desc limit ${limit + 1}`);
  const entries = rows.slice(0, limit).map((row) => ({ ...row, id: Number(row.id) as NotificationId }));
  return { entries, next: rows.length > limit ? entries.at(-1)?.id : undefined };
}

type Notices = Readonly<Record<'memberId' | 'topicId' | 'kind' | 'readAt' | 'inInbox' | 'postId', Column>>;

/** Those of the member and the tab. */
function chosen(of: Notices, memberId: MemberId, shown: Shown): SQL | undefined {
  const kinds = KINDS_SHOWN[shown];
  return and(
    eq(of.memberId, memberId),
    sql`${of.inInbox}`,
    kinds === NOTICE_KINDS ? undefined : inArray(of.kind, [...kinds]),
    shown === 'unread' ? isNull(of.readAt) : undefined,
  );
}

/** Those that stand in the entry of a topic. */
function ofTopic(of: Notices, memberId: MemberId, topicId: Column, shown: Shown): SQL | undefined {
  const ofPosts = sql`${of.kind} not in ('action', 'message')`;
  return and(chosen(of, memberId, shown), eq(of.topicId, topicId), ofPosts, noticesForReading(memberId, of));
}

/** What the member has chosen to be told by which channel; a kind without a choice is missing. */
export async function findChoices(
  db: Reader,
  memberId: MemberId,
): Promise<ReadonlyMap<NoticeKind, Channels>> {
  const { kind, inbox, mail } = noticeChoices;
  const rows = await db
    .select({ kind, inbox, mail })
    .from(noticeChoices)
    .where(eq(noticeChoices.memberId, memberId));
  return new Map(rows.map((row) => [row.kind, row]));
}

/** Whether there is such a member still. */
export async function isMember(db: Reader, id: MemberId): Promise<boolean> {
  const rows = await db.select({ id: members.id }).from(members).where(eq(members.id, id));
  return rows.length > 0;
}
