// The account pages as their templates want them: signing up and logging in.
import { LENGTHS } from '../../domain/limits.ts';
import type { SignUpMode } from '../../domain/settings.ts';
import type { Form } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { SignInField, SignUpField } from './forms.ts';
import { passkeyButton, type PasskeyButton } from './pages/passkeys.ts';

export interface SignUpPage {
  readonly head: Head;
  /** Whether whoever looks can join; otherwise `closed` says why not. */
  readonly open: boolean;
  readonly closed: { readonly title: string; readonly text: string };
  /** Who invites them; '' without an invitation that stands. */
  readonly invitedBy: string;
  /** Whether they came with an invitation that does not stand (any more). */
  readonly staleInvitation: boolean;
  /** The key of the invitation, sent along; '' without. */
  readonly invitation: string;
  readonly form: Form<SignUpField>;
  readonly passkey: PasskeyButton;
  readonly next: string;
  readonly signInHref: string;
  readonly rulesHref: string;
  readonly lengths: { readonly nameMin: number; readonly nameMax: number; readonly passwordMin: number };
}

export interface SignInPage {
  readonly head: Head;
  readonly form: Form<SignInField>;
  /** True: that name and password do not belong together. */
  readonly refused: boolean;
  /** What has just happened, as a sentence; '' otherwise. */
  readonly saved: string;
  /** Whether the second step was not taken, in time or with a right code. */
  readonly again: boolean;
  readonly passkey: PasskeyButton;
  readonly next: string;
  readonly forgotHref: string;
  /** '' while the forum takes no new members. */
  readonly signUpHref: string;
}

declare module '../../web/views.ts' {
  interface Views {
    'members/sign-up': SignUpPage;
    'members/sign-in': SignInPage;
  }
}

/** `next` is where the form leads, as a path that safeNext has been over. */
export function signUpPage(facts: {
  readonly form: Form<SignUpField>;
  readonly mode: SignUpMode;
  /** What they brought: its key, and who made it if it stands. */
  readonly invitation: { readonly key: string; readonly by: string | undefined };
  /** Why a passkey was not taken; '' otherwise. */
  readonly passkeyRefusal?: string;
  readonly next: string;
}): SignUpPage {
  const { form, mode, invitation, passkeyRefusal, next } = facts;
  return {
    head: { title: 'Sign up', noindex: true },
    form,
    next,
    open: mode === 'open' || (mode === 'invitation' && invitation.by !== undefined),
    closed: mode === 'invitation' ? BY_INVITATION : CLOSED,
    invitedBy: invitation.by ?? '',
    staleInvitation: invitation.key !== '' && invitation.by === undefined,
    invitation: invitation.key,
    passkey: passkeyButton('sign-up', passkeyRefusal),
    signInHref: paths.signIn(nextOf(next)),
    rulesHref: paths.rules(),
    lengths: {
      nameMin: LENGTHS.name.min,
      nameMax: LENGTHS.name.max,
      passwordMin: LENGTHS.password.min,
    },
  };
}

export function signInPage(facts: {
  readonly form: Form<SignInField>;
  readonly refused?: boolean;
  /** Whether the password was just replaced by way of a mail. */
  readonly reset?: boolean;
  readonly again?: boolean;
  /** Why a passkey was not taken; '' otherwise. */
  readonly passkeyRefusal?: string;
  readonly signUpOpen: boolean;
  readonly next: string;
}): SignInPage {
  const { form, refused = false, reset = false, again = false, passkeyRefusal, signUpOpen, next } = facts;
  return {
    head: { title: 'Log in', noindex: true },
    form,
    refused,
    saved: reset ? 'Your password has been changed. Log in with the new one.' : '',
    again,
    passkey: passkeyButton('sign-in', passkeyRefusal),
    next,
    forgotHref: paths.forgot(),
    signUpHref: signUpOpen ? paths.signUp(nextOf(next)) : '',
  };
}

const CLOSED = {
  title: 'No new members at present.',
  text: 'Everybody can read everything; whoever has an account can log in.',
};
const BY_INVITATION = {
  title: 'New members come by invitation.',
  text: 'Ask somebody who is a member here for a link. Reading takes no account.',
};

/** The front page is where these pages lead without being told. */
function nextOf(next: string): string | undefined {
  return next === paths.front() ? undefined : next;
}
