// How the forum stands to somebody who wants to join, on every page on which they may.
import type { SignUpMode } from '../../../domain/settings.ts';
import type { BroughtInvitation } from '../brought-invitation.ts';

export interface AdmissionView {
  /** Whether whoever looks can join; otherwise `closed` says why not. */
  readonly open: boolean;
  readonly closed: { readonly title: string; readonly text: string };
  /** Who invites them; '' without an invitation that stands. */
  readonly invitedBy: string;
  /** Whether they came with an invitation that does not stand (any more). */
  readonly stale: boolean;
  /** The key of the invitation, sent along; '' without. */
  readonly key: string;
}

export function admissionView(mode: SignUpMode, { key, by }: BroughtInvitation): AdmissionView {
  return {
    open: mode === 'open' || (mode === 'invitation' && by !== undefined),
    closed: mode === 'invitation' ? BY_INVITATION : CLOSED,
    invitedBy: by ?? '',
    stale: key !== '' && by === undefined,
    key,
  };
}

/** As it goes into an address. */
export function keyQuery({ key }: BroughtInvitation): { readonly key?: string } {
  return key === '' ? {} : { key };
}

const CLOSED = {
  title: 'No new members at present.',
  text: 'Everybody can read everything; whoever has an account can log in.',
};
const BY_INVITATION = {
  title: 'New members come by invitation.',
  text: 'Ask somebody who is a member here for a link. Reading takes no account.',
};
