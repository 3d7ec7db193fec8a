// Joining by way of another site: an account without a password, whose address that site has made sure of.
import type { Tx } from '../../../db/connection.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { maySignUp, mayUseAddress } from '../../../domain/policy/members.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import type { WaitingIdentity } from '../../../web/session-store.ts';
import { findByIdentity, type KnownIdentity } from '../identity-queries.ts';
import { findBar } from './erase-member.ts';
import { addIdentity, lockIdentity } from './identities.ts';
import { holdInvitation, spendInvitation } from './invitations.ts';
import { addMember, type Admission } from './sign-up.ts';

export type ProviderJoining =
  | { readonly outcome: 'joined'; readonly id: MemberId }
  | { readonly outcome: 'taken'; readonly taken: 'name' | 'email' }
  /** The button was pressed twice, or they joined in another window. */
  | { readonly outcome: 'known'; readonly known: KnownIdentity };

/** Opens an account for a visitor who came from another site. */
export async function finishSignUp(
  tx: Tx,
  viewer: Viewer,
  { mode, invitationId, secrets }: Omit<Admission, 'mailsAreSent'>,
  {
    name,
    email,
    waiting,
  }: { readonly name: string; readonly email: string; readonly waiting: WaitingIdentity },
  now: Date,
): Promise<ProviderJoining> {
  const invited = await holdInvitation(tx, invitationId, now);
  authorize(maySignUp(viewer, mode, invited));
  await lockIdentity(tx, waiting);
  const known = await findByIdentity(tx, waiting);
  if (known) return { outcome: 'known', known };
  // The other site vouches for the address: to its owner this may be told.
  authorize(mayUseAddress(await findBar(tx, secrets, emailKey(email), now)));
  const newcomer = { name, email, passwordHash: null, joinedAt: now, confirmedAt: now };
  const joining = await addMember(tx, newcomer);
  if (!joining.ok) return { outcome: 'taken', taken: joining.taken };
  if (invited && invitationId !== undefined) await spendInvitation(tx, invitationId, joining.id, now);
  await addIdentity(tx, joining.id, waiting, now);
  return { outcome: 'joined', id: joining.id };
}
