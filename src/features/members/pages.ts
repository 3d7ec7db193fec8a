// The account pages as their templates want them: signing up and logging in.
import { LENGTHS } from '../../domain/limits.ts';
import type { SignUpMode } from '../../domain/settings.ts';
import type { ProviderSettings } from '../../lib/providers/index.ts';
import type { Form } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import type { Head } from '../../web/views.ts';
import type { BroughtInvitation } from './brought-invitation.ts';
import type { SignInField, SignUpField } from './forms.ts';
import { admissionView, type AdmissionView, keyQuery } from './pages/admission.ts';
import { passkeyButton, type PasskeyButton } from './pages/passkeys.ts';
import { type ProviderLink, signInLinks } from './pages/providers.ts';

export { savedSentence, settingsTabs, type Tab } from './pages/frame.ts';

export interface SignUpPage {
  readonly head: Head;
  readonly admission: AdmissionView;
  readonly form: Form<SignUpField>;
  readonly passkey: PasskeyButton;
  readonly next: string;
  readonly signInHref: string;
  readonly rulesHref: string;
  /** Other sites to sign up by. */
  readonly providers: readonly ProviderLink[];
  readonly lengths: { readonly nameMin: number; readonly nameMax: number; readonly passwordMin: number };
}

export interface SignInPage {
  readonly head: Head;
  readonly form: Form<SignInField>;
  /** True: that name and password do not belong together. */
  readonly refused: boolean;
  /** What has just happened, as a sentence; '' otherwise. */
  readonly saved: string;
  /** What went wrong on the way to another site and back; '' otherwise. */
  readonly trouble: string;
  /** Other sites to log in by. */
  readonly providers: readonly ProviderLink[];
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
  readonly invitation: BroughtInvitation;
  /** Why a passkey was not taken; '' otherwise. */
  readonly passkeyRefusal?: string;
  readonly providers: readonly ProviderSettings[];
  readonly next: string;
}): SignUpPage {
  const { form, mode, invitation, passkeyRefusal, next } = facts;
  return {
    head: { title: 'Sign up', noindex: true },
    form,
    next,
    admission: admissionView(mode, invitation),
    passkey: passkeyButton('sign-up', passkeyRefusal),
    signInHref: paths.signIn(nextOf(next)),
    rulesHref: paths.rules(),
    providers: signInLinks(facts.providers, nextOf(next), keyQuery(invitation)),
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
  readonly trouble?: string;
  readonly providers: readonly ProviderSettings[];
  readonly signUpOpen: boolean;
  readonly next: string;
}): SignInPage {
  const {
    form,
    refused = false,
    reset = false,
    again = false,
    trouble = '',
    passkeyRefusal,
    signUpOpen,
    next,
  } = facts;
  return {
    head: { title: 'Log in', noindex: true },
    form,
    refused,
    saved: reset ? 'Your password has been changed. Log in with the new one.' : '',
    again,
    passkey: passkeyButton('sign-in', passkeyRefusal),
    trouble,
    providers: signInLinks(facts.providers, nextOf(next)),
    next,
    forgotHref: paths.forgot(),
    signUpHref: signUpOpen ? paths.signUp(nextOf(next)) : '',
  };
}

/** The front page is where these pages lead without being told. */
function nextOf(next: string): string | undefined {
  return next === paths.front() ? undefined : next;
}
