// What the forum knows of a member beside what they wrote and did. Never what opens an account: no hash, key, code or link.
import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import {
  deletions,
  emailChanges,
  formerNames,
  identities,
  invitations,
  memberBrowsers,
  members,
  passkeys,
  sessions,
  signIns,
  signUpTraces,
  totpFactors,
} from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** The account as it stands in account.json. */
export async function accountOf(db: Reader, memberId: MemberId, now: Date): Promise<object> {
  const [member] = await db.select().from(members).where(eq(members.id, memberId));
  if (!member) throw new Error('The member whose data is copied is gone.');
  return {
    id: member.id,
    name: member.name,
    former_names: await formerNamesOf(db, memberId),
    renamed_at: member.renamedAt,
    email: member.email,
    email_confirmed_at: member.confirmedAt,
    email_change: await emailChangeOf(db, memberId, now),
    role: member.role,
    joined_at: member.joinedAt,
    profile: {
      about: member.about,
      affiliation: member.affiliation,
      link: member.link,
      pronouns: member.pronouns,
    },
    settings: {
      theme: member.theme,
      density: member.density,
      text_size: member.textSize,
      uses_keys: member.usesKeys,
      page_size: member.pageSize,
      reply_sort: member.replySort,
      list_sort: member.listSort,
      hides_model_written: member.hidesModelWritten,
      hidden_from_search_engines: member.hiddenFromSearchEngines,
      remembers_reading: member.remembersReading,
      time_zone: member.timeZone,
      mail_hour: member.mailHour,
      mail_day: member.mailDay,
      week_by_mail_since: member.weekByMailSince,
    },
    trust: {
      topics_read: member.topicsRead,
      topics_forgotten: member.topicsForgotten,
      replies_kept: member.repliesKept,
      flags_decided: member.flagsDecided,
      flags_upheld: member.flagsUpheld,
    },
    has_password: member.passwordHash !== null,
    two_step_login_since: await twoStepSince(db, memberId),
    passkeys: await passkeysOf(db, memberId),
    other_sites: await identitiesOf(db, memberId),
    invited_by: await inviterOf(db, memberId),
    invitations: await invitationsOf(db, memberId),
    sessions: await sessionsOf(db, memberId, now),
    logins: await signInsOf(db, memberId),
    browsers: await browsersOf(db, memberId),
    sign_up_traces: await tracesOf(db, memberId),
    deletion: await deletionOf(db, memberId),
  };
}

/** By the day they were last used: the mark itself is of no use but to recognise a browser. */
function browsersOf(db: Reader, memberId: MemberId) {
  return db
    .select({ last_login_at: memberBrowsers.seenAt })
    .from(memberBrowsers)
    .where(eq(memberBrowsers.memberId, memberId))
    .orderBy(asc(memberBrowsers.seenAt));
}

/** That a suspended member was seen in the same browser or network; never which. */
function tracesOf(db: Reader, memberId: MemberId) {
  return db
    .selectDistinct({ same: signUpTraces.trace, noticed_at: signUpTraces.at })
    .from(signUpTraces)
    .where(eq(signUpTraces.memberId, memberId))
    .orderBy(asc(signUpTraces.at), asc(signUpTraces.trace));
}

function formerNamesOf(db: Reader, memberId: MemberId) {
  return db
    .select({ name: formerNames.nameKey, used_until: formerNames.usedUntil })
    .from(formerNames)
    .where(eq(formerNames.memberId, memberId))
    .orderBy(asc(formerNames.usedUntil));
}

async function emailChangeOf(db: Reader, memberId: MemberId, now: Date) {
  const { email, newAgreedAt, oldAgreedAt, expiresAt } = emailChanges;
  const [row] = await db
    .select({ email, new_agreed_at: newAgreedAt, old_agreed_at: oldAgreedAt, expires_at: expiresAt })
    .from(emailChanges)
    .where(and(eq(emailChanges.memberId, memberId), gt(expiresAt, now)));
  return row ?? null;
}

async function twoStepSince(db: Reader, memberId: MemberId): Promise<Date | null> {
  const [row] = await db
    .select({ since: totpFactors.confirmedAt })
    .from(totpFactors)
    .where(eq(totpFactors.memberId, memberId));
  return row?.since ?? null;
}

function passkeysOf(db: Reader, memberId: MemberId) {
  const { label, backedUp, createdAt, lastUsedAt } = passkeys;
  return db
    .select({ label, backed_up: backedUp, created_at: createdAt, last_used_at: lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.memberId, memberId))
    .orderBy(asc(passkeys.id));
}

function identitiesOf(db: Reader, memberId: MemberId) {
  const { issuer, subject, label, createdAt, lastUsedAt } = identities;
  return db
    .select({ issuer, subject, label, created_at: createdAt, last_used_at: lastUsedAt })
    .from(identities)
    .where(eq(identities.memberId, memberId))
    .orderBy(asc(identities.id));
}

async function inviterOf(db: Reader, memberId: MemberId): Promise<string | null> {
  const [row] = await db
    .select({ name: members.name })
    .from(invitations)
    .innerJoin(members, eq(members.id, invitations.invitedById))
    .where(eq(invitations.joinedId, memberId));
  return row?.name ?? null;
}

function invitationsOf(db: Reader, memberId: MemberId) {
  const { note, createdAt, expiresAt, usedAt } = invitations;
  return db
    .select({
      note,
      created_at: createdAt,
      expires_at: expiresAt,
      used_at: usedAt,
      joined: members.name,
    })
    .from(invitations)
    .leftJoin(members, eq(members.id, invitations.joinedId))
    .where(eq(invitations.invitedById, memberId))
    .orderBy(asc(createdAt));
}

function sessionsOf(db: Reader, memberId: MemberId, now: Date) {
  const { device, addressPrefix, createdAt, lastSeenAt, expiresAt } = sessions;
  return db
    .select({
      device,
      address_prefix: addressPrefix,
      created_at: createdAt,
      last_seen_at: lastSeenAt,
      expires_at: expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.memberId, memberId), gt(expiresAt, now)))
    .orderBy(desc(lastSeenAt));
}

function signInsOf(db: Reader, memberId: MemberId) {
  const { device, addressPrefix, at } = signIns;
  return db
    .select({ device, address_prefix: addressPrefix, last_at: at })
    .from(signIns)
    .where(eq(signIns.memberId, memberId))
    .orderBy(desc(at));
}

async function deletionOf(db: Reader, memberId: MemberId) {
  const { texts, askedAt, dueAt } = deletions;
  const [row] = await db
    .select({ texts, asked_at: askedAt, due_at: dueAt })
    .from(deletions)
    .where(eq(deletions.memberId, memberId));
  return row ?? null;
}
