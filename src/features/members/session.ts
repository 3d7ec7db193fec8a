// Sessions: found with everything a page wants to know of its reader in one query, begun at sign-in, ended at sign-out.
import { createHash } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reader, Tx } from '../../db/connection.ts';
import { deletions, drafts, members, queueItems, sessions } from '../../db/schema/index.ts';
import { builtOnce } from '../../db/named-statements.ts';
import { countUnread } from '../../db/notices.ts';
import { endOfSanction, sanctionNotice, trustFacts } from '../../db/standing.ts';
import type { MemberId } from '../../domain/ids.ts';
import { mayGoOnWith } from '../../domain/policy/identities.ts';
import { trustOf } from '../../domain/policy/trust.ts';
import { addressPrefix } from '../../lib/address-prefix.ts';
import { deviceName } from '../../lib/device-name.ts';
import { sessionCookie, type SessionOrigin, type WaitingIdentity } from '../../web/session-store.ts';
import type { FindSession } from '../../web/viewer.ts';
import { enqueue } from '../../jobs/queue.ts';
import { noteBrowser } from './browsers.ts';
import { announceSignIn, noteSignIn } from './commands/sessions.ts';

/** The session behind a hash while it lasts, its member as of now, and what the layout shows of both. */
export const findSession: FindSession = async (db, idHash, now) => {
  const [row] = await builtOnce(db, 'session', () => prepareSession(db)).execute({ idHash, now });
  if (!row) return undefined;

  const { data, lastSeenAt, expiresAt, member, trust, unreadNotifications, openQueueItems } = row;
  if (!member || !trust) return { data, lastSeenAt, expiresAt, signedIn: undefined };
  const { id, name, role, confirmedAt, theme, timeZone, density, textSize, usesKeys } = member;
  const { pageSize, replySort, listSort, hidesModelWritten, remembersReading } = member;
  const { silencedUntil, suspendedUntil, sanction, leavingAt } = row;
  return {
    data,
    lastSeenAt,
    expiresAt,
    signedIn: {
      member: {
        kind: 'member',
        id,
        name,
        role,
        joinedAt: trust.joinedAt,
        confirmedAt,
        silencedUntil,
        suspendedUntil,
        leavingAt,
        trust: trustOf(trust, now),
      },
      theme,
      timeZone,
      reading: { density, textSize, usesKeys, pageSize, replySort, listSort, hidesModelWritten },
      remembersReading,
      unreadNotifications,
      openQueueItems,
      drafts: row.drafts,
      sanction,
    },
  };
};

/** Every request of a member asks this. */
function prepareSession(db: Reader) {
  const now = sql.placeholder('now');
  return db
    .select({
      data: sessions.data,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      member: {
        id: members.id,
        name: members.name,
        role: members.role,
        confirmedAt: members.confirmedAt,
        theme: members.theme,
        timeZone: members.timeZone,
        density: members.density,
        textSize: members.textSize,
        usesKeys: members.usesKeys,
        pageSize: members.pageSize,
        replySort: members.replySort,
        listSort: members.listSort,
        hidesModelWritten: members.hidesModelWritten,
        remembersReading: members.remembersReading,
      },
      trust: trustFacts,
      silencedUntil: endOfSanction('silence', now),
      suspendedUntil: endOfSanction('suspension', now),
      sanction: sanctionNotice(now),
      leavingAt: deletions.dueAt,
      unreadNotifications: countUnread(members.id),
      drafts: sql<number>`(select count(*)::int from ${drafts} where ${eq(drafts.memberId, members.id)})`,
      openQueueItems: sql<number>`case when ${members.role} = 'member' then 0
        else (select count(*)::int from ${queueItems} where ${and(isNull(queueItems.closedAt), WORKABLE)}) end`,
    })
    .from(sessions)
    .leftJoin(members, eq(members.id, sessions.memberId))
    .leftJoin(deletions, eq(deletions.memberId, members.id))
    .where(and(eq(sessions.idHash, sql.placeholder('idHash')), gt(sessions.expiresAt, now)))
    .prepare('session');
}

/**
 * Logs a member in, by whatever they have shown who they are. From a device or a place that is new to them, a mail tells
 * them, in case it was somebody else.
 */
export async function signIn(request: FastifyRequest, memberId: MemberId): Promise<void> {
  const { db, clock } = request.server;
  const now = clock.now();
  await db.transaction(async (tx) => {
    const origin = originOf(request);
    if (!(await noteSignIn(tx, memberId, origin, now))) await announceSignIn(tx, memberId, origin, now);
    await noteBrowser(tx, memberId, request.markBrowser(), now);
  });
  await beginSession(request, memberId);
  request.log.info({ memberId }, 'logged in');
}

