// The pages on which somebody shows that it is them: the second step of logging in, and "Confirm it is you".
import { WINDOWS } from '../../../domain/limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { ProviderSettings } from '../../../lib/providers/index.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { CodeField } from '../factor-forms.ts';
import { passkeyButton, type PasskeyButton } from './passkeys.ts';
import type { ProviderLink } from './providers.ts';

export interface SignInCodePage {
  readonly head: Head;
  readonly form: Form<CodeField>;
  readonly next: string;
  readonly signInHref: string;
}

export interface ConfirmIdentityPage {
  readonly head: Head;
  readonly name: string;
  /** What is asked; of several, one will do. Members who have none of them log in again. */
  readonly asks: { readonly password: boolean; readonly code: boolean; readonly nothing: boolean };
  /** Null: the member has none. */
  readonly passkey: PasskeyButton | null;
  /** Sites at which the member has a connected account; none with two-step login, which asks for its code. */
  readonly providers: readonly ProviderLink[];
  /** What went wrong on the way to another site and back; '' otherwise. */
  readonly trouble: string;
  readonly password: Form<'password'>;
  readonly form: Form<CodeField>;
  readonly next: string;
  /** "15 minutes" */
  readonly lasts: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/sign-in-code': SignInCodePage;
    'members/confirm-identity': ConfirmIdentityPage;
  }
}

/** `next` is where the form leads, as a path that safeNext has been over. */
export function signInCodePage(facts: {
  readonly form: Form<CodeField>;
  readonly next: string;
}): SignInCodePage {
  return {
    head: { title: 'Log in: second step', noindex: true },
    ...facts,
    signInHref: paths.signIn(facts.next),
  };
}

/** `next` as above. */
export function confirmIdentityPage(facts: {
  readonly name: string;
  readonly hasPassword: boolean;
  readonly hasCode: boolean;
  readonly hasPasskey: boolean;
  /** Why a passkey was not taken; '' otherwise. */
  readonly passkeyRefusal: string;
  readonly providers: readonly ProviderSettings[];
  readonly trouble: string;
  readonly password: Form<'password'>;
  readonly form: Form<CodeField>;
  readonly next: string;
}): ConfirmIdentityPage {
  const { hasPassword, hasCode, hasPasskey, passkeyRefusal, providers, ...rest } = facts;
  return {
    head: { title: 'Confirm it is you', noindex: true },
    ...rest,
    asks: {
      password: hasPassword,
      code: hasCode,
      nothing: !hasPassword && !hasCode && !hasPasskey && providers.length === 0,
    },
    passkey: hasPasskey ? passkeyButton('prove', passkeyRefusal) : null,
    providers: hasCode
      ? []
      : providers.map(({ key, name }) => ({ href: paths.confirmIdentityWith(key, rest.next), name })),
    lasts: spellDuration(WINDOWS.proof),
  };
}
