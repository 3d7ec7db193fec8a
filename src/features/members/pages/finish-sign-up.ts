// The last step of signing up by way of another site: a name, and the rules.
import { LENGTHS } from '../../../domain/limits.ts';
import type { SignUpMode } from '../../../domain/settings.ts';
import type { ProviderSettings } from '../../../lib/providers/index.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { WaitingIdentity } from '../../../web/session-store.ts';
import type { Head } from '../../../web/views.ts';
import type { BroughtInvitation } from '../brought-invitation.ts';
import type { FinishField } from '../forms.ts';
import { admissionView, type AdmissionView, keyQuery } from './admission.ts';
import { providerName } from './providers.ts';

export interface FinishSignUpPage {
  readonly head: Head;
  readonly admission: AdmissionView;
  readonly provider: string;
  readonly label: string;
  readonly email: string;
  /** Why an account cannot have this address; '' when it can. */
  readonly fault: string;
  readonly form: Form<FinishField>;
  readonly formHref: string;
  readonly signInHref: string;
  readonly signUpHref: string;
  readonly rulesHref: string;
  readonly lengths: { readonly nameMin: number; readonly nameMax: number };
}

declare module '../../../web/views.ts' {
  interface Views {
    'members/finish-sign-up': FinishSignUpPage;
  }
}

export function finishSignUpPage(facts: {
  readonly form: Form<FinishField>;
  readonly waiting: WaitingIdentity;
  /** Why an account cannot have the address; '' when it can. */
  readonly fault: string;
  readonly providers: readonly ProviderSettings[];
  readonly mode: SignUpMode;
  readonly invitation: BroughtInvitation;
}): FinishSignUpPage {
  const { form, waiting, fault, providers, mode, invitation } = facts;
  return {
    head: { title: 'Finish signing up', noindex: true },
    admission: admissionView(mode, invitation),
    provider: providerName(providers, waiting.key),
    label: waiting.label,
    email: waiting.email ?? '',
    fault,
    form,
    formHref: paths.finishSignUp(),
    signInHref: paths.signIn(paths.account()),
    signUpHref: paths.signUp(undefined, keyQuery(invitation)),
    rulesHref: paths.rules(),
    lengths: { nameMin: LENGTHS.name.min, nameMax: LENGTHS.name.max },
  };
}
