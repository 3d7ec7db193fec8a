// Joining: the account, and the mail that asks whether the address is theirs.
import type { Tx } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { nameKey, skeletonOf } from '../../../domain/member-name.ts';
import { maySignUp } from '../../../domain/policy/members.ts';
import type { SignUpMode } from '../../../domain/settings.ts';
import type { Role, Viewer } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import type { SecretsOptions } from '../link-options.ts';
import { sendConfirmation } from './confirmation.ts';
import { numberModerators } from '../moderator-numbers.ts';
import { findBar } from './erase-member.ts';
import { holdInvitation, spendInvitation } from './invitations.ts';
import { isNameFree } from './names.ts';

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

/** Inserts a member, unless somebody has the e-mail address, has or had the name, or one that looks like it. */
export async function addMember(tx: Tx, member: NewMember): Promise<Joining> {
  const { name, email } = member;
  if (!(await isNameFree(tx, name))) return { ok: false, taken: 'name' };
  const [added] = await tx
    .insert(members)
    .values({
      ...member,
      nameKey: nameKey(name),
      nameSkeleton: skeletonOf(name),
      emailKey: email === null ? null : emailKey(email),
    })
    .onConflictDoNothing()
    .returning({ id: members.id });
  if (!added) return { ok: false, taken: 'email' };
  if (member.role !== undefined && member.role !== 'member') await numberModerators(tx);
  return { ok: true, id: added.id };
}

export interface SignUp {
  readonly name: string;
  readonly email: string;
  /** Null: they log in with a passkey. */
  readonly passwordHash: string | null;
  /** Where they were when they decided to join. */
  readonly next?: string | undefined;
}

/** How the forum stands to newcomers. */
export interface Admission extends SecretsOptions {
  readonly mode: SignUpMode;
  /** Whether mails reach anybody: without them nobody could confirm an address, and everybody counts as confirmed. */
  readonly mailsAreSent: boolean;
  /** The invitation they bring; undefined: none, or none of ours. */
  readonly invitationId: string | undefined;
}

/** Opens an account for a visitor: also when somebody else has confirmed the same e-mail address, since that tells nothing. */
export async function signUp(
  tx: Tx,
  viewer: Viewer,
  { mode, mailsAreSent, invitationId, secrets }: Admission,
  { next, ...typed }: SignUp,
  now: Date,
): Promise<Joining> {
  const invited = await holdInvitation(tx, invitationId, now);
  authorize(maySignUp(viewer, mode, invited));
  // A barred address is told to its mailbox alone, and never confirmed.
  const barred = !mailsAreSent && (await findBar(tx, secrets, emailKey(typed.email), now)) !== null;
  const confirmedAt = mailsAreSent || barred ? null : now;
  const joining = await addMember(tx, { ...typed, joinedAt: now, confirmedAt });
  if (!joining.ok) return joining;
  if (invited && invitationId !== undefined) await spendInvitation(tx, invitationId, joining.id, now);
  if (mailsAreSent) await sendConfirmation(tx, { memberId: joining.id, ...typed, next }, secrets, now);
  return joining;
}