/** Begins a session for who is known to sit there: has just joined (startFirstSession), or was logged in a moment ago. */
export async function startSession(request: FastifyRequest, memberId: MemberId): Promise<void> {
  const { db, clock } = request.server;
  await db.transaction((tx) => notePlace(tx, request, memberId, clock.now()));
  await beginSession(request, memberId);
}

/** Begins the session of somebody who has just signed up; whether a suspended member was there before is looked into. */
export async function startFirstSession(request: FastifyRequest, memberId: MemberId): Promise<void> {
  const { db, clock } = request.server;
  await db.transaction(async (tx) => {
    await notePlace(tx, request, memberId, clock.now());
    await enqueue(tx, 'trace-newcomer', { memberId });
  });
  await beginSession(request, memberId);
}

async function notePlace(tx: Tx, request: FastifyRequest, memberId: MemberId, now: Date): Promise<void> {
  await noteSignIn(tx, memberId, originOf(request), now);
  await noteBrowser(tx, memberId, request.markBrowser(), now);
}

/** Under a new session id: whatever id the browser brought may be known to somebody else. */
async function beginSession(request: FastifyRequest, memberId: MemberId): Promise<void> {
  request.session.memberId = memberId;
  request.session.origin = originOf(request);
  request.session.provedAt = request.server.clock.now().toISOString();
  await request.session.regenerate(['memberId', 'origin', 'provedAt', 'waitingIdentity']);
}

/** Goes on under a new session id, after a change of what opens the account. */
export async function renewSession(request: FastifyRequest): Promise<void> {
  request.session.origin = originOf(request);
  await request.session.regenerate(['memberId', 'origin', 'provedAt', 'renewedAt']);
}

/** From where a request comes, as it is kept and shown to the member. */
export function originOf({ headers, ip }: FastifyRequest): SessionOrigin {
  return { device: deviceName(headers['user-agent'] ?? ''), addressPrefix: addressPrefix(ip) };
}

/** Notes that a member's password was right, or another site knows them, and logs nobody in: the second factor is still to come. */
export async function startPendingSignIn(
  request: FastifyRequest,
  { id, passwordHash }: { readonly id: MemberId; readonly passwordHash: string | null },
): Promise<void> {
  request.session.pendingSignIn = {
    memberId: id,
    since: request.server.clock.now().toISOString(),
    tries: 0,
    passwordMark: passwordMark(passwordHash ?? ''),
  };
  await request.session.regenerate(['pendingSignIn', 'waitingIdentity']);
}

/** Notes who somebody is at another site, until they have said what is to become of it; under a new session id, too. */
export async function keepWaiting(request: FastifyRequest, waiting: WaitingIdentity): Promise<void> {
  request.session.waitingIdentity = waiting;
  request.session.origin = originOf(request);
  await request.session.regenerate(['memberId', 'origin', 'provedAt', 'waitingIdentity']);
}

/** What still waits, of who sits there. */
export function waitingOf({ session, server }: FastifyRequest): WaitingIdentity | undefined {
  const { waitingIdentity: waiting } = session;
  if (!waiting || !mayGoOnWith(new Date(waiting.since), server.clock.now()).allowed) return undefined;
  return waiting;
}

/** By which a password is known again, and from which nothing is learnt about it. */
export function passwordMark(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url');
}

/** Logs out: the row is gone at once, and the browser is told to forget the cookie. */
export async function endSession(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await request.session.destroy();
  const { name, attributes } = sessionCookie(request.server.config.siteUrl);
  // A cookie with the __Host- prefix is only overwritten by one that has the same attributes.
  reply.clearCookie(name, attributes);
}

/** What a moderator may decide: nobody decides about themselves, or their own decision while there is somebody else (mayWorkOn). */
const WORKABLE = sql`${queueItems.memberId} is distinct from ${members.id}
  and not exists (select from posts p where p.id = ${queueItems.postId} and p.author_id = ${members.id})
  and (${queueItems.appealedActionId} is null
    or not exists (select from actions a where a.id = ${queueItems.appealedActionId} and a.actor_id = ${members.id})
    or not exists (select from members o where o.role <> 'member' and o.id <> ${members.id}))
  and (${queueItems.kind} <> 'consent'
    or not exists (select from actions a where a.queue_item_id = ${queueItems.id} and a.actor_id = ${members.id})
    or not exists (select from members o where o.role <> 'member' and o.id <> ${members.id}))`;
