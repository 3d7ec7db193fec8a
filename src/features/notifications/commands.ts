// The writes on notifications: telling members, what they choose to be told, and noting what they have read.
import {
  and,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  notInArray,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { insertNewRows } from '../../db/insert-rows.ts';
import { builtOnce, isOneOf } from '../../db/named-statements.ts';
import { noticeChoices, notifications, posts } from '../../db/schema/index.ts';
import type {
  ActionId,
  FollowLevelId,
  MemberId,
  NotificationId,
  PostId,
  QueueMessageId,
  TopicId,
} from '../../domain/ids.ts';
import {
  type Channels,
  channelsOf,
  type MailTime,
  NOTICE_KINDS,
  type NoticeKind,
} from '../../domain/notices.ts';

export interface NewNotification {
  readonly memberId: MemberId;
  readonly kind: NoticeKind;
  readonly at: Date;
  /** Who wrote or did it; null: a former member, or the forum itself. */
  readonly actorId: MemberId | null;
  readonly topicId: TopicId | null;
  readonly postId: PostId | null;
  readonly actionId: ActionId | null;
  /** What was said to the member inside a queue item. */
  readonly messageId?: QueueMessageId;
  /** Of a new topic: by what the member follows. */
  readonly followLevelId?: FollowLevelId | null;
  /** A friendly word that can wait in the inbox, whatever was chosen. */
  readonly neverMailed?: boolean;
}

export interface Told {
  readonly id: NotificationId;
  readonly memberId: MemberId;
}

/**
 * Tells members, by the channels they chose. Each is told of a post, an action or a message once, however often this runs.
 * @returns who had not been told before and wants a mail at once: it is ordered in the same transaction, and so once
 */
export async function notify(tx: Tx, told: readonly NewNotification[]): Promise<Told[]> {
  const choices = await loadChoices(tx, told);
  // Null where it is left out: one row without it would else take it from all (db/insert-rows.ts).
  const rows = told.flatMap(({ neverMailed = false, messageId = null, followLevelId = null, ...notice }) => {
    const { inbox, mail: chosen } = channelsOf(notice.kind, choices.get(keyOf(notice)));
    const mail = neverMailed ? null : chosen;
    if (!inbox && mail === null) return [];
    const mailedAt = mail === 'at-once' ? notice.at : null;
    return [{ ...notice, messageId, followLevelId, inInbox: inbox, mail, mailedAt }];
  });
  const written = await insertNewRows(tx, notifications, rows, ['id', 'memberId', 'mail']);
  return written.filter((row) => row.mail === 'at-once');
}

async function loadChoices(tx: Tx, told: readonly NewNotification[]): Promise<ReadonlyMap<string, Channels>> {
  if (told.length === 0) return new Map();
  const { memberId, kind, inbox, mail } = noticeChoices;
  const rows = await builtOnce(tx, 'choices', () => {
    const ofKinds = sql`${kind} = any(${sql.placeholder('kinds')}::text[])`;
    return tx
      .select({ memberId, kind, inbox, mail })
      .from(noticeChoices)
      .where(and(isOneOf(memberId, sql.placeholder('members')), ofKinds))
      .prepare('choices');
  }).execute({
    members: [...new Set(told.map((notice) => notice.memberId))],
    kinds: [...new Set(told.map((notice) => notice.kind))],
  });
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf({ memberId, kind }: { readonly memberId: MemberId; readonly kind: NoticeKind }): string {
  return `${memberId} ${kind}`;
}

/** Keeps by which channels the member wants to be told of each kind. */
export async function chooseChannels(
  tx: Tx,
  memberId: MemberId,
  chosen: Readonly<Record<NoticeKind, Channels>>,
): Promise<void> {
  await tx
    .insert(noticeChoices)
    .values(NOTICE_KINDS.map((kind) => ({ memberId, kind, ...channelsOf(kind, chosen[kind]) })))
    .onConflictDoUpdate({
      target: [noticeChoices.memberId, noticeChoices.kind],
      set: { inbox: sql`excluded.inbox`, mail: sql`excluded.mail` },
    });
  await rerouteWaiting(tx, memberId);
}

/** Ends the mails about a kind of notice, or those that are gathered for a day or a week. The inbox stays as it is. */
export async function endMails(
  tx: Tx,
  memberId: MemberId,
  what: NoticeKind | Exclude<MailTime, 'at-once'>,
): Promise<void> {
  const ofMember = eq(noticeChoices.memberId, memberId);
  if (what === 'daily' || what === 'weekly') {
    await tx
      .update(noticeChoices)
      .set({ mail: null })
      .where(and(ofMember, eq(noticeChoices.mail, what)));
  } else {
    const { inbox } = channelsOf(what, undefined);
    await tx
      .insert(noticeChoices)
      .values({ memberId, kind: what, inbox, mail: null })
      .onConflictDoUpdate({ target: [noticeChoices.memberId, noticeChoices.kind], set: { mail: null } });
  }
  await rerouteWaiting(tx, memberId);
}

/** What waits for a mail that gathers it goes by the new choice; of what is wanted at once from now on, none tells any more. */
async function rerouteWaiting(tx: Tx, memberId: MemberId): Promise<void> {
  const ofKind = and(eq(noticeChoices.memberId, memberId), eq(noticeChoices.kind, notifications.kind));
  const gathered = sql`(select ${noticeChoices.mail} from ${noticeChoices}
    where ${ofKind} and ${noticeChoices.mail} in ('daily', 'weekly'))`;
  await tx
    .update(notifications)
    .set({ mail: gathered })
    .where(
      and(
        eq(notifications.memberId, memberId),
        isNotNull(notifications.mail),
        isNull(notifications.mailedAt),
      ),
    );
}

/** Which of a member's notifications are meant: one of a post stands for all of its topic that are not newer. */
export type Marked = { readonly id: NotificationId } | { readonly upTo: NotificationId };

/**
 * Notes notifications of the member as read.
 * @param kinds these alone; all kinds where none are named
 */
export async function markRead(
  tx: Tx,
  memberId: MemberId,
  which: Marked,
  { now, kinds = NOTICE_KINDS }: { readonly now: Date; readonly kinds?: readonly NoticeKind[] },
): Promise<void> {
  const chosen = 'id' in which ? ofEntry(memberId, which.id) : lte(notifications.id, which.upTo);
  const listed = and(chosen, notifications.inInbox, inArray(notifications.kind, [...kinds]));
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(and(unreadOf(memberId), listed));
}

/** An entry of the inbox: everything up to its newest notification in the same topic; a decision or a message is its own. */
function ofEntry(memberId: MemberId, id: NotificationId): SQL {
  return sql`(${notifications.id} = ${id} or (${notInArray(notifications.kind, ['action', 'message'])}
    and ${notifications.id} < ${id} and ${notifications.topicId} = (select shown.topic_id from ${notifications} as shown
      where shown.id = ${id} and shown.member_id = ${memberId} and shown.kind not in ('action', 'message'))))`;
}

/** Notes what the member was told of these posts as read, by whatever channel: they were shown on the topic's page. */
export async function markPostsRead(
  tx: Tx,
  memberId: MemberId,
  postIds: readonly PostId[],
  now: Date,
): Promise<void> {
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(unreadOfPosts(memberId, postIds))
    .prepare('read posts')
    .execute();
}

/** What the member was told of these posts and has not read, as a condition on `notifications`. */
export function unreadOfPosts(memberId: MemberId, postIds: readonly PostId[] | Placeholder): SQL | undefined {
  return and(unreadOf(memberId), isOneOf(notifications.postId, postIds), isNull(notifications.actionId));
}

function unreadOf(memberId: MemberId): SQL | undefined {
  return and(eq(notifications.memberId, memberId), isNull(notifications.readAt));
}

/** After posts were moved to another topic: what was told of them stands under that one. */
export async function moveWithPosts(tx: Tx, postIds: readonly PostId[]): Promise<void> {
  if (postIds.length === 0) return;
  const topicId = sql`(select ${posts.topicId} from ${posts} where ${eq(posts.id, notifications.postId)})`;
  const ofPosts = sql`${notifications.postId} = any(${sql.param([...postIds])}::bigint[])`;
  await tx
    .update(notifications)
    .set({ topicId })
    .where(and(ofPosts, isNull(notifications.actionId)));
}

const BATCH = 1_000;

/** Takes the name of who wrote or did it off a batch of notifications to others. @returns off how many */
export async function forgetTeller(tx: Tx, memberId: MemberId): Promise<number> {
  const told = tx
    .select({ id: notifications.id })
    .from(notifications)
    .where(eq(notifications.actorId, memberId))
    .limit(BATCH);
  const { rowCount } = await tx
    .update(notifications)
    .set({ actorId: null })
    .where(inArray(notifications.id, told));
  return rowCount ?? 0;
}
