// The writes on members: joining, what they change about themselves, and the counters their trust is computed from.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members, sessions, type Theme } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { nameKey, skeletonOf } from '../../domain/member-name.ts';
import { maySignUp } from '../../domain/policy/members.ts';
import { mayWrite } from '../../domain/policy/writing.ts';
import type { SignUpMode } from '../../domain/settings.ts';
import type { Member, Role, Viewer } from '../../domain/viewer.ts';
import { authorize } from '../../web/problem.ts';
import { sendMail } from '../mails/index.ts';

export interface NewMember {
  readonly name: string;
  /** Null for members who cannot be reached, such as those of a demonstration forum. */
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly role?: Role;
  readonly joinedAt: Date;
  readonly confirmedAt: Date | null;
  readonly about?: string;
  readonly affiliation?: string;
}

export type Joining =
  { readonly ok: true; readonly id: MemberId } | { readonly ok: false; readonly taken: 'name' | 'email' };

/** Inserts a member, unless somebody has the e-mail address, the name, or one that looks like it. */
export async function addMember(tx: Tx, member: NewMember): Promise<Joining> {
  const { name, email } = member;
  const nameSkeleton = skeletonOf(name);
  // No index can say "looks alike": of several who want such names at the same instant, one goes first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`name ${nameSkeleton}`}, 0))`);
  const [alike] = await tx
    .select({ id: members.id })
    .from(members)
    .where(eq(members.nameSkeleton, nameSkeleton))
    .limit(1);
  if (alike) return { ok: false, taken: 'name' };
  const [added] = await tx
    .insert(members)
    .values({
      ...member,
      nameKey: nameKey(name),
      nameSkeleton,
      emailKey: email === null ? null : emailKey(email),
    })
    .onConflictDoNothing()
    .returning({ id: members.id });
  return added ? { ok: true, id: added.id } : { ok: false, taken: 'email' };
}

export interface SignUp {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
}

/** Opens an account for a visitor, and welcomes them by mail. */
export async function signUp(
  tx: Tx,
  viewer: Viewer,
  mode: SignUpMode,
  typed: SignUp,
  now: Date,
): Promise<Joining> {
  authorize(maySignUp(viewer, mode));
  const joining = await addMember(tx, { ...typed, joinedAt: now, confirmedAt: now });
  if (joining.ok) await sendMail(tx, { to: joining.id, mail: 'welcome' });
  return joining;
}

/** Changes what a member says of themselves; others read it, so it takes the right to write. */
export async function changeAbout(
  tx: Tx,
  member: Member,
  about: { readonly about: string; readonly affiliation: string },
  now: Date,
): Promise<void> {
  authorize(mayWrite(member, now));
  await tx.update(members).set(about).where(eq(members.id, member.id));
}

export async function changeTheme(tx: Tx, memberId: MemberId, theme: Theme): Promise<void> {
  await tx.update(members).set({ theme }).where(eq(members.id, memberId));
}

/**
 * Replaces a password hash by another, unless it has been replaced meanwhile.
 * @returns whether it was.
 */
export async function replacePasswordHash(
  tx: Tx,
  memberId: MemberId,
  hash: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const { rowCount } = await tx
    .update(members)
    .set({ passwordHash: hash.to })
    .where(and(eq(members.id, memberId), eq(members.passwordHash, hash.from)));
  return rowCount === 1;
}

/**
 * Changes a password and signs the member out everywhere; the request that asked begins a new session. A mail tells the
 * member, in case it was somebody else.
 * @returns false when the password has been changed meanwhile.
 */
export async function changePassword(
  tx: Tx,
  memberId: MemberId,
  hash: { readonly from: string; readonly to: string },
  now: Date,
): Promise<boolean> {
  const replaced = await replacePasswordHash(tx, memberId, hash);
  if (!replaced) return false;
  await tx.delete(sessions).where(eq(sessions.memberId, memberId));
  await sendMail(tx, { to: memberId, mail: 'password-changed', changedAt: now.toISOString() });
  return true;
}

/**
 * Gives a member a role; whether the viewer may, the caller has asked. It ends the member's sessions: an id that somebody
 * got hold of must not come into rights that it did not have.
 */
export async function setRole(tx: Tx, memberId: MemberId, role: Role): Promise<void> {
  await tx.update(members).set({ role }).where(eq(members.id, memberId));
  await tx.delete(sessions).where(eq(sessions.memberId, memberId));
}

/** Counts a topic that a member opened for the first time. */
export async function countTopicRead(tx: Tx, memberId: MemberId): Promise<void> {
  await tx
    .update(members)
    .set({ topicsRead: sql`${members.topicsRead} + 1` })
    .where(eq(members.id, memberId));
}

/**
 * Counts replies that stand, for several members at once: those written or restored, less those that a moderator hid.
 * Rows are locked in ascending order first, as by all who change more than one.
 */
export async function addRepliesKept(tx: Tx, changes: ReadonlyMap<MemberId, number>): Promise<void> {
  if (changes.size === 0) return;
  await tx.execute(sql`
    with change (id, n) as (
      select * from unnest(${sql.param([...changes.keys()])}::bigint[], ${sql.param([...changes.values()])}::integer[])),
    locked as (
      select ${members.id} from ${members} where ${members.id} in (select id from change)
      order by ${members.id} for no key update)
    update ${members} set replies_kept = greatest(0, ${members.repliesKept} + change.n)
    from change join locked using (id) where ${members.id} = change.id`);
}

/** Counts a flag of a member that a moderator decided about. */
export async function countFlagDecided(
  tx: Tx,
  memberId: MemberId,
  { upheld }: { readonly upheld: boolean },
): Promise<void> {
  await tx
    .update(members)
    .set({
      flagsDecided: sql`${members.flagsDecided} + 1`,
      flagsUpheld: sql`${members.flagsUpheld} + ${upheld ? 1 : 0}`,
    })
    .where(eq(members.id, memberId));
}
